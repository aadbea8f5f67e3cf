import {
  type AnyRoute,
  createRootRoute,
  createRoute,
  createRouter,
  redirect,
} from '@tanstack/react-router'
import type { ComponentType } from 'react'
import { basePath } from '@/api/base_path'
import { Problem } from '@/api/problem'
import { queryClient } from '@/api/query_client'
import { type Me, meQuery } from '@/api/use_me'
import type { Module, PageRoute } from '@/parts/module'
import { setTimeZone } from '@/parts/time'
import { doorRoutes } from './doors/routes'
import { asLanguage, speak } from './i18n'
import { guardedPage, lazyPage } from './page'
import { parseSearch, writeSearch } from './search'
import { NotFound, PageFailed } from './states'

// Customers have their portal and staff the workspace, wherever they came in.
async function goWhereOneBelongs(kind: Me['kind']): Promise<never> {
  location.replace(`${basePath()}${kind === 'contact' ? '/portal/' : '/'}`)
  return new Promise<never>(() => undefined)
}

// Whoever has not signed in does that first and comes back.
function mustBeSignedIn(people: Me['kind']) {
  return async ({ location }: { location: { href: string } }) => {
    try {
      const me = await queryClient.ensureQueryData(meQuery)
      if (me.kind !== people) await goWhereOneBelongs(me.kind)
      setTimeZone(me.time_zone)
      await speak(asLanguage(me.locale))
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 401) throw error
      const then = location.href === '/' ? undefined : location.href
      throw redirect({ to: '/sign-in' as never, search: { then } as never })
    }
  }
}

export interface Application {
  people: Me['kind']
  basepath: string
  shell: ComponentType
  root: ComponentType
  modules: Module[]
  home: string
}

function pageRoutes(parent: AnyRoute, pages: PageRoute[], namespace: string): AnyRoute[] {
  return pages.map((page) => {
    const route = createRoute({
      getParentRoute: () => parent,
      path: page.path as never,
      component: guardedPage(page, namespace),
    })
    const children = pageRoutes(route as AnyRoute, page.children ?? [], namespace)
    return (children.length > 0 ? route.addChildren(children as never) : route) as AnyRoute
  })
}

export function buildRouter({ people, basepath, shell, root, modules, home }: Application) {
  const rootRoute = createRootRoute({ component: root, notFoundComponent: NotFound })
  const shellRoute = createRoute({
    getParentRoute: () => rootRoute,
    id: 'shell',
    component: shell,
    beforeLoad: mustBeSignedIn(people),
  })
  const homeRoute = createRoute({
    getParentRoute: () => shellRoute,
    path: '/',
    beforeLoad: () => {
      if (home !== '/') throw redirect({ to: home as never, replace: true })
    },
  })
  const own = createRoute({
    getParentRoute: () => shellRoute,
    path: '/me',
    component: lazyPage(() => import('./own/OwnPage')),
  })
  const hasOwnHome = modules.some((m) => m.routes.some((page) => page.path === '/'))
  const pages = modules.flatMap((module) =>
    pageRoutes(shellRoute as AnyRoute, module.routes, module.name),
  )
  const inside = [...(hasOwnHome ? [] : [homeRoute]), own, ...pages]
  const doors = doorRoutes(rootRoute as AnyRoute)
  return createRouter({
    routeTree: rootRoute.addChildren([shellRoute.addChildren(inside as never), ...doors] as never),
    basepath: basepath || '/',
    parseSearch,
    stringifySearch: writeSearch,
    defaultPreload: 'intent',
    defaultPendingMs: 150,
    defaultErrorComponent: PageFailed,
    defaultNotFoundComponent: NotFound,
    scrollRestoration: true,
  })
}
