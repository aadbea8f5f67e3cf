import { IconPlus, IconX } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask, ifVersion } from '@/api/client'
import { all } from '@/api/keys'
import { queryClient } from '@/api/query_client'
import { useMay } from '@/api/use_me'
import { Avatar } from '@/parts/Avatar'
import { teamsQuery } from '@/parts/catalogue'
import { findPeople } from '@/parts/lookups'
import { Page } from '@/parts/Page'
import { sayFailed } from '@/parts/problems'
import { QueryView } from '@/parts/QueryView'
import { RecordDialog } from '@/parts/RecordDialog'
import { State } from '@/parts/State'
import { Button, IconButton } from '@/ui/Button'
import { Checkbox } from '@/ui/choices'
import { Panel } from '@/ui/Panel'
import { Picker } from '@/ui/Picker'
import './accounts.css'
import { regionsQuery, type Team } from './reference'

const refresh = () => queryClient.invalidateQueries({ queryKey: all('team') })

export default function TeamsPage() {
  const { t } = useTranslation('accounts')
  const mayManage = useMay()('teams.manage')
  const [adding, setAdding] = useState(false)
  const query = useQuery(teamsQuery)
  const regions = useQuery(regionsQuery).data ?? []
  return (
    <Page
      title={t('teams')}
      count={query.data?.length}
      actions={
        mayManage && (
          <Button kind="primary" icon={IconPlus} onClick={() => setAdding(true)}>
            {t('add_team')}
          </Button>
        )
      }
    >
      <QueryView
        query={query}
        isEmpty={(teams) => teams.length === 0}
        empty={<State kind="nothing_yet" title={t('no_teams')} />}
      >
        {(teams) => (
          <div className="bj-account">
            {teams.map((team) => (
              <TeamPanel key={team.id} team={team} mayManage={mayManage} />
            ))}
          </div>
        )}
      </QueryView>
      {adding && (
        <RecordDialog
          title={t('add_team')}
          fields={[
            { key: 'name', label: t('field.team'), required: true },
            {
              key: 'region',
              label: t('field.region'),
              kind: 'pick',
              options: regions.map((region) => ({ value: region.id, label: region.name })),
            },
          ]}
          initial={{}}
          onClose={() => setAdding(false)}
          save={(values) => ask(api.POST('/teams', { body: values as never }))}
          onSaved={() => void refresh()}
        />
      )}
    </Page>
  )
}

function TeamPanel({ team, mayManage }: { team: Team; mayManage: boolean }) {
  const { t } = useTranslation('accounts')
  const [editing, setEditing] = useState(false)
  const members = team.members ?? []
  const params = { path: { id: team.id } }
  const put = useMutation({
    mutationFn: (next: { user: number; lead: boolean }[]) =>
      ask(
        api.PUT('/teams/{id}/members', {
          params,
          headers: ifVersion(team.version),
          body: { members: next },
        }),
      ),
    onError: sayFailed,
    onSettled: refresh,
  })
  const plain = members.map(({ user, lead }) => ({ user, lead: lead ?? false }))
  return (
    <Panel
      title={team.name}
      actions={
        mayManage && (
          <Button size="small" onClick={() => setEditing(true)}>
            {t('edit')}
          </Button>
        )
      }
    >
      <ul className="bj-account-list">
        {members.map((member) => (
          <li key={member.user}>
            <Avatar name={member.name} size={24} />
            <span>{member.name}</span>
            <Checkbox
              label={t('team_lead')}
              checked={member.lead ?? false}
              disabled={!mayManage}
              onChecked={(lead) =>
                put.mutate(plain.map((one) => (one.user === member.user ? { ...one, lead } : one)))
              }
            />
            {mayManage && (
              <IconButton
                size={24}
                icon={IconX}
                label={t('remove_member', { name: member.name })}
                onClick={() => put.mutate(plain.filter((one) => one.user !== member.user))}
              />
            )}
          </li>
        ))}
      </ul>
      {mayManage && (
        <Picker
          label={t('add_member')}
          value={null as number | null}
          options={async (typed) =>
            (await findPeople(typed)).filter((o) => !plain.some((one) => one.user === o.value))
          }
          onValue={(user) => user && put.mutate([...plain, { user, lead: false }])}
        />
      )}
      {editing && <EditTeam team={team} onClose={() => setEditing(false)} />}
    </Panel>
  )
}

function EditTeam({ team, onClose }: { team: Team; onClose: () => void }) {
  const { t } = useTranslation('accounts')
  const regions = useQuery(regionsQuery).data ?? []
  const params = { path: { id: team.id } }
  return (
    <RecordDialog
      title={t('edit')}
      fields={[
        { key: 'name', label: t('field.team'), required: true },
        {
          key: 'region',
          label: t('field.region'),
          kind: 'pick',
          options: regions.map((region) => ({ value: region.id, label: region.name })),
        },
        { key: 'active', label: t('field.active'), kind: 'switch' },
      ]}
      initial={{ name: team.name, region: team.region, active: team.active }}
      changesOnly
      onClose={onClose}
      save={(values) =>
        ask(
          api.PATCH('/teams/{id}', {
            params,
            headers: ifVersion(team.version),
            body: values as never,
          }),
        )
      }
      onSaved={() => void refresh()}
    />
  )
}
