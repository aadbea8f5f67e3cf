import { IconPrinter } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api, ask, type Schemas } from '@/api/client'
import { useMe } from '@/api/use_me'
import { customFieldsQuery } from '@/parts/catalogue'
import { customText, fieldsFor } from '@/parts/customFields'
import { either } from '@/parts/names'
import { QueryFailed, QueryView } from '@/parts/QueryView'
import { State } from '@/parts/State'
import { Time } from '@/parts/Time'
import { useIdInPath } from '@/parts/usePlace'
import { useRead } from '@/parts/useRead'
import { Button } from '@/ui/Button'
import { Facts } from '@/ui/Panel'
import { Skeleton } from '@/ui/progress'
import { PortalPage } from '../PortalPage'
import { AnswerBox } from './AnswerBox'
import { ConfirmPanel } from './ConfirmPanel'
import { Conversation } from './Conversation'
import { ProgressCard } from './ProgressCard'
import { type Request, refreshRequest, useConversation, useRequest } from './useRequest'

export default function RequestPage() {
  const { t } = useTranslation(['portal', 'parts'])
  const id = useIdInPath()
  const query = useRequest(id)
  // A number that is none, or of somebody else: both are not there.
  if (id === 0 || (query.isError && !query.data)) {
    return (
      <PortalPage title={t('requests')} back={{ to: '/requests', title: t('requests') }}>
        {id === 0 ? (
          <State kind="not_found" title={t('parts:not_found')} />
        ) : (
          <QueryFailed error={query.error} retry={() => void query.refetch()} />
        )}
      </PortalPage>
    )
  }
  return (
    <QueryView query={query} skeleton={<RequestSkeleton />}>
      {(request) => <RequestView key={request.id} request={request} />}
    </QueryView>
  )
}

function RequestSkeleton() {
  return (
    <div className="bj-pp">
      <div className="bj-panel">
        <Skeleton lines={4} />
      </div>
      <Skeleton lines={10} />
    </div>
  )
}

function RequestView({ request }: { request: Request }) {
  const { t } = useTranslation('portal')
  const me = useMe()
  const { id } = request
  const params = { path: { id } }
  const messages = useConversation(request)
  useRead(id, messages.at(-1)?.id)
  const takesAnswers = request.phase !== 'closed' && request.allowed?.includes('reply')
  return (
    <PortalPage
      title={request.subject}
      back={{ to: '/requests', title: t('requests') }}
      actions={
        <Button
          className="bj-print"
          kind="quiet"
          icon={IconPrinter}
          aria-label={t('print')}
          onClick={() => window.print()}
        >
          {t('print')}
        </Button>
      }
    >
      <div className="bj-columns" data-request>
        <div className="bj-column">
          <ProgressCard request={request} />
          <ConfirmPanel
            request={request}
            confirm={(body) => ask(api.POST('/tickets/{id}/confirmations', { params, body }))}
            rate={(body) => ask(api.POST('/tickets/{id}/ratings', { params, body }))}
            onSettled={refreshRequest}
          />
          <Conversation messages={messages} readUntil={request.last_read_at} />
          {takesAnswers && (
            <AnswerBox<Schemas['FileCard']>
              name={`${me.id}.ticket.${id}.answer`}
              filesTo="/files"
              send={({ body, files }, headers) =>
                ask(
                  api.POST('/tickets/{id}/messages', {
                    params,
                    headers,
                    body: { kind: 'reply', body, files: files.map((file) => file.id) },
                  }),
                )
              }
              onSettled={refreshRequest}
            />
          )}
        </div>
        <aside className="bj-column" data-side>
          <Particulars request={request} />
        </aside>
      </div>
    </PortalPage>
  )
}

function Particulars({ request }: { request: Request }) {
  const { t } = useTranslation('portal')
  const { names } = request
  const more = useMoreFacts(request)
  const product = [names.asset ?? names.product, names.product_version].filter(Boolean)
  return (
    <section className="bj-panel bj-side-card">
      <h2>{t('details')}</h2>
      <Facts
        facts={[
          { name: t('field.type'), value: either(names.service_type_zh, names.service_type_en) },
          names.customer && { name: t('field.customer'), value: names.customer },
          names.contact && { name: t('field.who'), value: names.contact },
          product.length > 0 && { name: t('field.product'), value: product.join(' · ') },
          names.site && { name: t('field.site'), value: names.site },
          request.severity && { name: t('how_bad'), value: t(`severity.${request.severity}`) },
          request.impact && { name: t('who_is_hit'), value: t(`impact.${request.impact}`) },
          names.assignee && { name: t('field.engineer'), value: names.assignee },
          { name: t('field.created'), value: <Time at={request.created_at} as="absolute" /> },
          ...more,
        ]}
      />
    </section>
  )
}

// What an administrator added, as far as it was filled in.
function useMoreFacts(request: Request) {
  const all = useQuery(customFieldsQuery).data ?? []
  const values = request.custom as Record<string, unknown>
  const { service_type: serviceType, product = null } = request
  return fieldsFor(all, { serviceType, product, values, forCustomer: true })
    .map((field) => ({
      name: either(field.label_zh, field.label_en),
      value: customText(field, values[field.key]),
    }))
    .filter((fact) => fact.value)
}
