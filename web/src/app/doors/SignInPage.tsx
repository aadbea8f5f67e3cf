import { Link, useRouter, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import { useOrganisation } from '@/parts/useOrganisation'
import { parseSearch } from '../search'
import { cameIn } from './come_in'
import { DoorPage } from './DoorPage'
import { SignInForm } from './SignInForm'

// Only a place inside this application is ever gone to, whatever the address says.
export function placeOf(then: string | undefined): { to: string; search: Record<string, string> } {
  const inside = 'https://inside.invalid'
  try {
    const url = new URL(then ?? '/', inside)
    if (url.origin === inside) return { to: url.pathname, search: parseSearch(url.search) }
  } catch {
    // What is no address leads home.
  }
  return { to: '/', search: {} }
}

export default function SignInPage() {
  const { t } = useTranslation('app')
  const router = useRouter()
  const { then } = useSearch({ strict: false }) as { then?: string }
  const goOn = async (session: Schemas['SignedIn']) => {
    cameIn(session)
    await router.navigate({ ...placeOf(then), replace: true } as never)
  }
  return (
    <DoorPage title={t('sign_in.title')} text={t('sign_in.text')}>
      <SignInForm onSignedIn={goOn} />
      <Link to="/forgotten" className="bj-door-link">
        {t('sign_in.forgotten')}
      </Link>
      <CustomerWays />
    </DoorPage>
  )
}

// Customers may come in by a link in a mail; whoever has no account may ask all the same, where the
// organisation says so.
function CustomerWays() {
  const { t } = useTranslation('app')
  const { organisation } = useOrganisation()
  const isPortal = useRouter().options.basepath?.endsWith('/portal')
  if (!isPortal) return null
  return (
    <>
      <Link to={'/mailed-link' as never} className="bj-door-link">
        {t('mailed_link.title')}
      </Link>
      {organisation?.guest_requests && (
        <p className="bj-door-guest">
          {t('sign_in.no_account')} <Link to={'/ask' as never}>{t('sign_in.ask')}</Link>
        </p>
      )}
    </>
  )
}
