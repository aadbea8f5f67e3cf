import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import { Facts, PreferenceFrame } from '@/ui/Panel'
import { listed } from './names'

export type Wishes = Schemas['Preferences']

export interface PreferenceCardProps {
  wishes: Wishes | undefined
  title: string
  onEdit?: () => void
}

// How somebody wants to be served: the platinum rule, beside every reply.
export function PreferenceCard({ wishes, title, onEdit }: PreferenceCardProps) {
  const { t } = useTranslation('parts')
  const telling = wishes?.telling && t(`wish.telling.${wishes.telling}`)
  const address = wishes?.form_of_address && t('wish.address', { address: wishes.form_of_address })
  const talk = [telling, address].filter(Boolean).join(t('wish.join'))
  const hours = wishes?.quiet_from && `${wishes.quiet_from}–${wishes.quiet_to} ${t('wish.quiet')}`
  const once = listed(wishes?.not_to_ask_twice ?? [])
  const never = listed(wishes?.please_do_not ?? [])
  const facts = [
    talk && { name: t('wish.talk'), value: talk },
    wishes?.channel && { name: t('wish.channel'), value: t(`wish.by.${wishes.channel}`) },
    hours && { name: t('wish.hours'), value: hours },
    once && { name: t('wish.once'), value: once },
    never && { name: t('wish.never'), value: never },
  ]
  return (
    <PreferenceFrame
      title={title}
      actions={
        onEdit && (
          <button type="button" onClick={onEdit}>
            {t('wish.edit')}
          </button>
        )
      }
    >
      {facts.some(Boolean) ? <Facts facts={facts.map((fact) => fact || null)} /> : t('wish.none')}
    </PreferenceFrame>
  )
}
