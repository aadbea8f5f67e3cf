import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '@/api/client'
import { DoorPage } from './DoorPage'
import { Banner, Field, Submit } from './Field'
import { useDoor } from './useDoor'

export default function ForgottenPage() {
  return <AskForLink what="forgotten" />
}

// A link by mail: to choose a new password by, or, as a customer's person, to come in by.
export function AskForLink({ what }: { what: 'forgotten' | 'mailed_link' }) {
  const { t } = useTranslation('app')
  const [login, setLogin] = useState('')
  const [asked, setAsked] = useState(false)
  const door = useDoor(async () => {
    const body = { login: login.trim() }
    if (what === 'forgotten') await api.POST('/password-resets', { body })
    else await api.POST('/sign-in-links', { body })
    setAsked(true)
  })
  return (
    <DoorPage title={t(`${what}.title`)} text={asked ? t(`${what}.asked`) : t(`${what}.text`)}>
      {!asked && (
        <form onSubmit={door.submit} noValidate>
          <Banner text={door.banner} />
          <Field
            label={t('sign_in.login')}
            value={login}
            onValue={setLogin}
            autoComplete="username"
            autoCapitalize="none"
            problem={door.fieldProblem('login')}
            autoFocus
            required
          />
          <Submit title={t('forgotten.submit')} pending={door.pending} />
        </form>
      )}
      <Link to="/sign-in" className="bj-door-link">
        {t('forgotten.back')}
      </Link>
    </DoorPage>
  )
}
