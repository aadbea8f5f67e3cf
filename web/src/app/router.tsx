import { type AnyRoute, createRootRoute, createRouter, redirect } from '@tanstack/react-router'
import type { ComponentType, ReactNode } from 'react'
import { basePath } from '@/api/base_path'
import { Problem } from '@/api/problem'
import { queryClient } from '@/api/query_client'
import { type Me, meQuery } from '@/api/use_me'
import { asLanguage, speak } from '@/parts/language'
import type { Module, PageRoute } from '@/parts/module'
import { setTimeZone } from '@/parts/time'
import { readAppearance } from './appearance'
import { doorRoutes } from './doors/routes'
import { guardedPage, lazyPage } from './page'
import { makeRoute, withChildren } from './route'
import { parseSearch, writeSearch } from './search'
import { NotFound, PageFailed } from './states'

// Customers have their portal and staff the workspace, wherever they came in.
async function goWhereOneBelongs(kind: Me['kind']): Promise<never> {
  location.replace(`${basePath()}${kind === 'contact' ? '/portal/' : '/'}`)
  return new Promise<never>(() => undefined)
}

let appearanceAsked = false

function readAppearanceOnce() {
  if (appearanceAsked) return
  appearanceAsked = true
  readAppearance().catch(() => {
    appearanceAsked = false
  })
}

// Whoever has not signed in does that first and comes back.
function mustBeSignedIn(people: Me['kind']) {
  return async ({ location }: { location: { href: string } }) => {
    try {
      const me = await queryClient.ensureQueryData(meQuery)
      if (me.kind !== people) await goWhereOneBelongs(me.kind)
      setTimeZone(me.time_zone)
      await speak(asLanguage(me.locale))
      readAppearanceOnce()
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 401) throw error
      const then = location.href === '/' ? undefined : location.href
      throw redirect({ to: '/sign-in', search: { then } as never })
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
    const route = makeRoute({ parent, path: page.path, component: guardedPage(page, namespace) })
    return withChildren(route, pageRoutes(route, page.children ?? [], namespace))
  })
}

function homeRoute(parent: AnyRoute, home: string): AnyRoute {
  const goHome = () => {
    if (home !== '/') throw redirect({ to: home, replace: true })
  }
  return makeRoute({ parent, path: '/', beforeLoad: goHome })
}

export function buildRouter({ people, basepath, shell, root, modules, home }: Application) {
  const top = createRootRoute({
    component: root as () => ReactNode,
    notFoundComponent: NotFound,
  }) as unknown as AnyRoute
  const inside = makeRoute({
    parent: top,
    id: 'shell',
    component: shell,
    beforeLoad: mustBeSignedIn(people),
  })
  const hasHome = modules.some((module) => module.routes.some((page) => page.path === '/'))
  const pages = [
    ...(hasHome ? [] : [homeRoute(inside, home)]),
    makeRoute({ parent: inside, path: '/me', component: lazyPage(() => import('./own/OwnPage')) }),
    ...modules.flatMap(({ name, routes }) =>
      pageRoutes(
        inside,
        routes.filter((page) => !page.open),
        name,
      ),
    ),
    makeRoute({ parent: inside, path: '$', component: NotFound }),
  ]
  const open = modules.flatMap(({ name, routes }) =>
    routes
      .filter((page) => page.open)
      .map(({ path, load }) => makeRoute({ parent: top, path, component: lazyPage(load, [name]) })),
  )
  return createRouter({
    routeTree: withChildren(top, [withChildren(inside, pages), ...open, ...doorRoutes(top)]),
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
