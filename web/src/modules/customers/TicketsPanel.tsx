import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api, ask } from '@/api/client'
import { list, type Params } from '@/api/keys'
import { useStateName } from '@/parts/catalogue'
import { linkTo } from '@/parts/links'
import { QueryView } from '@/parts/QueryView'
import { Time } from '@/parts/Time'
import { PriorityGlyph } from '@/ui/Glyph'
import { Panel } from '@/ui/Panel'

export interface TicketsPanelProps {
  params: Params
  short?: boolean
}

export function TicketsPanel({ params, short }: TicketsPanelProps) {
  const { t } = useTranslation(['customers', 'words'])
  const stateName = useStateName()
  const asked = { ...params, limit: short ? 6 : 50 }
  const query = useQuery({
    queryKey: list('ticket', asked),
    queryFn: ({ signal }) =>
      ask(api.GET('/tickets', { params: { query: asked as never }, signal })),
  })
  return (
    <Panel title={t(short ? 'customers:open_tickets' : 'customers:tab.tickets')}>
      <QueryView
        query={query}
        isEmpty={(found) => found.items.length === 0}
        empty={<p className="bj-count">{t('customers:no_tickets')}</p>}
      >
        {(found) => (
          <ul className="bj-record-list">
            {found.items.map((ticket) => (
              <li key={ticket.id}>
                <PriorityGlyph
                  priority={ticket.priority}
                  label={t(`words:priority.${ticket.priority}`)}
                />
                <span>
                  <Link to={(linkTo(`ticket:${ticket.id}`) ?? '/tickets') as never}>
                    {ticket.subject}
                  </Link>
                  <small>
                    {ticket.number} · {stateName(ticket.service_type, ticket.state)}
                  </small>
                </span>
                <Time at={ticket.updated_at} as="short" />
              </li>
            ))}
          </ul>
        )}
      </QueryView>
    </Panel>
  )
}
