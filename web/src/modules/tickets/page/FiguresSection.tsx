import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api, ask } from '@/api/client'
import { list } from '@/api/keys'
import { Section } from '@/ui/Panel'

const month = 30 * 86_400_000

// What there was with this customer in the last thirty days.
export function FiguresSection({ customer }: { customer: number }) {
  const { t } = useTranslation('tickets')
  // By the hour, so that the question stays the same while one works.
  const since = new Date(Math.floor((Date.now() - month) / 3_600_000) * 3_600_000).toISOString()
  const count = (more: Record<string, unknown>) => ({
    customer,
    count: true,
    limit: 1,
    ...more,
  })
  const opened = useCount(count({ created_from: since }))
  const open = useCount(count({ open: true }))
  const solved = useCount(count({ phase: 'solved' }))
  return (
    <Section title={t('figures.title')}>
      <div className="bj-figures">
        <Figure name={t('figures.opened')} value={opened} />
        <Figure name={t('figures.open')} value={open} />
        <Figure name={t('figures.solved')} value={solved} />
      </div>
    </Section>
  )
}

function useCount(query: Record<string, unknown>): number | null {
  const found = useQuery({
    queryKey: list('ticket', query as never),
    queryFn: ({ signal }) =>
      ask(api.GET('/tickets', { params: { query: query as never }, signal })),
  })
  return found.data?.total ?? null
}

function Figure({ name, value }: { name: string; value: number | null }) {
  return (
    <div>
      <strong className="bj-numbers">{value ?? '–'}</strong>
      <span>{name}</span>
    </div>
  )
}
