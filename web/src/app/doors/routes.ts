import type { AnyRoute } from '@tanstack/react-router'
import { lazyPage } from '../page'
import { makeRoute } from '../route'

// Where one comes in without being signed in. Links that the server makes lead to three of them;
// their secret stands behind "#", which browsers do not send.
const doors = {
  '/sign-in': lazyPage(() => import('./SignInPage')),
  '/forgotten': lazyPage(() => import('./ForgottenPage')),
  '/password-reset': lazyPage(() => import('./NewPasswordPage')),
  '/invitation': lazyPage(() => import('./NewPasswordPage')),
  '/mailed-link': lazyPage(() => import('./MailedLinkPage')),
  '/come-in': lazyPage(() => import('./ComeInPage')),
  '/setup': lazyPage(() => import('./SetupPage')),
}

export function doorRoutes(parent: AnyRoute): AnyRoute[] {
  return Object.entries(doors).map(([path, component]) => makeRoute({ parent, path, component }))
}
