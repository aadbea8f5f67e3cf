import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api, ask } from '@/api/client'
import { list } from '@/api/keys'
import { useStateName } from '@/parts/catalogue'
import { Section } from '@/ui/Panel'

const shown = 4

// What else there is, or was lately, with this customer.
export function RecentSection({ customer, but }: { customer: number; but: number }) {
  const { t } = useTranslation('tickets')
  const stateName = useStateName()
  const params = { customer, limit: shown + 1, sort: '-created_at' }
  const found = useQuery({
    queryKey: list('ticket', params),
    queryFn: ({ signal }) => ask(api.GET('/tickets', { params: { query: params }, signal })),
  })
  const others = (found.data?.items ?? []).filter((one) => one.id !== but).slice(0, shown)
  if (others.length === 0) return null
  return (
    <Section title={t('recent')}>
      <ul className="bj-side-list-plain">
        {others.map((one) => (
          <li key={one.id} className="bj-side-item">
            <span className="bj-side-item-text" title={`${one.number} ${one.subject}`}>
              <Link to={'/tickets/$id' as never} params={{ id: one.id } as never}>
                {one.subject}
              </Link>
            </span>
            <small>{stateName(one.service_type, one.state)}</small>
          </li>
        ))}
      </ul>
    </Section>
  )
}
