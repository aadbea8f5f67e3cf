import { Link, Outlet } from '@tanstack/react-router'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '@/api/client'
import { useLive } from '@/api/use_live'
import { useMe } from '@/api/use_me'
import { Avatar } from '@/parts/Avatar'
import { BrandName, Sign } from '@/parts/Brand'
import { LanguageSwitch } from '@/parts/LanguageSwitch'
import { isAllowed } from '@/parts/module'
import { portalModules } from '../modules_portal'
import { signOut } from '../sign_out'
import { ThemeSwitch } from '../ThemeSwitch'
import './portal.css'

const modules = portalModules()

export function PortalShell() {
  const { t } = useTranslation(['app', 'menu'])
  const me = useMe()
  const menu = useId()
  const rights = me.rights ?? []
  useLive()
  const entries = modules
    .flatMap((module) =>
      (module.menu ?? [])
        .filter((entry) => isAllowed(entry.right, rights))
        .map((entry) => ({ ...entry, label: t(`menu:${module.name}.${entry.title}`) })),
    )
    .sort((a, b) => a.order - b.order)
  return (
    <div className="bj-portal">
      <a className="bj-skip" href="#main">
        {t('app:skip')}
      </a>
      <header className="bj-portal-top">
        <div className="bj-portal-row">
          <Link to="/" className="bj-portal-brand" aria-label={t('app:home')}>
            <Sign size={30} />
            <BrandName below={t('app:center')} />
          </Link>
          <nav aria-label={t('app:menu')}>
            {entries.map((entry) => (
              <Link
                key={entry.to}
                to={entry.to}
                activeOptions={{ exact: entry.to === '/' }}
                activeProps={{ 'data-here': true }}
              >
                <entry.icon size={20} stroke={1.6} />
                <span>{entry.label}</span>
              </Link>
            ))}
          </nav>
          <LanguageSwitch onChange={(locale) => void api.PATCH('/me', { body: { locale } })} />
          <ThemeSwitch kept />
          <button
            type="button"
            className="bj-portal-user"
            aria-label={me.name}
            popoverTarget={menu}
          >
            <Avatar name={me.name} size={30} square />
            <strong>{me.name}</strong>
          </button>
          <div id={menu} popover="auto" className="bj-user-menu bj-portal-menu">
            <Link
              to={'/profile' as never}
              onClick={() => document.getElementById(menu)?.hidePopover()}
            >
              {t('menu:portal.profile')}
            </Link>
            <Link to="/me" onClick={() => document.getElementById(menu)?.hidePopover()}>
              {t('app:own.title')}
            </Link>
            <button type="button" onClick={() => void signOut()}>
              {t('app:sign_out')}
            </button>
          </div>
        </div>
      </header>
      <main id="main" tabIndex={-1}>
        <Outlet />
      </main>
    </div>
  )
}
