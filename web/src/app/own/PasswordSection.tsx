import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask } from '@/api/client'
import { keepCsrfToken } from '@/api/session'
import { done } from '@/parts/undo'
import { Banner, Field, Submit } from '../doors/Field'
import { useDoor } from '../doors/useDoor'

export function PasswordSection() {
  const { t } = useTranslation('app')
  const [given, setGiven] = useState({ old_password: '', new_password: '' })
  const door = useDoor(async () => {
    const session = await ask(api.POST('/me/password', { body: given }))
    keepCsrfToken(session.csrf_token)
    setGiven({ old_password: '', new_password: '' })
    done(t('own.password.done'))
  })
  const field = (name: keyof typeof given) => ({
    value: given[name],
    onValue: (value: string) => setGiven((before) => ({ ...before, [name]: value })),
    problem: door.fieldProblem(name),
    type: 'password',
    required: true,
  })
  return (
    <section className="bj-own-section">
      <h2>{t('own.password.title')}</h2>
      <p>{t('own.password.text')}</p>
      <form onSubmit={door.submit} noValidate>
        <Banner text={door.banner} />
        <Field
          {...field('old_password')}
          label={t('own.password.old')}
          autoComplete="current-password"
        />
        <Field
          {...field('new_password')}
          label={t('own.password.new')}
          hint={t('password.hint')}
          autoComplete="new-password"
        />
        <Submit title={t('own.password.submit')} pending={door.pending} />
      </form>
    </section>
  )
}
