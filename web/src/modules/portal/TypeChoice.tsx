import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import { either, nameOf } from '@/parts/names'
import { Button } from '@/ui/Button'
import { ChoiceCards } from '@/ui/choices'
import { iconOf } from './icons'
import './new/new.css'

export interface TypeChoiceProps {
  types: readonly Schemas['GuestServiceType'][]
  value: number | null
  onValue: (type: number | null) => void
}

// What one needs, as cards; once chosen only that one stands there, and the form has the room.
export function TypeChoice({ types, value, onValue }: TypeChoiceProps) {
  const { t } = useTranslation('portal')
  const chosen = types.find((type) => type.id === value)
  if (chosen) {
    const Icon = iconOf(chosen.icon)
    return (
      <div className="bj-panel bj-chosen">
        <span className="bj-tile" data-tone="accent">
          <Icon size={20} stroke={1.5} />
        </span>
        <span>
          <strong>{nameOf(chosen)}</strong>
          <small>{either(chosen.about_zh, chosen.about_en)}</small>
        </span>
        <Button onClick={() => onValue(null)}>{t('change')}</Button>
      </div>
    )
  }
  return (
    <section className="bj-types">
      <h2>{t('which_type')}</h2>
      <ChoiceCards
        label={t('which_type')}
        value={null}
        choices={types.map((type) => ({
          value: String(type.id),
          label: nameOf(type),
          hint: either(type.about_zh, type.about_en) || undefined,
          icon: iconOf(type.icon),
        }))}
        onValue={(type) => onValue(Number(type))}
      />
    </section>
  )
}
