import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api, ask, type Schemas } from '@/api/client'
import { list } from '@/api/keys'
import { deviceOf } from '@/parts/device'
import { sayFailed } from '@/parts/problems'
import { Time } from '@/parts/Time'
import { done } from '@/parts/undo'

type Session = Schemas['SessionView']

const key = list('session')

// Where one is signed in. What one does not know is ended here, and then the password is changed.
export function SessionsSection() {
  const { t } = useTranslation('app')
  const { data } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => ask(api.GET('/sessions', { signal })),
  })
  return (
    <section className="bj-own-section">
      <h2>{t('own.sessions.title')}</h2>
      <p>{t('own.sessions.text')}</p>
      <ul className="bj-own-sessions">
        {(data?.items ?? []).map((session) => (
          <OneSession key={session.id} session={session} />
        ))}
      </ul>
    </section>
  )
}

function OneSession({ session }: { session: Session }) {
  const { t } = useTranslation('app')
  const queries = useQueryClient()
  const end = useMutation({
    mutationFn: () => ask(api.DELETE('/sessions/{id}', { params: { path: { id: session.id } } })),
    onSuccess: () => done(t('own.sessions.ended')),
    onError: sayFailed,
    onSettled: () => queries.invalidateQueries({ queryKey: key }),
  })
  const { browser, system } = deviceOf(session.user_agent)
  const name = [browser, system].filter(Boolean).join(' · ') || t('own.sessions.unknown')
  return (
    <li>
      <span>
        <strong>{name}</strong>
        <small>
          {session.address} · {t('own.sessions.seen')} <Time at={session.seen_at} />
        </small>
      </span>
      {session.current ? (
        <small>{t('own.sessions.this')}</small>
      ) : (
        <button
          type="button"
          disabled={end.isPending}
          aria-label={t('own.sessions.end_one', { name })}
          onClick={() => end.mutate()}
        >
          {t('own.sessions.end')}
        </button>
      )}
    </li>
  )
}
