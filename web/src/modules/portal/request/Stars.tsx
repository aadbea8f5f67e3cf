import { IconStar, IconStarFilled } from '@tabler/icons-react'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import './request.css'

const all = [1, 2, 3, 4, 5] as const

export interface StarsProps {
  value: number
  onValue: (value: number) => void
}

// Five stars are one choice; the arrow keys go through them, and each has its word.
export function Stars({ value, onValue }: StarsProps) {
  const { t } = useTranslation('portal')
  const name = useId()
  return (
    <fieldset className="bj-stars">
      <legend className="bj-hidden">{t('rate')}</legend>
      {all.map((star) => (
        <label key={star} title={t(`stars.${star}`)}>
          <input
            type="radio"
            className="bj-hidden"
            name={name}
            aria-label={t(`stars.${star}`)}
            checked={value === star}
            onChange={() => onValue(star)}
          />
          {star <= value ? <IconStarFilled size={30} /> : <IconStar size={30} stroke={1.3} />}
        </label>
      ))}
      <span className="bj-count" aria-hidden="true">
        {value > 0 ? t(`stars.${value}`) : t('rate')}
      </span>
    </fieldset>
  )
}

export function StarsGiven({ value }: { value: number }) {
  const { t } = useTranslation('portal')
  return (
    <p className="bj-stars">
      {all.map((star) =>
        star <= value ? (
          <IconStarFilled key={star} size={22} aria-hidden="true" />
        ) : (
          <IconStar key={star} size={22} stroke={1.3} aria-hidden="true" />
        ),
      )}
      <span className="bj-count">{t(`stars.${value}`)}</span>
    </p>
  )
}
