import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask, type Schemas } from '@/api/client'
import * as keys from '@/api/keys'
import { keepCsrfToken } from '@/api/session'
import { useMe } from '@/api/use_me'
import { Qr } from '@/ui/Qr'
import { Banner, Field, Submit } from '../doors/Field'
import { useDoor } from '../doors/useDoor'

type Secret = Schemas['SecondFactor']

export function FactorSection() {
  const { t } = useTranslation('app')
  const me = useMe()
  const [secret, setSecret] = useState<Secret | null>(null)
  const [codes, setCodes] = useState<string[]>([])
  return (
    <section className="bj-own-section">
      <h2>{t('own.factor.title')}</h2>
      {codes.length > 0 ? (
        <RecoveryCodes codes={codes} onKept={() => setCodes([])} />
      ) : secret ? (
        <Confirm
          secret={secret}
          onOn={(shown) => {
            setSecret(null)
            setCodes(shown)
          }}
        />
      ) : (
        <>
          <p>{me.two_factor ? t('own.factor.on') : t('own.factor.off')}</p>
          <Switch isOn={me.two_factor ?? false} onSecret={setSecret} />
        </>
      )}
    </section>
  )
}

function Switch({ isOn, onSecret }: { isOn: boolean; onSecret: (secret: Secret) => void }) {
  const { t } = useTranslation('app')
  const queries = useQueryClient()
  const [password, setPassword] = useState('')
  const door = useDoor(async () => {
    if (isOn) {
      keepCsrfToken((await ask(api.DELETE('/me/totp', { body: { password } }))).csrf_token)
      await queries.invalidateQueries({ queryKey: keys.me })
    } else {
      onSecret(await ask(api.POST('/me/totp', { body: { password } })))
    }
    setPassword('')
  })
  return (
    <form onSubmit={door.submit} noValidate>
      <Banner text={door.banner} />
      <Field
        label={t('own.factor.password')}
        value={password}
        onValue={setPassword}
        type="password"
        autoComplete="current-password"
        required
      />
      <Submit title={isOn ? t('own.factor.end') : t('own.factor.begin')} pending={door.pending} />
    </form>
  )
}

function Confirm({ secret, onOn }: { secret: Secret; onOn: (codes: string[]) => void }) {
  const { t } = useTranslation('app')
  const queries = useQueryClient()
  const [code, setCode] = useState('')
  const door = useDoor(async () => {
    const on = await ask(api.POST('/me/totp/confirm', { body: { code: code.trim() } }))
    keepCsrfToken(on.session.csrf_token)
    onOn(on.recovery_codes ?? [])
    await queries.invalidateQueries({ queryKey: keys.me })
  })
  return (
    <form onSubmit={door.submit} noValidate>
      <p>{t('own.factor.scan')}</p>
      <code className="bj-own-secret">{secret.secret}</code>
      <Qr text={secret.link} label={t('own.factor.picture')} />
      <Banner text={door.banner} />
      <Field
        label={t('own.factor.code')}
        value={code}
        onValue={setCode}
        inputMode="numeric"
        autoComplete="one-time-code"
        autoFocus
        required
      />
      <Submit title={t('own.factor.confirm')} pending={door.pending} />
    </form>
  )
}

function RecoveryCodes({ codes, onKept }: { codes: string[]; onKept: () => void }) {
  const { t } = useTranslation('app')
  return (
    <>
      <p>{t('own.factor.recovery')}</p>
      <ul className="bj-own-codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <button type="button" className="bj-door-submit" onClick={onKept}>
        {t('own.factor.kept')}
      </button>
    </>
  )
}
