import { type ReactNode, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { BrandName, Sign } from '@/parts/Brand'
import { useOrganisation } from '@/parts/useOrganisation'
import '../portal.css'

// A page for people without an account.
export function GuestFrame({ title, children }: { title: string; children: ReactNode }) {
  const { t } = useTranslation('portal')
  const { name } = useOrganisation()
  useEffect(() => {
    document.title = [title, name].filter(Boolean).join(' · ')
  }, [title, name])
  return (
    <div className="bj-guest">
      <header className="bj-guest-head">
        <Sign size={32} />
        <BrandName below={t('guest.center')} />
      </header>
      <main className="bj-guest-main">
        <h1>{title}</h1>
        {children}
      </main>
    </div>
  )
}
