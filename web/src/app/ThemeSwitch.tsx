import { IconMoon, IconSun } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useStore } from '@/api/store'
import { change, isDark, showOnly } from './appearance'

// From light to dark and back. "As the system" is chosen among one's settings.
export function ThemeSwitch({ kept = false }: { kept?: boolean }) {
  const { t } = useTranslation('app')
  const dark = useStore(isDark)
  const Icon = dark ? IconSun : IconMoon
  const other = dark ? 'light' : 'dark'
  return (
    <button
      type="button"
      className="bj-language"
      aria-label={t(`appearance.${other}`)}
      title={t(`appearance.${other}`)}
      onClick={() => (kept ? change : showOnly)({ theme: other })}
    >
      <Icon size={18} stroke={1.6} aria-hidden="true" />
    </button>
  )
}
