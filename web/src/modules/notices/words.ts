import {
  IconArrowsExchange,
  IconAt,
  IconClockQuestion,
  IconInbox,
  IconLockX,
  IconMailPause,
  IconMailX,
  IconMessageCircle,
  IconMessageReply,
  IconMoodSad,
  IconNote,
  IconPlugConnected,
  IconPlugConnectedX,
  IconRefresh,
  IconUserCheck,
} from '@tabler/icons-react'
import type { TFunction } from 'i18next'
import type { Icon } from '@/ui/Button'
import type { Notice } from './notices'

export type NoticeKind = Notice['kind']

export const iconOf: Record<NoticeKind, Icon> = {
  assigned_to_me: IconUserCheck,
  mentioned: IconAt,
  reopened: IconRefresh,
  customer_answered: IconMessageCircle,
  opened_for_my_team: IconInbox,
  handed_over: IconArrowsExchange,
  low_rating: IconMoodSad,
  closing_reminder: IconClockQuestion,
  closing_held: IconLockX,
  watched_ticket_noted: IconNote,
  watched_ticket_replied: IconMessageReply,
  reply_not_delivered: IconMailX,
  mailbox_failing: IconPlugConnectedX,
  mailbox_well: IconPlugConnected,
  sender_floods: IconMailPause,
}

// What happened, as a sentence. The program has no name of its own.
export function sentenceOf(t: TFunction, notice: Notice): string {
  const who = notice.by_name || t('notices:program')
  const to = notice.assignee_name
  if (notice.kind === 'handed_over' && !to) return t('notices:what.taken_away', { who })
  return t(`notices:what.${notice.kind}`, { who, to })
}

export function minutesOf(clock: string): number | null {
  const parts = /^(\d{1,2}):(\d{2})/.exec(clock)
  return parts ? Number(parts[1]) * 60 + Number(parts[2]) : null
}

export function clockOf(minutes: number): string {
  const two = (n: number) => String(n).padStart(2, '0')
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}

export function shownCount(unread: number): string {
  return unread > 99 ? '99+' : String(unread)
}
