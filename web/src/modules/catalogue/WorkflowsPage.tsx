import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useServiceTypes, workflowsQuery } from '@/parts/catalogue'
import { nameOf } from '@/parts/names'
import { Page } from '@/parts/Page'
import { QueryView } from '@/parts/QueryView'
import { DataTable } from '@/ui/DataTable'

export default function WorkflowsPage() {
  const { t } = useTranslation('catalogue')
  const types = useServiceTypes()
  const query = useQuery(workflowsQuery)
  return (
    <Page title={t('workflows')}>
      <QueryView query={query}>
        {(flows) => (
          <DataTable
            label={t('workflows')}
            rows={flows}
            keyOf={(flow) => flow.id}
            columns={[
              {
                key: 'name',
                title: t('field.name'),
                cell: (flow) => (
                  <Link to={'/workflows/$id' as never} params={{ id: flow.id } as never}>
                    {nameOf(flow)}
                  </Link>
                ),
              },
              {
                key: 'types',
                title: t('service_types'),
                cell: (flow) =>
                  types
                    .filter((type) => type.workflow === flow.id)
                    .map(nameOf)
                    .join(' · '),
              },
              {
                key: 'states',
                title: t('states'),
                number: true,
                cell: (flow) => flow.states?.length ?? 0,
              },
              {
                key: 'transitions',
                title: t('transitions'),
                number: true,
                cell: (flow) => flow.transitions?.length ?? 0,
              },
            ]}
          />
        )}
      </QueryView>
    </Page>
  )
}
