import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask, type Schemas } from '@/api/client'
import { list } from '@/api/keys'
import { QueryView } from '@/parts/QueryView'
import { fetchFile } from '@/parts/saveFile'
import { useOrganisation } from '@/parts/useOrganisation'
import { AnswerBox } from '../request/AnswerBox'
import { ConfirmPanel } from '../request/ConfirmPanel'
import { Conversation } from '../request/Conversation'
import { ProgressCard } from '../request/ProgressCard'
import type { Request } from '../request/useRequest'
import { type GuestFile, guestFilesTo, toBeFiled } from './files'
import { GuestFrame } from './GuestFrame'

const askAgainMs = 20_000

// The secret stands behind "#", which browsers do not send. Guests have no live line: the page asks
// again by itself while it is looked at.
export default function FollowPage() {
  const { t } = useTranslation('portal')
  const [token] = useState(() => location.hash.slice(1))
  const query = useQuery({
    queryKey: list('guest_request', { token }),
    queryFn: () => ask(api.POST('/guest-requests/show', { body: { token } })),
    retry: false,
    refetchInterval: askAgainMs,
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
  const queries = useQueryClient()
  const { organisation } = useOrganisation()
  const key = list('guest_request', { token })
  // Each answer of the server is the request as it is afterwards.
  const show = async (answer: Promise<Request>) => queries.setQueryData(key, await answer)
  const takesAnswers = request.phase !== 'closed' && request.allowed?.includes('reply')
  return (
    <div className="bj-column">
      <ProgressCard request={request} />
      <ConfirmPanel
        request={request}
        confirm={(body) =>
          show(ask(api.POST('/guest-requests/confirmations', { body: { token, ...body } })))
        }
        rate={(body) =>
          show(ask(api.POST('/guest-requests/ratings', { body: { token, ...body } })))
        }
        onSettled={() => undefined}
      />
      <Conversation
        messages={request.messages ?? []}
        readUntil={request.last_read_at}
        onFile={(file) => void fetchOwn(token, file)}
      />
      {takesAnswers && (
        <AnswerBox<GuestFile>
          name={`guest.${request.number}`}
          filesTo={organisation?.guest_requests ? guestFilesTo : undefined}
          send={({ body, files }, headers) =>
            show(
              ask(
                api.POST('/guest-requests/messages', {
                  body: { token, body, files: files.map(toBeFiled) },
                  headers,
                }),
              ),
            )
          }
          onSettled={() => undefined}
        />
      )}
    </div>
  )
}

// The secret goes in the body, so it stands in no log; therefore it cannot be an ordinary link.
function fetchOwn(token: string, file: Schemas['FileCard']): Promise<void> {
  const body = { token, file: file.id }
  const bytes = ask(api.POST('/guest-requests/files', { body, parseAs: 'blob' }) as never)
  return fetchFile(bytes, file.name)
}
