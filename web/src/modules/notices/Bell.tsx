import { IconBell, IconSettings } from '@tabler/icons-react'
import { Link, useNavigate, useRouterState } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { linkTo } from '@/parts/links'
import { QueryView } from '@/parts/QueryView'
import { State } from '@/parts/State'
import { useShortcut } from '@/parts/shortcuts'
import { IconButton } from '@/ui/Button'
import { Popover } from '@/ui/Popover'
import { NoticeList } from './NoticeList'
import './notices.css'
import { type Notice, useNewest, useNoticeCount, useReadNotices } from './notices'
import { ReadAll } from './ReadAll'
import { shownCount } from './words'

const atAGlance = 20

// Whoever has the ticket before his eyes needs no notice of it.
function useReadWhatIsOpen() {
  const place = useRouterState({ select: (state) => state.location.pathname })
  const unread = useNoticeCount().data?.unread ?? 0
  const { data } = useNewest({ unread: true, limit: 50 }, unread > 0)
  const { mutate } = useReadNotices()
  useEffect(() => {
    const seen = () => {
      if (document.visibilityState !== 'visible') return
      const open = (data ?? []).filter((one) => !one.read_at && linkTo(one.subject) === place)
      if (open.length > 0) mutate({ notices: open.map((one) => one.id) })
    }
    seen()
    document.addEventListener('visibilitychange', seen)
    return () => document.removeEventListener('visibilitychange', seen)
  }, [data, place, mutate])
}

// How many things one does not know yet, and what they are.
export default function Bell() {
  const { t } = useTranslation('notices')
  const navigate = useNavigate()
  const [opened, setOpened] = useState(false)
  const unread = useNoticeCount().data?.unread ?? 0
  useReadWhatIsOpen()
  useShortcut({ keys: 'n', scope: 'everywhere', title: 'notices:title' }, () => setOpened(true))
  useShortcut({ keys: 'g n', scope: 'go', title: 'notices:title' }, () => {
    void navigate({ to: '/notices' })
  })
  return (
    <Popover
      opened={opened}
      onOpened={setOpened}
      width={400}
      target={
        <IconButton
          label={unread > 0 ? t('title_unread', { count: unread }) : t('title')}
          icon={IconBell}
          keys="n"
          className="bj-bell"
          onClick={() => setOpened(!opened)}
        >
          {unread > 0 && <span className="bj-bell-count">{shownCount(unread)}</span>}
        </IconButton>
      }
    >
      <Glance onClose={() => setOpened(false)} />
    </Popover>
  )
}

function Glance({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('notices')
  const query = useNewest({ limit: atAGlance }, true)
  return (
    <div className="bj-glance">
      <div className="bj-glance-head">
        <strong>{t('title')}</strong>
        <ReadAll />
        <Link to="/me/notices" className="bj-glance-link" onClick={onClose}>
          <IconSettings size={15} stroke={1.6} aria-hidden="true" />
          {t('settings.short')}
        </Link>
      </div>
      <QueryView
        query={query}
        isEmpty={(found) => found.length === 0}
        empty={<State kind="done" title={t('none')} />}
      >
        {(found) => <GlanceList notices={found} onClose={onClose} />}
      </QueryView>
      <Link to="/notices" className="bj-glance-all" onClick={onClose}>
        {t('all')}
      </Link>
    </div>
  )
}

function GlanceList({ notices, onClose }: { notices: readonly Notice[]; onClose: () => void }) {
  const { t } = useTranslation('notices')
  const read = useReadNotices()
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.querySelector('a')?.focus(), [])
  return (
    <div ref={box}>
      <NoticeList
        label={t('title')}
        notices={notices}
        onRead={({ id }) => read.mutate({ notices: [id] })}
        onOpen={({ id, read_at }) => {
          if (!read_at) read.mutate({ notices: [id] })
          onClose()
        }}
      />
    </div>
  )
}
