import { IconKeyboard, IconLogout, IconMoon, IconSettings, IconSun } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from '@/api/store'
import { useMe } from '@/api/use_me'
import { Avatar } from '@/parts/Avatar'
import { shortcuts } from '@/parts/shortcuts'
import { change, isDark } from '../appearance'
import { signOut } from '../sign_out'

function openKeySheet() {
  const sheet = shortcuts.get().find((known) => known.keys === '?')
  sheet?.run(new KeyboardEvent('keydown', { key: '?' }))
}

export function UserCorner() {
  const { t } = useTranslation('app')
  const me = useMe()
  const dark = useStore(isDark)
  const menu = useId()
  return (
    <div className="bj-user">
      <button type="button" className="bj-user-button" popoverTarget={menu}>
        <Avatar name={me.name} size={28} />
        <span>
          <strong>{me.name}</strong>
          <span>{me.login}</span>
        </span>
        <IconSettings size={18} stroke={1.6} aria-hidden="true" />
      </button>
      <div id={menu} popover="auto" className="bj-user-menu">
        <Link to="/me" onClick={() => document.getElementById(menu)?.hidePopover()}>
          <IconSettings size={16} stroke={1.6} aria-hidden="true" />
          {t('own.title')}
        </Link>
        <button type="button" onClick={() => change({ theme: dark ? 'light' : 'dark' })}>
          {dark ? (
            <IconSun size={16} stroke={1.6} aria-hidden="true" />
          ) : (
            <IconMoon size={16} stroke={1.6} aria-hidden="true" />
          )}
          {dark ? t('appearance.light') : t('appearance.dark')}
        </button>
        <button
          type="button"
          popoverTarget={menu}
          popoverTargetAction="hide"
          onClick={() => openKeySheet()}
        >
          <IconKeyboard size={16} stroke={1.6} aria-hidden="true" />
          {t('key.title')}
        </button>
        <button type="button" onClick={() => void signOut()}>
          <IconLogout size={16} stroke={1.6} aria-hidden="true" />
          {t('sign_out')}
        </button>
      </div>
    </div>
  )
}
