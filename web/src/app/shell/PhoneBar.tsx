import { IconMenu2, IconSearch } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useMenu } from './menu'

// On phones: where the thumb reaches.
export function PhoneBar({ onMenu, onSearch }: { onMenu: () => void; onSearch: () => void }) {
  const { t } = useTranslation('app')
  const first = useMenu()
    .filter((line) => line.group !== 'administration')
    .slice(0, 3)
  return (
    <nav className="bj-phone" aria-label={t('menu')}>
      {first.map((line) => (
        <Link key={line.to} to={line.to} activeProps={{ 'data-here': true }}>
          <line.icon size={22} stroke={1.6} />
          {line.label}
        </Link>
      ))}
      <button type="button" onClick={onSearch}>
        <IconSearch size={22} stroke={1.6} aria-hidden="true" />
        {t('find')}
      </button>
      <button type="button" onClick={onMenu}>
        <IconMenu2 size={22} stroke={1.6} aria-hidden="true" />
        {t('more')}
      </button>
    </nav>
  )
}
