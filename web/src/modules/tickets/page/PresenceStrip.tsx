import { useTranslation } from 'react-i18next'
import type { Present } from '@/api/live'
import { Avatar } from '@/parts/Avatar'
import { Banner } from '@/ui/Panel'

// Somebody else is writing here just now.
export function PresenceStrip({ others }: { others: readonly Present[] }) {
  const { t } = useTranslation('tickets')
  const writing = others.filter((one) => one.writing)
  if (writing.length === 0) return null
  return (
    <Banner>
      {writing.map((one) => (
        <span key={one.user} className="bj-ticket-line">
          <Avatar name={one.name} size={18} />
          {t(one.writing === 'note' ? 'writing.note' : 'writing.reply', { name: one.name })}
        </span>
      ))}
      <span>{t('writing.hint')}</span>
    </Banner>
  )
}
