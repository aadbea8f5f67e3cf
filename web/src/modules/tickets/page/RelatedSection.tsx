import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api, ask } from '@/api/client'
import { one } from '@/api/keys'
import { listed } from '@/parts/names'
import { Section } from '@/ui/Panel'
import { useStateNames } from './useStateNames'
import type { Ticket } from './useTicket'

const shown = 5

// What may be about the same, and why that is thought.
export function RelatedSection({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation('tickets')
  const stateName = useStateNames()
  const params = { path: { id: ticket.id } }
  const found = useQuery({
    queryKey: one('ticket', ticket.id, 'related'),
    queryFn: ({ signal }) => ask(api.GET('/tickets/{id}/related', { params, signal })),
    // What others are about does not change with every word on this one.
    staleTime: Number.POSITIVE_INFINITY,
  })
  const others = (found.data?.items ?? []).slice(0, shown)
  if (others.length === 0) return null
  return (
    <Section title={t('related.title')}>
      <ul className="bj-side-list-plain">
        {others.map((other) => (
          <li key={other.ticket} className="bj-side-item">
            <span className="bj-side-item-text" title={`${other.number} ${other.subject}`}>
              <Link to={'/tickets/$id' as never} params={{ id: other.ticket } as never}>
                {other.subject}
              </Link>
            </span>
            <small>
              {listed((other.because ?? []).map((why) => t(`related.because.${why}`)))} ·{' '}
              {stateName(other.state)}
            </small>
          </li>
        ))}
      </ul>
    </Section>
  )
}
