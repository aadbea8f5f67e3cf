import { IconChecks } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Button } from '@/ui/Button'
import { useNoticeCount, useReadNotices } from './notices'

// Everything one could have seen: what comes in just now stays unread.
export function ReadAll() {
  const { t } = useTranslation('notices')
  const count = useNoticeCount().data
  const read = useReadNotices()
  return (
    <Button
      kind="quiet"
      size="small"
      icon={IconChecks}
      pending={read.isPending}
      disabled={!count?.unread}
      onClick={() => read.mutate({ notices: [], up_to: count?.newest })}
    >
      {t('mark_all_read')}
    </Button>
  )
}
