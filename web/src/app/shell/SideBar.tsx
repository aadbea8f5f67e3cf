import { IconSearch } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { BrandName, Sign } from '@/parts/Brand'
import { Kbd } from '@/ui/Kbd'
import { type MenuLine, useMenu } from './menu'
import { UserCorner } from './UserCorner'
import { ViewList } from './ViewList'

const Bell = lazy(() => import('@/modules/notices/Bell'))

// In the sheet of a phone there is no bell: it has its place below.
export function SideBar({ onSearch, inSheet }: { onSearch: () => void; inSheet?: boolean }) {
  const { t } = useTranslation('app')
  const menu = useMenu()
  const work = menu.filter((line) => line.group !== 'administration')
  const administration = menu.filter((line) => line.group === 'administration')
  return (
    <nav className="bj-side" aria-label={t('menu')}>
      <div className="bj-side-top">
        <Link to="/" className="bj-side-brand">
          <Sign size={28} />
          <BrandName below={t('center')} />
        </Link>
        {!inSheet && (
          <Suspense>
            <Bell />
          </Suspense>
        )}
      </div>
      <button type="button" className="bj-side-search" onClick={onSearch}>
        <IconSearch size={16} stroke={1.7} aria-hidden="true" />
        <span>{t('search')}</span>
        <Kbd keys="mod+k" />
      </button>
      <div className="bj-side-scroll">
        <MenuLines lines={work} />
        <ViewList />
        {administration.length > 0 && (
          <>
            <h2 className="bj-side-head">{t('administration')}</h2>
            <MenuLines lines={administration} />
          </>
        )}
      </div>
      <UserCorner />
    </nav>
  )
}

function MenuLines({ lines }: { lines: MenuLine[] }) {
  return (
    <ul className="bj-side-list">
      {lines.map((line) => (
        <li key={line.to}>
          <Link to={line.to} className="bj-side-line" activeProps={{ 'data-here': true }}>
            <line.icon size={18} stroke={1.6} />
            <span>{line.label}</span>
          </Link>
        </li>
      ))}
    </ul>
  )
}
