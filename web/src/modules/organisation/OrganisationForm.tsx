import { IconUpload } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask, ifVersion, type Schemas } from '@/api/client'
import { all } from '@/api/keys'
import { asProblem } from '@/api/problem'
import { queryClient } from '@/api/query_client'
import { Sign } from '@/parts/Brand'
import { useTeams } from '@/parts/catalogue'
import { fieldTexts, reasonText, sayFailed } from '@/parts/problems'
import { type FieldShape, RecordField, type Values } from '@/parts/RecordField'
import { done } from '@/parts/undo'
import type { Organisation } from '@/parts/useOrganisation'
import { useUploads } from '@/parts/useUploads'
import { Button } from '@/ui/Button'
import { Banner } from '@/ui/Panel'
import './organisation.css'

type Patch = Schemas['OrganisationPatch']

function change(organisation: Organisation, body: Patch) {
  return ask(api.PATCH('/organisation', { headers: ifVersion(organisation.version), body }))
}

const refresh = () => queryClient.invalidateQueries({ queryKey: all('organisation') })

export interface OrganisationFormProps {
  organisation: Organisation
  onSaved?: () => void
}

function useFields(): FieldShape[] {
  const { t } = useTranslation('organisation')
  const teams = useTeams()
  const zones = Intl.supportedValuesOf('timeZone')
  return [
    { key: 'name_zh', label: t('field.name_zh'), required: true },
    { key: 'name_en', label: t('field.name_en'), required: true },
    {
      key: 'locale',
      label: t('field.locale'),
      kind: 'segments',
      options: [
        { value: 'zh-CN', label: t('chinese') },
        { value: 'en', label: t('english') },
      ],
    },
    {
      key: 'time_zone',
      label: t('field.time_zone'),
      kind: 'pick',
      required: true,
      options: zones.map((zone) => ({ value: zone, label: zone })),
    },
    { key: 'support_phone', label: t('field.support_phone'), kind: 'tel' },
    { key: 'support_email', label: t('field.support_email'), kind: 'email' },
    { key: 'hours_zh', label: t('field.hours_zh') },
    { key: 'hours_en', label: t('field.hours_en') },
    { key: 'guest_requests', label: t('field.guest_requests'), kind: 'switch' },
    {
      key: 'guest_team',
      label: t('field.guest_team'),
      kind: 'pick',
      options: teams.map((team) => ({ value: team.id, label: team.name })),
      when: (values) => values.guest_requests === true,
    },
    {
      key: 'guest_puzzle',
      label: t('field.guest_puzzle'),
      kind: 'switch',
      when: (values) => values.guest_requests === true,
    },
  ]
}

export function OrganisationForm({ organisation, onSaved }: OrganisationFormProps) {
  const { t } = useTranslation('organisation')
  const fields = useFields()
  const keys = fields.map((field) => field.key)
  const [values, setValues] = useState<Values>(
    Object.fromEntries(keys.map((key) => [key, organisation[key as keyof Organisation]])),
  )
  const save = useMutation({
    mutationFn: () => {
      const changed = Object.entries(values)
        .map(([key, value]) => [key, value === '' ? null : value] as const)
        .filter(([key, value]) => value !== (organisation[key as keyof Organisation] ?? null))
      return change(organisation, Object.fromEntries(changed) as Patch)
    },
    onSuccess: () => {
      done(t('saved'))
      void refresh()
      onSaved?.()
    },
  })
  const wrong = save.error ? fieldTexts(save.error) : {}
  return (
    <form
      className="bj-form bj-organisation"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate()
      }}
    >
      {save.error && Object.keys(wrong).length === 0 && (
        <Banner tone="danger">{reasonText(asProblem(save.error).reason)}</Banner>
      )}
      <Logo organisation={organisation} />
      {fields
        .filter((field) => !field.when || field.when(values))
        .map((field) => (
          <RecordField
            key={field.key}
            field={field}
            value={values[field.key]}
            problem={wrong[field.key]}
            onValue={(value) => setValues((before) => ({ ...before, [field.key]: value }))}
          />
        ))}
      <div>
        <Button type="submit" kind="primary" size="large" pending={save.isPending}>
          {t('save')}
        </Button>
      </div>
    </form>
  )
}

function Logo({ organisation }: { organisation: Organisation }) {
  const { t } = useTranslation('organisation')
  const picker = useRef<HTMLInputElement>(null)
  const put = useMutation({
    mutationFn: (logo: number | null) => change(organisation, { logo }),
    onError: (error) => {
      const text = Object.values(fieldTexts(error))[0]
      if (!text) sayFailed(error)
    },
    onSuccess: () => void done(t('saved')),
    onSettled: refresh,
  })
  const uploads = useUploads((file) => put.mutate(file.id))
  const problem = put.error ? Object.values(fieldTexts(put.error))[0] : undefined
  return (
    <div className="bj-organisation-logo" {...uploads.handlers}>
      <Sign size={64} />
      <input
        ref={picker}
        type="file"
        accept="image/png,image/jpeg,image/webp,image/gif"
        hidden
        onChange={(event) => uploads.add(event.target.files ?? [])}
      />
      <Button icon={IconUpload} onClick={() => picker.current?.click()}>
        {t('logo')}
      </Button>
      {organisation.logo && (
        <Button kind="quiet" onClick={() => put.mutate(null)}>
          {t('logo_remove')}
        </Button>
      )}
      {problem && <span className="bj-input-problem">{problem}</span>}
    </div>
  )
}
