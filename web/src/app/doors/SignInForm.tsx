import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import { signIn, wantsCode } from './come_in'
import { Banner, Field, Submit } from './Field'
import { useDoor } from './useDoor'

export interface SignInFormProps {
  // Given when the session of this person has run out: it must be the same one.
  login?: string
  onSignedIn: (session: Schemas['SignedIn']) => void | Promise<unknown>
}

export function SignInForm({ login: known, onSignedIn }: SignInFormProps) {
  const { t } = useTranslation('app')
  const [login, setLogin] = useState(known ?? '')
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const [step, setStep] = useState<'password' | 'code'>('password')
  const door = useDoor(async () => {
    try {
      await onSignedIn(await signIn({ login, password, code: step === 'code' ? code : '' }))
    } catch (error) {
      if (!wantsCode(error)) throw error
      setStep('code')
    }
  })
  if (step === 'code') {
    return (
      <form onSubmit={door.submit} noValidate>
        <Banner text={door.banner} />
        <Field
          label={t('sign_in.code')}
          hint={t('sign_in.code_hint')}
          value={code}
          onValue={setCode}
          inputMode="text"
          autoComplete="one-time-code"
          autoFocus
          required
        />
        <Submit title={t('sign_in.submit')} pending={door.pending} />
        <button type="button" className="bj-door-link" onClick={() => setStep('password')}>
          {t('sign_in.other_person')}
        </button>
      </form>
    )
  }
  return (
    <form onSubmit={door.submit} noValidate>
      <Banner text={door.banner} />
      {known === undefined && (
        <Field
          label={t('sign_in.login')}
          value={login}
          onValue={setLogin}
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          problem={door.fieldProblem('login')}
          autoFocus
          required
        />
      )}
      <Field
        label={t('sign_in.password')}
        value={password}
        onValue={setPassword}
        type="password"
        name="password"
        autoComplete="current-password"
        problem={door.fieldProblem('password')}
        autoFocus={known !== undefined}
        required
      />
      <Submit title={t('sign_in.submit')} pending={door.pending} />
    </form>
  )
}
