import { useTranslation } from 'react-i18next'
import { Tabs } from '@/ui/Tabs'

export type TicketTab = 'story' | 'side'

export interface PhoneTabsProps {
  tab: TicketTab
  onTab: (tab: TicketTab) => void
}

// Where there is no room for both, the conversation or what is known besides it.
export function PhoneTabs({ tab, onTab }: PhoneTabsProps) {
  const { t } = useTranslation('tickets')
  return (
    <div className="bj-ticket-tabs">
      <Tabs
        label={t('side.title')}
        tabs={[
          { key: 'story', title: t('tab.story') },
          { key: 'side', title: t('tab.side') },
        ]}
        value={tab}
        onValue={onTab}
      />
    </div>
  )
}
