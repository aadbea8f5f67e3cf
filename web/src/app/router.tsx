import {
  type AnyRoute,
  createRootRoute,
  createRoute,
  createRouter,
  redirect,
} from '@tanstack/react-router'
import type { ComponentType } from 'react'
import { Problem } from '@/api/problem'
import { queryClient } from '@/api/query_client'
import { meQuery } from '@/api/use_me'
import type { Module, PageRoute } from '@/parts/module'
import { doorRoutes } from './doors/routes'
import { guardedPage, lazyPage } from './page'
import { NotFound, PageFailed } from './states'

// Addresses people can read and type: ?state=received&view=3, every value a text.
export function parseSearch(text: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(text))
}

export function writeSearch(search: Record<string, unknown>): string {
  const given = Object.entries(search).filter(([, value]) => value !== undefined && value !== '')
  const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString()
  return text ? `?${text.replaceAll('%2C', ',').replaceAll('%3A', ':')}` : ''
}

// Whoever has not signed in does that first and comes back.
async function mustBeSignedIn({ location }: { location: { href: string } }) {
  try {
    await queryClient.ensureQueryData(meQuery)
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 401) throw error
    const then = location.href === '/' ? undefined : location.href
    throw redirect({ to: '/sign-in' as never, search: { then } as never })
  }
}

export interface Application {
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

export function buildRouter({ basepath, shell, root, modules, home }: Application) {
  const rootRoute = createRootRoute({ component: root, notFoundComponent: NotFound })
  const shellRoute = createRoute({
    getParentRoute: () => rootRoute,
    id: 'shell',
    component: shell,
    beforeLoad: mustBeSignedIn,
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
