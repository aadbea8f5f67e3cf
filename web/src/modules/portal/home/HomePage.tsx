import { useTranslation } from 'react-i18next'
import { QueryView } from '@/parts/QueryView'
import { Skeleton } from '@/ui/progress'
import { usePageTitle } from '../PortalPage'
import { usePortalHome, waitsOf } from '../usePortalHome'
import { WishesCard } from '../WishesCard'
import { Hero } from './Hero'
import '../rows.css'
import '../steps.css'
import './home.css'
import { OpenRequests } from './OpenRequests'
import { MyProducts, Support } from './SideCards'
import { WaitingList } from './WaitingList'

export default function HomePage() {
  const { t } = useTranslation('portal')
  const query = usePortalHome()
  usePageTitle(t('title'))
  return (
    <>
      <Hero home={query.data} />
      <div className="bj-home">
        <QueryView query={query} skeleton={<HomeSkeleton />}>
          {(home) => (
            <div className="bj-columns">
              <div className="bj-column">
                <WaitingList waiting={home.waiting ?? []} />
                <OpenRequests home={home} waits={waitsOf(home)} />
              </div>
              <aside className="bj-column" data-side>
                <WishesCard />
                <Support home={home} />
                <MyProducts assets={home.assets ?? []} />
              </aside>
            </div>
          )}
        </QueryView>
      </div>
    </>
  )
}

function HomeSkeleton() {
  return (
    <div className="bj-columns">
      <div className="bj-column">
        <div className="bj-panel">
          <Skeleton lines={4} />
        </div>
        <div className="bj-panel">
          <Skeleton lines={6} />
        </div>
      </div>
      <div className="bj-column" data-side>
        <div className="bj-panel">
          <Skeleton lines={5} />
        </div>
      </div>
    </div>
  )
}
