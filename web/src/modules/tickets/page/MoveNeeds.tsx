import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import { useTeams } from '@/parts/catalogue'
import { findPeople } from '@/parts/lookups'
import { SegmentsField } from '@/ui/choices'
import { TextAreaField, TextField } from '@/ui/Field'
import { Picker } from '@/ui/Picker'

type MoveFields = Schemas['MoveFields']

export interface MoveNeedsProps {
  needs: ReadonlySet<string>
  fields: MoveFields
  onFields: (fields: MoveFields) => void
  wrong: Record<string, string>
}

const texts = ['diagnosis', 'original_configuration', 'backup', 'solution', 'test_result'] as const

// A field for each thing that a transition needs.
export function MoveNeeds({ needs, fields, onFields, wrong }: MoveNeedsProps) {
  const { t } = useTranslation('tickets')
  const teams = useTeams()
  const put = (patch: MoveFields) => onFields({ ...fields, ...patch })
  return (
    <>
      {texts
        .filter((name) => needs.has(name))
        .map((name) => (
          <TextAreaField
            key={name}
            required
            label={t(`need.${name}`)}
            hint={t(`need_hint.${name}`)}
            value={fields[name] ?? ''}
            onValue={(text) => put({ [name]: text })}
            problem={wrong[`fields.${name}`] ?? wrong[name]}
          />
        ))}
      {needs.has('test_result') && (
        <SegmentsField
          label={t('need.test_passed')}
          value={(fields.test_passed ?? true) ? 'yes' : 'no'}
          choices={[
            { value: 'yes', label: t('need.passed') },
            { value: 'no', label: t('need.failed') },
          ]}
          onValue={(value) => put({ test_passed: value === 'yes' })}
        />
      )}
      {needs.has('assignee') && (
        <Picker
          required
          label={t('fields.assignee')}
          value={fields.assignee ?? null}
          options={findPeople}
          onValue={(assignee) => put({ assignee })}
          problem={wrong['fields.assignee'] ?? wrong.assignee}
        />
      )}
      {needs.has('team') && (
        <Picker
          required
          label={t('fields.team')}
          value={fields.team ?? null}
          options={teams.map((team) => ({ value: team.id, label: team.name }))}
          onValue={(team) => put({ team })}
          problem={wrong['fields.team'] ?? wrong.team}
        />
      )}
      {needs.has('appointment') && (
        <AppointmentFields
          fields={fields}
          put={put}
          wrong={wrong['fields.appointment'] ?? wrong.appointment}
        />
      )}
      {needs.has('rating') && (
        <SegmentsField
          label={t('need.rating')}
          value={fields.rating ? String(fields.rating) : null}
          choices={['1', '2', '3', '4', '5'].map((n) => ({
            value: n,
            label: '★'.repeat(Number(n)),
          }))}
          onValue={(n) => put({ rating: Number(n) })}
        />
      )}
    </>
  )
}

interface AppointmentFieldsProps {
  fields: MoveFields
  put: (patch: MoveFields) => void
  wrong?: string
}

function AppointmentFields({ fields, put, wrong }: AppointmentFieldsProps) {
  const { t } = useTranslation('tickets')
  const agreed = fields.appointment ?? null
  const starts = agreed?.starts_at ?? ''
  const local = starts ? toLocal(starts) : ''
  const change = (patch: Partial<NonNullable<MoveFields['appointment']>>) =>
    put({ appointment: { starts_at: starts, ...agreed, ...patch } })
  return (
    <div className="bj-form-row">
      <TextField
        required
        type="datetime-local"
        label={t('need.starts_at')}
        value={local}
        problem={wrong}
        onValue={(value) => {
          if (value) change({ starts_at: new Date(value).toISOString() })
        }}
      />
      <TextField
        label={t('need.place')}
        value={agreed?.place ?? ''}
        onValue={(place) => change({ place })}
      />
      <TextAreaField
        label={t('need.agreed')}
        value={agreed?.body ?? ''}
        onValue={(body) => change({ body })}
      />
    </div>
  )
}

function toLocal(time: string): string {
  const at = new Date(time)
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}
