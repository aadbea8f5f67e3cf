import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api, ask, type Schemas } from '@/api/client'
import { all } from '@/api/keys'
import { queryClient } from '@/api/query_client'
import { deviceOf } from '@/parts/device'
import { ListView } from '@/parts/ListView'
import { sayFailed } from '@/parts/problems'
import { State } from '@/parts/State'
import { Time } from '@/parts/Time'
import { done } from '@/parts/undo'
import { useList } from '@/parts/useList'
import { Button } from '@/ui/Button'
import { Tag } from '@/ui/Chip'
import type { Column } from '@/ui/DataTable'

type Session = Schemas['SessionView']

export function deviceName(userAgent: string): string {
  const { browser, system } = deviceOf(userAgent)
  return [browser, system].filter(Boolean).join(' · ')
}

// Everybody's sessions, those used last first.
export function SessionsTable() {
  const { t } = useTranslation('accounts')
  const list = useList<Session>('session', { everybody: true }, (_cursor, signal) =>
    ask(api.GET('/sessions', { params: { query: { everybody: true } }, signal })),
  )
  const columns: Column<Session>[] = [
    {
      key: 'user',
      title: t('field.name'),
      cell: (one) => (
        <Link to={'/users/$id' as never} params={{ id: one.user } as never}>
          {one.user_name}
        </Link>
      ),
    },
    {
      key: 'device',
      title: t('field.device'),
      cell: (one) => <span title={one.user_agent}>{deviceName(one.user_agent) || '–'}</span>,
    },
    { key: 'address', title: t('field.address'), cell: (one) => one.address },
    { key: 'begun', title: t('field.begun'), cell: (one) => <Time at={one.created_at} /> },
    { key: 'seen', title: t('field.seen'), cell: (one) => <Time at={one.seen_at} /> },
    { key: 'end', title: '', cell: (one) => <EndSession session={one} /> },
  ]
  return (
    <ListView
      list={list}
      label={t('sessions')}
      columns={columns}
      keyOf={(one) => one.id}
      empty={<State kind="nothing_yet" title={t('no_sessions')} />}
    />
  )
}

function EndSession({ session }: { session: Session }) {
  const { t } = useTranslation('accounts')
  const end = useMutation({
    mutationFn: () => ask(api.DELETE('/sessions/{id}', { params: { path: { id: session.id } } })),
    onSuccess: () => void done(t('session_ended', { name: session.user_name })),
    onError: sayFailed,
    onSettled: () => queryClient.invalidateQueries({ queryKey: all('session') }),
  })
  // One's own is ended by signing out.
  if (session.current) return <Tag>{t('this_session')}</Tag>
  return (
    <Button
      size="small"
      pending={end.isPending}
      aria-label={t('end_session_of', { name: session.user_name })}
      onClick={() => end.mutate()}
    >
      {t('end_session')}
    </Button>
  )
}
