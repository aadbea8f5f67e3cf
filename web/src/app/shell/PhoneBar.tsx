import { IconMenu2, IconSearch } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { useMenu } from './menu'

const BellLink = lazy(() => import('@/modules/notices/BellLink'))

// On phones: where the thumb reaches.
export function PhoneBar({ onMenu, onSearch }: { onMenu: () => void; onSearch: () => void }) {
  const { t } = useTranslation('app')
  const first = useMenu()
    .filter((line) => line.group !== 'administration')
    .slice(0, 2)
  return (
    <nav className="bj-phone" aria-label={t('menu')}>
      {first.map((line) => (
        <Link key={line.to} to={line.to} activeProps={{ 'data-here': true }}>
          <line.icon size={22} stroke={1.6} />
          {line.label}
        </Link>
      ))}
      <Suspense fallback={<span />}>
        <BellLink />
      </Suspense>
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
