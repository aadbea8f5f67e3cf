import { IconBell } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import './notices.css'
import { useNoticeCount } from './notices'
import { shownCount } from './words'

// On phones: a place of its own below, and the page instead of a box above it.
export default function BellLink() {
  const { t } = useTranslation('notices')
  const unread = useNoticeCount().data?.unread ?? 0
  return (
    <Link to="/notices" className="bj-bell" activeProps={{ 'data-here': true }}>
      <IconBell size={22} stroke={1.6} aria-hidden="true" />
      {t('short')}
      {unread > 0 && (
        <span className="bj-bell-count">
          <span className="bj-hidden">{t('unread')}</span>
          {shownCount(unread)}
        </span>
      )}
    </Link>
  )
}
