import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api, ask, type Schemas } from '@/api/client'
import { all } from '@/api/keys'
import { queryClient } from '@/api/query_client'
import { prioritiesQuery } from '@/parts/catalogue'
import { Page } from '@/parts/Page'
import { sayFailed } from '@/parts/problems'
import { QueryView } from '@/parts/QueryView'
import { done } from '@/parts/undo'
import { Matrix } from '@/ui/Matrix'
import './catalogue.css'

type Cell = Schemas['PriorityCell']

const severities = ['S1', 'S2', 'S3', 'S4'] as const
const impacts = ['I1', 'I2', 'I3', 'I4'] as const
const priorities = ['P1', 'P2', 'P3', 'P4'] as const

const refresh = () => queryClient.invalidateQueries({ queryKey: all('priority_matrix') })

// How bad it is and whom it hits, and what follows (TKT-4).
export default function PrioritiesPage() {
  const { t } = useTranslation(['catalogue', 'words'])
  const query = useQuery(prioritiesQuery)
  const put = useMutation({
    mutationFn: (items: Cell[]) => ask(api.PUT('/priorities', { body: { items } })),
    onMutate: (items) => {
      const before = query.data
      queryClient.setQueryData(prioritiesQuery.queryKey, items)
      return { before }
    },
    onError: (error, _items, kept) => {
      queryClient.setQueryData(prioritiesQuery.queryKey, kept?.before)
      sayFailed(error)
    },
    onSuccess: (_answer, _items, kept) =>
      void done(t('catalogue:matrix_changed'), async () => {
        const items = kept?.before ?? []
        await ask(api.PUT('/priorities', { body: { items } })).catch(sayFailed)
        await refresh()
      }),
    onSettled: refresh,
  })
  const change = (cells: readonly Cell[], severity: string, impact: string, priority: string) =>
    put.mutate(
      cells.map((cell) =>
        cell.severity === severity && cell.impact === impact
          ? { ...cell, priority: priority as Cell['priority'] }
          : cell,
      ),
    )
  return (
    <Page title={t('catalogue:priorities')} narrow>
      <QueryView query={query}>
        {(cells) => (
          <div className="bj-catalogue">
            <p>{t('catalogue:matrix_text')}</p>
            <Matrix
              label={t('catalogue:priorities')}
              rows={severities.map((key) => ({ key, title: t(`catalogue:severity.${key}`) }))}
              columns={impacts.map((key) => ({ key, title: t(`catalogue:impact.${key}`) }))}
              cell={(severity, impact) => (
                <select
                  className="bj-input"
                  aria-label={[
                    t(`catalogue:severity.${severity}`),
                    t(`catalogue:impact.${impact}`),
                  ].join(' × ')}
                  value={
                    cells.find((c) => c.severity === severity && c.impact === impact)?.priority
                  }
                  onChange={(event) => change(cells, severity, impact, event.target.value)}
                >
                  {priorities.map((priority) => (
                    <option key={priority} value={priority}>
                      {t(`words:priority.${priority}`)}
                    </option>
                  ))}
                </select>
              )}
            />
          </div>
        )}
      </QueryView>
    </Page>
  )
}
