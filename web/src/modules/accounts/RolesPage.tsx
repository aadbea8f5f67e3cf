import { IconPlus } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask, ifVersion } from '@/api/client'
import { all, list } from '@/api/keys'
import { queryClient, reference } from '@/api/query_client'
import { nameOf } from '@/parts/names'
import { Page } from '@/parts/Page'
import { sayFailed } from '@/parts/problems'
import { QueryView } from '@/parts/QueryView'
import { RecordDialog } from '@/parts/RecordDialog'
import { done } from '@/parts/undo'
import { Button } from '@/ui/Button'
import { Matrix } from '@/ui/Matrix'
import { type Role, rolesQuery } from './reference'

const scopes = ['own', 'team', 'region', 'all'] as const

const refresh = () => queryClient.invalidateQueries({ queryKey: all('role') })

function change(role: Role, patch: { rights?: string[]; scope?: Role['scope'] }) {
  return ask(
    api.PATCH('/roles/{id}', {
      params: { path: { id: role.id } },
      headers: ifVersion(role.version),
      body: patch,
    }),
  )
}

// Which role may do what: one line a right, one column a role.
export default function RolesPage() {
  const { t } = useTranslation(['accounts', 'rights', 'words'])
  const [adding, setAdding] = useState(false)
  const roles = useQuery(rolesQuery)
  const rights = useQuery({
    ...reference,
    queryKey: list('right'),
    queryFn: async ({ signal }) => (await ask(api.GET('/rights', { signal }))).items,
  })
  return (
    <Page
      title={t('accounts:roles')}
      actions={
        <Button kind="primary" icon={IconPlus} onClick={() => setAdding(true)}>
          {t('accounts:add_role')}
        </Button>
      }
    >
      <QueryView query={roles}>
        {(all) => <RoleMatrix roles={all} rights={(rights.data ?? []).map((one) => one.name)} />}
      </QueryView>
      {adding && (
        <RecordDialog
          title={t('accounts:add_role')}
          fields={[
            { key: 'key', label: t('accounts:field.key'), required: true },
            { key: 'name_zh', label: t('accounts:field.name_zh'), required: true },
            { key: 'name_en', label: t('accounts:field.name_en'), required: true },
            {
              key: 'scope',
              label: t('accounts:field.scope'),
              kind: 'segments',
              options: scopes.map((scope) => ({ value: scope, label: t(`words:scope.${scope}`) })),
            },
          ]}
          initial={{ scope: 'team', rights: [], portal: false }}
          onClose={() => setAdding(false)}
          save={(values) => ask(api.POST('/roles', { body: values as never }))}
          onSaved={() => void refresh()}
        />
      )}
    </Page>
  )
}

function RoleMatrix({ roles, rights }: { roles: readonly Role[]; rights: readonly string[] }) {
  const { t } = useTranslation(['accounts', 'rights', 'words'])
  const toggle = useMutation({
    mutationFn: ({ role, right }: { role: Role; right: string }) => {
      const has = role.rights ?? []
      const next = has.includes(right) ? has.filter((one) => one !== right) : [...has, right]
      return change(role, { rights: next })
    },
    onError: sayFailed,
    onSuccess: (kept, { role }) =>
      void done(t('accounts:role_changed', { role: nameOf(role) }), async () => {
        await change(kept, { rights: role.rights }).catch(sayFailed)
        await refresh()
      }),
    onSettled: refresh,
  })
  const scope = useMutation({
    mutationFn: ({ role, to }: { role: Role; to: Role['scope'] }) => change(role, { scope: to }),
    onError: sayFailed,
    onSettled: refresh,
  })
  const byKey = new Map(roles.map((role) => [role.key, role]))
  const rows = [
    { key: 'scope', title: t('accounts:field.scope'), hint: t('accounts:hint.scope') },
    ...rights.map((right) => ({
      key: right,
      title: t(`rights:${right}`, { defaultValue: right }),
      hint: right,
    })),
  ]
  return (
    <Matrix
      label={t('accounts:roles')}
      rows={rows}
      columns={roles.map((role) => ({ key: role.key, title: nameOf(role) }))}
      cell={(right, key) => {
        const role = byKey.get(key)
        if (!role) return null
        if (right === 'scope') {
          return (
            <select
              className="bj-input"
              aria-label={`${nameOf(role)} ${t('accounts:field.scope')}`}
              value={role.scope}
              disabled={role.builtin}
              onChange={(event) => scope.mutate({ role, to: event.target.value as Role['scope'] })}
            >
              {scopes.map((one) => (
                <option key={one} value={one}>
                  {t(`words:scope.${one}`)}
                </option>
              ))}
            </select>
          )
        }
        const has = role.rights ?? []
        return (
          <input
            type="checkbox"
            aria-label={`${nameOf(role)}: ${right}`}
            checked={has.includes('*') || has.includes(right)}
            disabled={has.includes('*')}
            onChange={() => toggle.mutate({ role, right })}
          />
        )
      }}
    />
  )
}
