import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api, ask, type Schemas } from '@/api/client'
import { all } from '@/api/keys'
import { queryClient } from '@/api/query_client'
import { ListView } from '@/parts/ListView'
import { listed } from '@/parts/names'
import { sayFailed } from '@/parts/problems'
import { State } from '@/parts/State'
import { Time } from '@/parts/Time'
import { done } from '@/parts/undo'
import { useList } from '@/parts/useList'
import { Button } from '@/ui/Button'
import type { Column } from '@/ui/DataTable'

type Token = Schemas['TokenView']

// Everybody's API tokens: what each of them may do, and whether it is used at all.
export function TokensTable() {
  const { t } = useTranslation(['accounts', 'rights'])
  const list = useList<Token>('token', { everybody: true }, (_cursor, signal) =>
    ask(api.GET('/tokens', { params: { query: { everybody: true } }, signal })),
  )
  const scopeName = (scope: string) =>
    scope === '*' ? t('accounts:tokens.everything') : t(`rights:${scope}`, { defaultValue: scope })
  const columns: Column<Token>[] = [
    { key: 'name', title: t('accounts:tokens.name'), cell: (one) => one.name },
    {
      key: 'user',
      title: t('accounts:tokens.of'),
      cell: (one) => (
        <Link to={'/users/$id' as never} params={{ id: one.user } as never}>
          {one.user_name}
        </Link>
      ),
    },
    {
      key: 'scopes',
      title: t('accounts:tokens.may'),
      cell: (one) => listed((one.scopes ?? []).map(scopeName)),
    },
    {
      key: 'expires',
      title: t('accounts:tokens.until'),
      cell: (one) => <Time at={one.expires_at} as="absolute" />,
    },
    {
      key: 'seen',
      title: t('accounts:tokens.used'),
      cell: (one) => (one.seen_at ? <Time at={one.seen_at} /> : t('accounts:tokens.never')),
    },
    { key: 'end', title: '', cell: (one) => <Revoke token={one} /> },
  ]
  return (
    <ListView
      list={list}
      label={t('accounts:tokens.title')}
      columns={columns}
      keyOf={(one) => one.id}
      empty={<State kind="nothing_yet" title={t('accounts:tokens.none')} />}
    />
  )
}

function Revoke({ token }: { token: Token }) {
  const { t } = useTranslation('accounts')
  const revoke = useMutation({
    mutationFn: () => ask(api.DELETE('/tokens/{id}', { params: { path: { id: token.id } } })),
    onSuccess: () => void done(t('tokens.revoked', { name: token.name })),
    onError: sayFailed,
    onSettled: () => queryClient.invalidateQueries({ queryKey: all('token') }),
  })
  return (
    <Button
      size="small"
      pending={revoke.isPending}
      aria-label={t('tokens.revoke_one', { name: token.name })}
      onClick={() => revoke.mutate()}
    >
      {t('tokens.revoke')}
    </Button>
  )
}
