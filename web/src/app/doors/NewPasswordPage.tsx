import { Link, useLocation } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '@/api/client'
import { useSecret } from './come_in'
import { DoorPage } from './DoorPage'
import { Banner, Field, Submit } from './Field'
import { useDoor } from './useDoor'

// An invitation's or a reset's link is exchanged for a password.
export default function NewPasswordPage() {
  const { t } = useTranslation('app')
  const isInvitation = useLocation().pathname.endsWith('/invitation')
  const token = useSecret()
  const [password, setPassword] = useState('')
  const [chosen, setChosen] = useState(false)
  const door = useDoor(async () => {
    await api.POST('/password-resets/redeem', { body: { token, password } })
    setChosen(true)
  })
  const title = isInvitation ? t('invitation.title') : t('new_password.title')
  const isDead = !token || door.problem?.status === 404
  if (chosen) {
    return (
      <DoorPage title={title} text={t('new_password.chosen')}>
        <Link to="/sign-in" className="bj-door-submit">
          {t('new_password.sign_in')}
        </Link>
      </DoorPage>
    )
  }
  if (isDead) return <DeadLink title={title} isInvitation={isInvitation} />
  return (
    <DoorPage title={title} text={isInvitation ? t('invitation.text') : t('new_password.text')}>
      <form onSubmit={door.submit} noValidate>
        <Banner text={door.banner} />
        <Field
          label={t('new_password.password')}
          hint={t('password.hint')}
          value={password}
          onValue={setPassword}
          type="password"
          autoComplete="new-password"
          problem={door.fieldProblem('password')}
          autoFocus
          required
        />
        <Submit title={t('new_password.submit')} pending={door.pending} />
      </form>
    </DoorPage>
  )
}

// An invitation comes from somebody, a reset one asks for oneself.
function DeadLink({ title, isInvitation }: { title: string; isInvitation: boolean }) {
  const { t } = useTranslation('app')
  return (
    <DoorPage title={title} text={isInvitation ? t('invitation.dead') : t('new_password.dead')}>
      {!isInvitation && (
        <Link to="/forgotten" className="bj-door-submit">
          {t('new_password.again')}
        </Link>
      )}
      <Link to="/sign-in" className="bj-door-link">
        {t('forgotten.back')}
      </Link>
    </DoorPage>
  )
}
