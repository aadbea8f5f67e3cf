import { IconSettings } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api, ask } from '@/api/client'
import { Page } from '@/parts/Page'
import { QueryFailed } from '@/parts/QueryView'
import { State } from '@/parts/State'
import { useList } from '@/parts/useList'
import { useSearchState } from '@/parts/usePlace'
import { Button } from '@/ui/Button'
import { Segments } from '@/ui/choices'
import { ProgressLine, Skeleton } from '@/ui/progress'
import { NoticeList } from './NoticeList'
import { type Notice, useNoticeCount, useReadNotices } from './notices'
import { ReadAll } from './ReadAll'

// All there was, newest first.
export default function NoticesPage() {
  const { t } = useTranslation('notices')
  const [search, change] = useSearchState<'show'>()
  const shown = search.show === 'unread' ? 'unread' : 'all'
  const count = useNoticeCount().data
  return (
    <Page
      title={t('title')}
      count={count?.unread || null}
      narrow
      actions={
        <>
          <ReadAll />
          <Link to="/me/notices" className="bj-button" data-kind="plain">
            <IconSettings size={16} stroke={1.7} aria-hidden="true" />
            <span className="bj-button-text">{t('settings.short')}</span>
          </Link>
        </>
      }
      bar={
        <Segments
          label={t('show')}
          value={shown}
          choices={[
            { value: 'all', label: t('all') },
            { value: 'unread', label: t('only_unread') },
          ]}
          onValue={(value) => change({ show: value === 'unread' ? value : undefined })}
        />
      }
    >
      <Notices unread={shown === 'unread'} />
    </Page>
  )
}

function Notices({ unread }: { unread: boolean }) {
  const { t } = useTranslation('notices')
  const read = useReadNotices()
  const params = { unread: unread || undefined, limit: 50 }
  const { query, rows, onMore } = useList<Notice>('notice', params, (cursor, signal) =>
    ask(api.GET('/my/notices', { params: { query: { ...params, cursor } }, signal })),
  )
  if (query.isLoading) return <Skeleton lines={8} />
  if (query.isError && rows.length === 0) {
    return <QueryFailed error={query.error} retry={() => void query.refetch()} />
  }
  if (rows.length === 0) {
    return <State kind="done" title={unread ? t('none_unread') : t('none')} text={t('none_text')} />
  }
  return (
    <div>
      <ProgressLine on={query.isFetching} />
      <NoticeList
        label={t('title')}
        notices={rows}
        onRead={({ id }) => read.mutate({ notices: [id] })}
        onOpen={({ id, read_at }) => {
          if (!read_at) read.mutate({ notices: [id] })
        }}
      />
      {onMore && (
        <div className="bj-notices-more">
          <Button pending={query.isFetchingNextPage} onClick={onMore}>
            {t('more')}
          </Button>
        </div>
      )}
    </div>
  )
}
