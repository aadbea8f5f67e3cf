import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask, ifVersion, type Schemas } from '@/api/client'
import { all, one } from '@/api/keys'
import { queryClient } from '@/api/query_client'
import { useMay } from '@/api/use_me'
import { Avatar } from '@/parts/Avatar'
import { listed } from '@/parts/names'
import { Page } from '@/parts/Page'
import { sayFailed } from '@/parts/problems'
import { QueryView } from '@/parts/QueryView'
import { RecordDialog } from '@/parts/RecordDialog'
import { Time } from '@/parts/Time'
import { done } from '@/parts/undo'
import { useIdInPath } from '@/parts/usePlace'
import { Button } from '@/ui/Button'
import { Tag } from '@/ui/Chip'
import { DataTable } from '@/ui/DataTable'
import { Facts, Panel } from '@/ui/Panel'
import './accounts.css'
import { LinkDialog } from './LinkDialog'
import { type User, useRoleName, useUserFields } from './reference'
import { deviceName } from './SessionsTable'

export default function UserPage() {
  const id = useIdInPath()
  const query = useQuery({
    queryKey: one('user', id),
    queryFn: ({ signal }) => ask(api.GET('/users/{id}', { params: { path: { id } }, signal })),
  })
  return <QueryView query={query}>{(user) => <UserPageOf user={user} />}</QueryView>
}

function UserPageOf({ user }: { user: User }) {
  const { t } = useTranslation('accounts')
  const [editing, setEditing] = useState(false)
  const may = useMay()
  const roleName = useRoleName()
  const fields = useUserFields(user.kind)
  const mayManage = may('users.manage')
  const { login, name, email, phone, roles, region, regions } = user
  return (
    <Page
      title={user.name}
      actions={
        mayManage && (
          <>
            <UserActions user={user} />
            <Button kind="primary" onClick={() => setEditing(true)}>
              {t('edit')}
            </Button>
          </>
        )
      }
    >
      <div className="bj-account">
        <Panel>
          <div className="bj-account-head">
            <Avatar name={user.name} size={44} />
            <div>
              <strong>{user.name}</strong>
              {!user.active && <Tag>{t('state.inactive')}</Tag>}
            </div>
          </div>
          <Facts
            facts={[
              { name: t('field.login'), value: user.login },
              user.email && { name: t('field.email'), value: user.email },
              user.phone && { name: t('field.phone'), value: user.phone },
              { name: t('field.roles'), value: listed((user.roles ?? []).map(roleName)) },
              { name: t('field.two_factor'), value: t(user.two_factor ? 'yes' : 'no') },
              { name: t('field.created'), value: <Time at={user.created_at} as="absolute" /> },
            ]}
          />
        </Panel>
        {may('sessions.manage') && <Sessions user={user.id} />}
      </div>
      {editing && (
        <RecordDialog
          title={t('edit')}
          fields={fields}
          initial={{ login, name, email, phone, roles, region, regions }}
          changesOnly
          onClose={() => setEditing(false)}
          save={(values) =>
            ask(
              api.PATCH('/users/{id}', {
                params: { path: { id: user.id } },
                headers: ifVersion(user.version),
                body: values as never,
              }),
            )
          }
        />
      )}
    </Page>
  )
}

function UserActions({ user }: { user: User }) {
  const { t } = useTranslation('accounts')
  const [link, setLink] = useState<string | null>(null)
  const params = { path: { id: user.id } }
  const refresh = () => queryClient.invalidateQueries({ queryKey: all('user') })
  const offer = useMutation({
    mutationFn: () =>
      user.has_password
        ? ask(api.POST('/users/{id}/password-reset', { params }))
        : ask(api.POST('/users/{id}/invitation', { params })),
    onError: sayFailed,
    onSuccess: (made) => setLink(made.link),
  })
  const activate = () => ask(api.POST('/users/{id}/activation', { params }))
  const deactivate = () => ask(api.POST('/users/{id}/deactivation', { params }))
  const toggle = useMutation({
    mutationFn: async () => {
      await (user.active ? deactivate() : activate())
    },
    onError: sayFailed,
    onSuccess: () =>
      void done(t(user.active ? 'deactivated' : 'activated', { name: user.name }), async () => {
        await (user.active ? activate() : deactivate()).catch(sayFailed)
        await refresh()
      }),
    onSettled: refresh,
  })
  return (
    <>
      {user.active && (
        <Button pending={offer.isPending} onClick={() => offer.mutate()}>
          {t(user.has_password ? 'reset' : 'invite')}
        </Button>
      )}
      <Button pending={toggle.isPending} onClick={() => toggle.mutate()}>
        {t(user.active ? 'deactivate' : 'activate')}
      </Button>
      {link && <LinkDialog link={link} onClose={() => setLink(null)} />}
    </>
  )
}

function Sessions({ user }: { user: number }) {
  const { t } = useTranslation('accounts')
  const params = { path: { id: user } }
  const query = useQuery({
    queryKey: one('user', user, 'sessions'),
    queryFn: ({ signal }) => ask(api.GET('/users/{id}/sessions', { params, signal })),
  })
  const end = useMutation({
    mutationFn: () => ask(api.DELETE('/users/{id}/sessions', { params })),
    onError: sayFailed,
    onSettled: () => query.refetch(),
  })
  return (
    <Panel
      title={t('sessions')}
      actions={
        <Button size="small" pending={end.isPending} onClick={() => end.mutate()}>
          {t('end_sessions')}
        </Button>
      }
    >
      <QueryView
        query={query}
        isEmpty={(found) => found.items.length === 0}
        empty={<p className="bj-count">{t('no_sessions')}</p>}
      >
        {(found) => (
          <DataTable<Schemas['SessionView']>
            label={t('sessions')}
            rows={found.items}
            keyOf={(session) => session.id}
            columns={[
              { key: 'agent', title: t('field.device'), cell: (one) => deviceName(one.user_agent) },
              { key: 'address', title: t('field.address'), cell: (one) => one.address },
              { key: 'seen', title: t('field.seen'), cell: (one) => <Time at={one.seen_at} /> },
            ]}
          />
        )}
      </QueryView>
    </Panel>
  )
}
