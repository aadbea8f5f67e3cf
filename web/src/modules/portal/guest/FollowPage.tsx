import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask } from '@/api/client'
import { list } from '@/api/keys'
import { Avatar } from '@/parts/Avatar'
import { either } from '@/parts/names'
import { sayFailed } from '@/parts/problems'
import { QueryView } from '@/parts/QueryView'
import { SafeHtml } from '@/parts/SafeHtml'
import { Time } from '@/parts/Time'
import { done } from '@/parts/undo'
import { Button } from '@/ui/Button'
import { TextAreaField } from '@/ui/Field'
import { Panel } from '@/ui/Panel'
import { Steps } from '@/ui/progress'
import { Stars } from '../ConfirmPanel'
import { stepsOf } from '../progress'
import { htmlOf, type Request } from '../useRequest'
import { GuestFrame } from './GuestFrame'

// The secret stands behind "#", which browsers do not send.
export default function FollowPage() {
  const { t } = useTranslation('portal')
  const [token] = useState(() => location.hash.slice(1))
  const query = useQuery({
    queryKey: list('guest_request', { token }),
    queryFn: () => ask(api.POST('/guest-requests/show', { body: { token } })),
    retry: false,
  })
  return (
    <GuestFrame title={query.data?.subject ?? t('follow')}>
      <QueryView query={query}>
        {(request) => <GuestRequest request={request} token={token} />}
      </QueryView>
    </GuestFrame>
  )
}

function GuestRequest({ request, token }: { request: Request; token: string }) {
  const { t } = useTranslation('portal')
  return (
    <div className="bj-request">
      <Panel>
        <div className="bj-request-card-head">
          <span className="bj-count">{request.number}</span>
          <strong>{either(request.state_zh, request.state_en)}</strong>
        </div>
        <Steps label={t('progress')} steps={stepsOf(request.steps)} />
      </Panel>
      <GuestConfirm request={request} token={token} />
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
            </div>
          </article>
        ))}
      </section>
      {request.phase !== 'closed' && <GuestAnswer token={token} />}
    </div>
  )
}

function useShown(token: string) {
  const queries = useQueryClient()
  return (request: Request) => queries.setQueryData(list('guest_request', { token }), request)
}

function GuestAnswer({ token }: { token: string }) {
  const { t } = useTranslation('portal')
  const [text, setText] = useState('')
  const show = useShown(token)
  const send = useMutation({
    mutationFn: () =>
      ask(api.POST('/guest-requests/messages', { body: { token, body: htmlOf(text) } })),
    onError: sayFailed,
    onSuccess: (request) => {
      setText('')
      show(request)
      done(t('sent'))
    },
  })
  return (
    <section className="bj-panel bj-answer">
      <TextAreaField label={t('answer')} value={text} onValue={setText} />
      <div className="bj-answer-foot">
        <Button
          kind="primary"
          disabled={!text.trim()}
          pending={send.isPending}
          onClick={() => send.mutate()}
        >
          {t('send')}
        </Button>
      </div>
    </section>
  )
}

function GuestConfirm({ request, token }: { request: Request; token: string }) {
  const { t } = useTranslation('portal')
  const [stars, setStars] = useState(0)
  const show = useShown(token)
  const confirm = useMutation({
    mutationFn: (solved: boolean) =>
      ask(
        api.POST('/guest-requests/confirmations', {
          body: { token, solved, rating: solved && stars ? stars : null },
        }),
      ),
    onError: sayFailed,
    onSuccess: (after) => {
      show(after as Request)
      done(t('thanks'))
    },
  })
  if (request.phase !== 'solved') return null
  return (
    <Panel title={t('is_it_solved')}>
      <div className="bj-confirm">
        <Stars value={stars} onValue={setStars} />
        <div className="bj-confirm-row">
          <Button
            kind="primary"
            size="large"
            pending={confirm.isPending}
            onClick={() => confirm.mutate(true)}
          >
            {t('solved')}
          </Button>
          <Button size="large" pending={confirm.isPending} onClick={() => confirm.mutate(false)}>
            {t('not_solved')}
          </Button>
        </div>
      </div>
    </Panel>
  )
}
