import { useTranslation } from 'react-i18next'
import { Tag } from '@/ui/Chip'
import type { WaitsFor } from './usePortalHome'

// What one should know of a request before opening it; at most one thing.
export function RequestTag({ waits, unread }: { waits?: WaitsFor; unread?: boolean }) {
  const { t } = useTranslation('portal')
  if (waits) return <Tag tone="brand">{t(`tag.${waits}`)}</Tag>
  return unread ? <Tag tone="accent">{t('new_answer')}</Tag> : null
}
