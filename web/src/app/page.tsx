import i18next from 'i18next'
import { type ComponentType, createElement, lazy } from 'react'
import { useMe } from '@/api/use_me'
import { isAllowed, type PageRoute } from '@/parts/module'
import { NoRight } from './states'

type Load = () => Promise<{ default: ComponentType }>

// A page and its texts, fetched together when the way leads there, or a little before.
export function lazyPage(load: Load, namespaces: string[] = []) {
  let loading: Promise<{ default: ComponentType }> | undefined
  const start = () => {
    loading ??= Promise.all([load(), i18next.loadNamespaces(namespaces)]).then(([page]) => page)
    loading.catch(() => {
      loading = undefined
    })
    return loading
  }
  return Object.assign(lazy(start), { preload: async () => void (await start()) })
}

// Whoever may not see the page is told so, and who can change that.
export function guardedPage(route: PageRoute, namespace: string) {
  const Page = lazyPage(route.load, [namespace])
  function Guarded() {
    const rights = useMe().rights ?? []
    return isAllowed(route.right, rights) ? <Page /> : createElement(NoRight)
  }
  return Object.assign(Guarded, { preload: Page.preload })
}
