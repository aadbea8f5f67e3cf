import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api, ask } from '@/api/client'
import { one } from '@/api/keys'
import { duration } from '@/parts/time'
import { Section } from '@/ui/Panel'

// How this customer has been served in the last thirty days.
export function FiguresSection({ customer }: { customer: number }) {
  const { t } = useTranslation('tickets')
  const query = useQuery({
    queryKey: one('customer', customer, 'recent'),
    queryFn: ({ signal }) =>
      ask(api.GET('/customers/{id}/recent', { params: { path: { id: customer } }, signal })),
  })
  const found = query.data
  const response = found?.average_response_seconds
  const rating = found?.average_rating
  return (
    <Section title={t('figures.title')}>
      <div className="bj-figures">
        <Figure name={t('figures.opened')} value={found?.opened} />
        <Figure name={t('figures.open')} value={found?.open} />
        <Figure name={t('figures.reopened')} value={found?.reopened} />
        {typeof rating === 'number' && (
          <Figure name={t('figures.rating')} value={rating.toFixed(1)} />
        )}
        {typeof response === 'number' && (
          <Figure name={t('figures.response')} value={duration(response * 1000)} />
        )}
      </div>
    </Section>
  )
}

function Figure({ name, value }: { name: string; value: number | string | undefined }) {
  return (
    <div>
      <strong className="bj-numbers">{value ?? '–'}</strong>
      <span>{name}</span>
    </div>
  )
}
