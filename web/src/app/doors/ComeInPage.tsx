import { Link, useRouter } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api, ask } from '@/api/client'
import { cameIn, useSecret } from './come_in'
import { DoorPage } from './DoorPage'
import { Banner, Submit } from './Field'
import { useDoor } from './useDoor'

// A mailed link is used by a press: programs that look into mails open pages, too.
export default function ComeInPage() {
  const { t } = useTranslation('app')
  const router = useRouter()
  const token = useSecret()
  const door = useDoor(async () => {
    cameIn(await ask(api.POST('/sessions/by-link', { body: { token } })))
    await router.navigate({ to: '/', replace: true } as never)
  })
  const isDead = !token || door.problem?.status === 404
  return (
    <DoorPage title={t('come_in.title')} text={isDead ? t('come_in.dead') : t('come_in.text')}>
      {isDead ? (
        <Link to={'/mailed-link' as never} className="bj-door-submit">
          {t('come_in.again')}
        </Link>
      ) : (
        <form onSubmit={door.submit} noValidate>
          <Banner text={door.banner} />
          <Submit title={t('come_in.submit')} pending={door.pending} />
        </form>
      )}
      <Link to="/sign-in" className="bj-door-link">
        {t('forgotten.back')}
      </Link>
    </DoorPage>
  )
}
