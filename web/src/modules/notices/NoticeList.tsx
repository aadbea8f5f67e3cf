import { IconCheck } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { linkTo } from '@/parts/links'
import { Time } from '@/parts/Time'
import { IconButton } from '@/ui/Button'
import { PriorityGlyph } from '@/ui/Glyph'
import './notices.css'
import type { Notice } from './notices'
import { iconOf, sentenceOf } from './words'

export interface NoticeListProps {
  label: string
  notices: readonly Notice[]
  // The way to what it is about was taken.
  onOpen: (notice: Notice) => void
  onRead: (notice: Notice) => void
}

// J, K and the arrows go through the lines, Enter opens one, E marks it as read.
export function NoticeList({ label, notices, onOpen, onRead }: NoticeListProps) {
  const hear = (event: KeyboardEvent<HTMLUListElement>) => {
    if (event.metaKey || event.ctrlKey || event.altKey) return
    const lines = [...event.currentTarget.querySelectorAll<HTMLElement>('.bj-notice-link')]
    const at = lines.findIndex((line) => line.parentElement?.contains(document.activeElement))
    const notice = notices[at]
    if (event.key === 'j' || event.key === 'ArrowDown') lines[at + 1]?.focus()
    else if (event.key === 'k' || event.key === 'ArrowUp') lines[at - 1]?.focus()
    else if (event.key === 'e' && notice) onRead(notice)
    else return
    event.preventDefault()
  }
  return (
    <ul className="bj-notices" aria-label={label} onKeyDown={hear}>
      {notices.map((notice) => (
        <NoticeLine key={notice.id} notice={notice} onOpen={onOpen} onRead={onRead} />
      ))}
    </ul>
  )
}

type LineProps = Pick<NoticeListProps, 'onOpen' | 'onRead'> & { notice: Notice }

function NoticeLine({ notice, onOpen, onRead }: LineProps) {
  const { t } = useTranslation(['notices', 'words'])
  const isUnread = !notice.read_at
  const to = linkTo(notice.subject) ?? '/notices'
  const Picture = iconOf[notice.kind]
  return (
    <li className="bj-notice" data-unread={isUnread || undefined}>
      <Link to={to as never} className="bj-notice-link" onClick={() => onOpen(notice)}>
        <span className="bj-notice-icon" data-kind={notice.kind} aria-hidden="true">
          <Picture size={17} stroke={1.6} />
        </span>
        <span className="bj-notice-text">
          <span className="bj-notice-what">
            {isUnread && <span className="bj-hidden">{t('notices:unread')}</span>}
            {sentenceOf(t, notice)}
            {notice.times > 1 && (
              <span className="bj-notice-times">{t('notices:times', { count: notice.times })}</span>
            )}
          </span>
          <span className="bj-notice-title">
            {notice.priority && (
              <PriorityGlyph
                priority={notice.priority}
                label={t(`words:priority.${notice.priority}`)}
              />
            )}
            {notice.title}
          </span>
          <span className="bj-notice-more">
            <Time at={notice.at} />
            {notice.number && <span className="bj-notice-number">{notice.number}</span>}
            {notice.customer_name && <span>{notice.customer_name}</span>}
          </span>
        </span>
      </Link>
      {isUnread && (
        <IconButton
          label={t('notices:mark_read')}
          icon={IconCheck}
          keys="e"
          onClick={() => onRead(notice)}
        />
      )}
    </li>
  )
}
