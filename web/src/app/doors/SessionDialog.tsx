import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { basePath } from '@/api/base_path'
import * as keys from '@/api/keys'
import { signedInAgain } from '@/api/session'
import { useMaybeMe } from '@/api/use_me'
import { Sheet } from '../Sheet'
import './doors.css'
import { SignInForm } from './SignInForm'

// The session has run out: the password is asked for in place, and what was waiting goes on.
export default function SessionDialog() {
  const { t } = useTranslation('app')
  const me = useMaybeMe()
  const queries = useQueryClient()
  const home = me?.kind === 'contact' ? `${basePath()}/portal/` : `${basePath()}/`
  return (
    <Sheet title={t('session.title')}>
      <p>{t('session.text', { name: me?.name })}</p>
      <SignInForm
        login={me?.login}
        onSignedIn={(session) => {
          // Somebody else must not go on with what this person has on the screen.
          if (me && session.user.id !== me.id) return location.replace(home)
          signedInAgain(session.csrf_token)
          void queries.invalidateQueries({ queryKey: keys.me })
        }}
      />
      <button type="button" className="bj-door-link" onClick={() => location.replace(home)}>
        {t('session.leave')}
      </button>
    </Sheet>
  )
}
