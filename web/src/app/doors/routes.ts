import { type AnyRoute, createRoute } from '@tanstack/react-router'
import { lazyPage } from '../page'

// Where one comes in without being signed in. Links that the server makes lead to three of them;
// their secret stands behind "#", which browsers do not send.
const doors = {
  '/sign-in': lazyPage(() => import('./SignInPage')),
  '/forgotten': lazyPage(() => import('./ForgottenPage')),
  '/password-reset': lazyPage(() => import('./NewPasswordPage')),
  '/invitation': lazyPage(() => import('./NewPasswordPage')),
  '/setup': lazyPage(() => import('./SetupPage')),
}

export function doorRoutes(root: AnyRoute): AnyRoute[] {
  return Object.entries(doors).map(
    ([path, component]) =>
      createRoute({ getParentRoute: () => root, path: path as never, component }) as AnyRoute,
  )
}
