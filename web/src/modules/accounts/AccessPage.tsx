import { useTranslation } from 'react-i18next'
import { useMay } from '@/api/use_me'
import { Page } from '@/parts/Page'
import { useSearchState } from '@/parts/usePlace'
import { Tabs } from '@/ui/Tabs'
import { LimitsPanel } from './LimitsPanel'
import { SessionsTable } from './SessionsTable'
import { TokensTable } from './TokensTable'

type TabKey = 'sessions' | 'tokens'

// Who is signed in where, and which programs may speak for whom; what should not be is ended here.
export default function AccessPage() {
  const { t } = useTranslation('accounts')
  const may = useMay()
  const [search, change] = useSearchState<'tab'>()
  const tabs = [
    ...(may('sessions.manage') ? [{ key: 'sessions' as const, title: t('sessions') }] : []),
    ...(may('tokens.manage') ? [{ key: 'tokens' as const, title: t('tokens.title') }] : []),
  ]
  const tab = tabs.find(({ key }) => key === search.tab)?.key ?? tabs[0]?.key
  return (
    <Page
      title={t('access')}
      bar={
        <Tabs<TabKey>
          label={t('access')}
          tabs={tabs}
          value={tab ?? 'sessions'}
          onValue={(key) => change({ tab: key })}
        />
      }
    >
      {tab === 'sessions' && (
        <>
          <LimitsPanel />
          <SessionsTable />
        </>
      )}
      {tab === 'tokens' && <TokensTable />}
    </Page>
  )
}
