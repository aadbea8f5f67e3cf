import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ChoiceCards } from '@/ui/choices'
import { TextField } from '@/ui/Field'
import type { SectionProps } from './form'
import { type Provider, presetOf, presets, providerOf } from './presets'

// Whose mailbox it is: for the usual providers nothing of the lines has to be known.
export function AddressFields({ form, change, wrong, isNew }: SectionProps & { isNew: boolean }) {
  const { t } = useTranslation('mail')
  const [chosen, setChosen] = useState<Provider | null>(
    isNew ? null : providerOf(form.incoming.host),
  )
  const choose = (provider: Provider) => {
    setChosen(provider)
    const preset = presetOf(provider)
    change({
      incoming: { ...form.incoming, ...preset.incoming, protocol: 'imap' },
      outgoing: { ...form.outgoing, ...preset.outgoing },
    })
  }
  // Nearly everywhere one signs in with the address.
  const rename = (address: string) => {
    const follows = (user: string) => (user === '' || user === form.address ? address : user)
    change({
      address,
      incoming: { ...form.incoming, user: follows(form.incoming.user) },
      outgoing: { ...form.outgoing, user: follows(form.outgoing.user) },
    })
  }
  return (
    <div className="bj-form">
      <div className="bj-form-row">
        <TextField
          label={t('field.address')}
          type="email"
          required
          autoComplete="off"
          value={form.address}
          problem={wrong.address}
          onValue={rename}
        />
        <TextField
          label={t('field.sender_name')}
          required
          hint={t('hint.sender_name')}
          value={form.sender_name}
          problem={wrong.sender_name}
          onValue={(sender_name) => change({ sender_name })}
        />
      </div>
      <ChoiceCards
        label={t('field.provider')}
        value={chosen}
        onValue={choose}
        choices={presets.map(({ provider }) => ({
          value: provider,
          label: t(`provider.${provider}`),
          hint: t(`provider_hint.${provider}`),
        }))}
      />
    </div>
  )
}
