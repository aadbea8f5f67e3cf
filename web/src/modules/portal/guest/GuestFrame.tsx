import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { BrandName, Sign } from '@/parts/Brand'
import { LanguageSwitch } from '@/parts/LanguageSwitch'
import { useOrganisation } from '@/parts/useOrganisation'
import { PortalPage } from '../PortalPage'
import './guest.css'

// A page for people without an account.
export function GuestFrame({ title, children }: { title: string; children: ReactNode }) {
  const { t } = useTranslation('portal')
  const phone = useOrganisation().organisation?.support_phone
  return (
    <div className="bj-guest">
      <header className="bj-guest-head">
        <div>
          <Sign size={30} />
          <BrandName below={t('guest.center')} />
          <LanguageSwitch />
          <Link to="/sign-in">{t('guest.sign_in')}</Link>
        </div>
      </header>
      <main id="main">
        <PortalPage title={title} narrow>
          {children}
        </PortalPage>
      </main>
      {phone && (
        <footer className="bj-guest-foot">
          {t('guest.or_call')} <a href={`tel:${phone}`}>{phone}</a>
        </footer>
      )}
    </div>
  )
}
