import { useTranslation } from 'react-i18next'
import { useServiceTypes, useTeams } from '@/parts/catalogue'
import { nameOf } from '@/parts/names'
import { Radios, SegmentsField, Switch } from '@/ui/choices'
import { TextField } from '@/ui/Field'
import { NumberField } from '@/ui/NumberField'
import { Picker } from '@/ui/Picker'
import type { MailboxForm, SectionProps } from './form'
import { RichField } from './RichField'

const flags = ['answers', 'takes_lists', 'plus_addresses'] as const
const strangers = ['welcome', 'held', 'refused'] as const

// What becomes of the mail that comes in, and what we say by mail.
export function TicketFields({ form, change, wrong }: SectionProps) {
  const { t } = useTranslation('mail')
  const types = useServiceTypes().filter((type) => type.active)
  const teams = useTeams()
  return (
    <div className="bj-form">
      <div className="bj-form-row">
        <Picker
          label={t('field.service_type')}
          hint={t('hint.service_type')}
          value={form.service_type}
          problem={wrong.service_type}
          options={types.map((type) => ({ value: type.id, label: nameOf(type) }))}
          onValue={(service_type) => change({ service_type })}
        />
        <Picker
          label={t('field.team')}
          clearable
          value={form.team ?? null}
          problem={wrong.team}
          options={teams.map((team) => ({ value: team.id, label: team.name }))}
          onValue={(team) => change({ team })}
        />
      </div>
      <SegmentsField
        label={t('field.language')}
        value={form.language}
        choices={['zh-CN', 'en'].map((value) => ({ value, label: t(`language.${value}`) }))}
        onValue={(language) => change({ language })}
      />
      <RichField
        label={t('field.signature')}
        value={form.signature}
        problem={wrong.signature}
        onValue={(signature) => change({ signature })}
      />
      <Radios
        label={t('field.strangers')}
        value={form.strangers}
        choices={strangers.map((value) => ({
          value,
          label: t(`strangers.${value}`),
          hint: t(`strangers_hint.${value}`),
        }))}
        onValue={(value: MailboxForm['strangers']) => change({ strangers: value })}
      />
      <NumberField
        label={t('field.answers_to_strangers')}
        unit={t('an_hour')}
        hint={t('hint.answers_to_strangers')}
        value={form.answers_to_strangers}
        problem={wrong.answers_to_strangers}
        onValue={(count) => change({ answers_to_strangers: count ?? 0 })}
      />
      {flags.map((flag) => (
        <div key={flag}>
          <Switch
            label={t(`field.${flag}`)}
            checked={form[flag] ?? false}
            onChecked={(on) => change({ [flag]: on })}
          />
          <p className="bj-input-hint">{t(`hint.${flag}`)}</p>
        </div>
      ))}
      <TextField
        label={t('field.authserv')}
        hint={t('hint.authserv')}
        autoComplete="off"
        value={form.authserv}
        problem={wrong.authserv}
        onValue={(authserv) => change({ authserv: authserv.trim() })}
      />
    </div>
  )
}
