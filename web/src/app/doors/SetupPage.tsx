import { useRouter } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask } from '@/api/client'
import { cameIn, useSecret } from './come_in'
import { DoorPage } from './DoorPage'
import { Banner, Field, Submit } from './Field'
import { useDoor } from './useDoor'

// The desk's first administrator, by the link that the program prints when it is started first.
export default function SetupPage() {
  const { t } = useTranslation('app')
  const router = useRouter()
  const token = useSecret()
  const [given, setGiven] = useState({
    organisation: '',
    name: '',
    login: '',
    email: '',
    password: '',
  })
  const door = useDoor(async () => {
    const { email, ...rest } = given
    const body = { ...rest, token, ...(email ? { email } : {}) }
    cameIn(await ask(api.POST('/setup', { body })))
    await router.navigate({ to: '/', replace: true })
  })
  if (!token || door.problem?.status === 404) {
    return <DoorPage title={t('setup.title')} text={t('setup.dead')} children={null} />
  }
  const field = (name: keyof typeof given) => ({
    label: t(`setup.${name}`),
    value: given[name],
    onValue: (value: string) => setGiven((before) => ({ ...before, [name]: value })),
    problem: door.fieldProblem(name),
  })
  return (
    <DoorPage title={t('setup.title')} text={t('setup.text')}>
      <form onSubmit={door.submit} noValidate>
        <Banner text={door.banner} />
        <Field {...field('organisation')} autoComplete="organization" autoFocus required />
        <Field {...field('name')} autoComplete="name" required />
        <Field {...field('login')} autoComplete="username" autoCapitalize="none" required />
        <Field {...field('email')} type="email" autoComplete="email" />
        <Field
          {...field('password')}
          hint={t('password.hint')}
          type="password"
          autoComplete="new-password"
          required
        />
        <Submit title={t('setup.submit')} pending={door.pending} />
      </form>
    </DoorPage>
  )
}
