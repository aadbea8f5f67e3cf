import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api, ask } from '@/api/client'
import { all, list } from '@/api/keys'
import { queryClient } from '@/api/query_client'
import { Page } from '@/parts/Page'
import { sayFailed } from '@/parts/problems'
import { QueryView } from '@/parts/QueryView'
import { State } from '@/parts/State'
import { done } from '@/parts/undo'
import { Button } from '@/ui/Button'
import { Panel } from '@/ui/Panel'
import './customers.css'

interface Like {
  id: number
  name: string
  about: string
}

interface Group {
  by: string
  likes: Like[]
}

// What was probably entered twice; merging can be undone.
export default function DuplicatesPage() {
  const { t } = useTranslation('customers')
  const customers = useQuery({
    queryKey: list('customer', { duplicates: true }),
    queryFn: async ({ signal }): Promise<Group[]> =>
      (await ask(api.GET('/customers/duplicates', { signal }))).items.map((group) => ({
        by: group.by,
        likes: (group.customers ?? []).map((one) => ({
          id: one.id,
          name: one.name,
          about: one.short_name ?? '',
        })),
      })),
  })
  const contacts = useQuery({
    queryKey: list('contact', { duplicates: true }),
    queryFn: async ({ signal }): Promise<Group[]> =>
      (await ask(api.GET('/contacts/duplicates', { signal }))).items.map((group) => ({
        by: group.by,
        likes: (group.contacts ?? []).map((one) => ({
          id: one.id,
          name: one.name,
          about: one.customers?.map((own) => own.customer_name).join(' · ') ?? '',
        })),
      })),
  })
  return (
    <Page title={t('duplicates.title')}>
      <div className="bj-record">
        {(['customer', 'contact'] as const).map((kind) => (
          <QueryView
            key={kind}
            query={kind === 'customer' ? customers : contacts}
            isEmpty={(groups) => groups.length === 0}
            empty={<State kind="done" title={t(`duplicates.none_${kind}`)} />}
          >
            {(groups) => (
              <Panel title={t(`duplicates.${kind}`)}>
                {groups.map((group) => (
                  <GroupView
                    key={group.likes.map((one) => one.id).join()}
                    kind={kind}
                    group={group}
                  />
                ))}
              </Panel>
            )}
          </QueryView>
        ))}
      </div>
    </Page>
  )
}

function GroupView({ kind, group }: { kind: 'customer' | 'contact'; group: Group }) {
  const { t } = useTranslation('customers')
  const kept = group.likes[0]
  const merge = useMutation({
    mutationFn: async (other: number) => {
      const params = { path: { id: kept?.id ?? 0 } }
      return kind === 'customer'
        ? ask(api.POST('/customers/{id}/merges', { params, body: { other } }))
        : ask(api.POST('/contacts/{id}/merges', { params, body: { other } }))
    },
    onError: sayFailed,
    onSuccess: (made) =>
      void done(t('duplicates.merged'), async () => {
        const params = { path: { id: made.kept, merge: made.id } }
        const undo =
          kind === 'customer'
            ? ask(api.POST('/customers/{id}/merges/{merge}/undo', { params }))
            : ask(api.POST('/contacts/{id}/merges/{merge}/undo', { params }))
        await undo.catch(sayFailed)
        await queryClient.invalidateQueries({ queryKey: all(kind) })
      }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: all(kind) }),
  })
  return (
    <ul className="bj-record-list">
      {group.likes.map((one, at) => (
        <li key={one.id}>
          <span className="bj-count">{at === 0 ? t('duplicates.keep') : ''}</span>
          <span>
            <Link to={`/${kind}s/${one.id}` as never}>{one.name}</Link>
            <small>{one.about}</small>
          </span>
          {at > 0 && (
            <Button size="small" pending={merge.isPending} onClick={() => merge.mutate(one.id)}>
              {t('duplicates.merge')}
            </Button>
          )}
        </li>
      ))}
    </ul>
  )
}
