import { Outlet, useNavigate, useRouterState } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLive } from '@/api/use_live'
import { register, useShortcut } from '@/parts/shortcuts'
import { Sheet } from '../Sheet'
import { useMenu } from './menu'
import { PhoneBar } from './PhoneBar'
import { SideBar } from './SideBar'
import './shell.css'

const Palette = lazy(() => import('../palette/Palette'))

// "G t": the letters of the menu.
function useGoKeys() {
  const menu = useMenu()
  const navigate = useNavigate()
  useEffect(() => {
    const added = menu.flatMap((line) => {
      if (!line.key) return []
      const title = `menu:${line.module}.${line.title}`
      const run = () => void navigate({ to: line.to })
      return [{ keys: `g ${line.key}`, scope: 'go', title, run }]
    })
    return register(added)
  }, [menu, navigate])
}

export function AgentShell() {
  const { t } = useTranslation('app')
  const [showsPalette, setShowsPalette] = useState(false)
  const [showsMenu, setShowsMenu] = useState(false)
  const place = useRouterState({ select: (state) => state.location.href })
  useLive()
  useGoKeys()
  useShortcut(
    { keys: 'mod+k', scope: 'everywhere', title: 'app:key.palette', whileTyping: true },
    () => setShowsPalette(true),
  )
  useShortcut({ keys: '/', scope: 'everywhere', title: 'app:key.search' }, () =>
    setShowsPalette(true),
  )
  // biome-ignore lint/correctness/useExhaustiveDependencies: going somewhere closes the menu.
  useEffect(() => setShowsMenu(false), [place])
  return (
    <div className="bj-shell">
      <a className="bj-skip" href="#main">
        {t('skip')}
      </a>
      <SideBar onSearch={() => setShowsPalette(true)} />
      <main id="main" className="bj-main" tabIndex={-1}>
        <Outlet />
      </main>
      <PhoneBar onMenu={() => setShowsMenu(true)} onSearch={() => setShowsPalette(true)} />
      {showsMenu && (
        <Sheet side title={t('menu')} onClose={() => setShowsMenu(false)}>
          <SideBar
            inSheet
            onSearch={() => {
              setShowsMenu(false)
              setShowsPalette(true)
            }}
          />
        </Sheet>
      )}
      <Suspense>{showsPalette && <Palette onClose={() => setShowsPalette(false)} />}</Suspense>
    </div>
  )
}
