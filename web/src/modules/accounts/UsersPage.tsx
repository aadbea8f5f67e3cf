import { IconPlus } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask } from '@/api/client'
import { all } from '@/api/keys'
import { queryClient } from '@/api/query_client'
import { useMay } from '@/api/use_me'
import { Avatar } from '@/parts/Avatar'
import { ListView } from '@/parts/ListView'
import { listed } from '@/parts/names'
import { Page } from '@/parts/Page'
import { RecordDialog } from '@/parts/RecordDialog'
import { State } from '@/parts/State'
import { useList } from '@/parts/useList'
import { useSearchState } from '@/parts/usePlace'
import { Button } from '@/ui/Button'
import { Tag } from '@/ui/Chip'
import { Segments } from '@/ui/choices'
import type { Column } from '@/ui/DataTable'
import { LinkDialog } from './LinkDialog'
import { type User, useRoleName, useUserFields } from './reference'

export default function UsersPage() {
  const { t } = useTranslation('accounts')
  const may = useMay()
  const [search, change] = useSearchState<'kind' | 'sort'>()
  const [adding, setAdding] = useState(false)
  const [link, setLink] = useState<string | null>(null)
  const kind = (search.kind as User['kind'] | undefined) ?? 'staff'
  const fields = useUserFields('staff')
  const params = { kind, sort: search.sort ?? 'name', count: true, limit: 50 }
  const list = useList<User>('user', params, (cursor, signal) =>
    ask(api.GET('/users', { params: { query: { ...params, cursor } }, signal })),
  )
  const invite = async (id: number) => {
    const made = await ask(api.POST('/users/{id}/invitation', { params: { path: { id } } }))
    setLink(made.link)
  }
  return (
    <Page
      title={t('title')}
      count={list.total}
      actions={
        may('users.manage') && (
          <Button kind="primary" icon={IconPlus} onClick={() => setAdding(true)}>
            {t('add')}
          </Button>
        )
      }
      bar={
        <Segments<User['kind']>
          label={t('kind.title')}
          value={kind}
          choices={[
            { value: 'staff', label: t('kind.staff') },
            { value: 'contact', label: t('kind.contact') },
          ]}
          onValue={(value) => change({ kind: value })}
        />
      }
    >
      <ListView
        list={list}
        label={t('title')}
        columns={useColumns()}
        keyOf={(user) => user.id}
        sort={params.sort}
        onSort={(sort) => change({ sort })}
        empty={<State kind="nothing_yet" title={t('none')} />}
      />
      {adding && (
        <RecordDialog
          title={t('add')}
          fields={fields}
          initial={{ roles: ['agent'], regions: [] }}
          onClose={() => setAdding(false)}
          save={(values) =>
            ask(api.POST('/users', { body: { ...values, kind: 'staff' } as never }))
          }
          onSaved={(made) => {
            void queryClient.invalidateQueries({ queryKey: all('user') })
            void invite((made as User).id)
          }}
        />
      )}
      {link && <LinkDialog link={link} onClose={() => setLink(null)} />}
    </Page>
  )
}

function useColumns(): Column<User>[] {
  const { t } = useTranslation('accounts')
  const roleName = useRoleName()
  return [
    {
      key: 'name',
      title: t('field.name'),
      sort: 'name',
      cell: (user) => (
        <>
          <Avatar name={user.name} size={22} />{' '}
          <Link to={'/users/$id' as never} params={{ id: user.id } as never}>
            {user.name}
          </Link>
        </>
      ),
    },
    { key: 'login', title: t('field.login'), sort: 'login', cell: (user) => user.login },
    {
      key: 'roles',
      title: t('field.roles'),
      cell: (user) => listed((user.roles ?? []).map(roleName)),
    },
    { key: 'email', title: t('field.email'), cell: (user) => user.email },
    {
      key: 'state',
      title: t('field.state'),
      cell: (user) =>
        user.active ? (
          <Tag tone={user.has_password ? 'good' : 'warn'}>
            {t(user.has_password ? 'state.active' : 'state.invited')}
          </Tag>
        ) : (
          <Tag>{t('state.inactive')}</Tag>
        ),
    },
    {
      key: 'factor',
      title: t('field.two_factor'),
      cell: (user) => (user.two_factor ? t('yes') : t('no')),
    },
  ]
}
