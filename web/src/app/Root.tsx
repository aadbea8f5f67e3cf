import { Outlet } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useState } from 'react'
import { sessionEnded } from '@/api/session'
import { useStore } from '@/api/store'
import { handleKey, useShortcut } from '@/parts/shortcuts'
import { undo } from '@/parts/undo'
import './app.css'
import { ConnectionStrip } from './ConnectionStrip'
import { Toasts } from './Toasts'

const SessionDialog = lazy(() => import('./doors/SessionDialog'))
const ShortcutSheet = lazy(() => import('./palette/ShortcutSheet'))

// Around every page of both applications.
export function Root() {
  const ended = useStore(sessionEnded)
  const [showsKeys, setShowsKeys] = useState(false)
  useEffect(() => {
    window.addEventListener('keydown', handleKey)
    return () => window.removeEventListener('keydown', handleKey)
  }, [])
  useShortcut({ keys: '?', scope: 'everywhere', title: 'app:key.sheet' }, () => setShowsKeys(true))
  useShortcut({ keys: 'mod+z', scope: 'everywhere', title: 'app:key.undo' }, () => void undo())
  return (
    <>
      <ConnectionStrip />
      <Outlet />
      <Toasts />
      <Suspense>
        {ended && <SessionDialog />}
        {showsKeys && <ShortcutSheet onClose={() => setShowsKeys(false)} />}
      </Suspense>
    </>
  )
}
