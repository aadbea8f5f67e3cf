import { IconPrinter } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { apiPath } from '@/api/base_path'
import { Avatar } from '@/parts/Avatar'
import { CustomFieldsView } from '@/parts/CustomFieldsView'
import { either } from '@/parts/names'
import { Page } from '@/parts/Page'
import { QueryView } from '@/parts/QueryView'
import { SafeHtml } from '@/parts/SafeHtml'
import { Time } from '@/parts/Time'
import { useIdInPath } from '@/parts/usePlace'
import { useRead } from '@/parts/useRead'
import { IconButton } from '@/ui/Button'
import { FileChip } from '@/ui/FileChip'
import { Facts, Panel } from '@/ui/Panel'
import { Steps } from '@/ui/progress'
import { AnswerBox } from './AnswerBox'
import { ConfirmPanel } from './ConfirmPanel'
import './portal.css'
import { stepsOf } from './progress'
import { type Request, useRequest } from './useRequest'

export default function RequestPage() {
  const id = useIdInPath()
  const query = useRequest(id)
  return <QueryView query={query}>{(request) => <RequestView request={request} />}</QueryView>
}

function RequestView({ request }: { request: Request }) {
  const { t } = useTranslation('portal')
  useRead(request.id, request.messages?.at(-1)?.id)
  const { names } = request
  return (
    <Page
      title={request.subject}
      actions={<IconButton label={t('print')} icon={IconPrinter} onClick={() => window.print()} />}
    >
      <div className="bj-request">
        <Panel>
          <div className="bj-request-card-head">
            <span className="bj-count">{request.number}</span>
            <strong>{either(request.state_zh, request.state_en)}</strong>
          </div>
          <Steps label={t('progress')} steps={stepsOf(request.steps)} />
        </Panel>
        <ConfirmPanel request={request} />
        <Conversation request={request} />
        <AnswerBox request={request} />
        <Panel title={t('details')}>
          <Facts
            facts={[
              {
                name: t('field.type'),
                value: either(names.service_type_zh, names.service_type_en),
              },
              names.product && {
                name: t('field.product'),
                value: [names.product, names.product_version].filter(Boolean).join(' · '),
              },
              names.asset && { name: t('field.asset'), value: names.asset },
              names.assignee && { name: t('field.engineer'), value: names.assignee },
              { name: t('field.created'), value: <Time at={request.created_at} as="absolute" /> },
            ]}
          />
          <CustomFieldsView
            serviceType={request.service_type}
            product={request.product ?? null}
            values={request.custom as Record<string, unknown>}
          />
        </Panel>
      </div>
    </Page>
  )
}

function Conversation({ request }: { request: Request }) {
  const { t } = useTranslation('portal')
  return (
    <section className="bj-chat" aria-label={t('conversation')}>
      {(request.messages ?? []).map((message) => (
        <article
          key={message.id}
          className="bj-chat-line"
          data-mine={message.from_customer || undefined}
        >
          <Avatar name={message.author_name} size={30} />
          <div className="bj-bubble">
            <header className="bj-bubble-head">
              <strong>{message.author_name}</strong>
              <Time at={message.created_at} />
            </header>
            <SafeHtml html={message.body} title={message.author_name} />
            {message.files && message.files.length > 0 && (
              <div className="bj-bubble-files">
                {message.files.map((file) => (
                  <FileChip
                    key={file.id}
                    name={file.name}
                    bytes={file.bytes}
                    type={file.type}
                    href={apiPath(`/files/${file.id}`)}
                  />
                ))}
              </div>
            )}
          </div>
        </article>
      ))}
    </section>
  )
}
