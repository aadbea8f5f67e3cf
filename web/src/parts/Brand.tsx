import { useTranslation } from 'react-i18next'
import { Mark } from './Mark'
import { useOrganisation } from './useOrganisation'
import './brand.css'

// The organisation's own sign, or the house's while it has none.
export function Sign({ size }: { size: number }) {
  const { logo } = useOrganisation()
  if (!logo) return <Mark size={size} />
  return <img className="bj-sign" src={logo} alt="" width={size} height={size} />
}

export function BrandName({ below }: { below: string }) {
  const { t } = useTranslation('app')
  const { name } = useOrganisation()
  return (
    <span>
      <strong>{name || t('product')}</strong>
      <span>{below}</span>
    </span>
  )
}
