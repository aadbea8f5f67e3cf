import { type AnyRoute, createRoute } from '@tanstack/react-router'
import type { ComponentType } from 'react'

// Modules say at run time which pages there are, so the router's own types of addresses, which it
// works out from a tree that is written down, have nothing to hold on to. This is the one place
// where they are put aside.
export interface RouteShape {
  parent: AnyRoute
  path?: string
  id?: string
  component?: ComponentType
  beforeLoad?: (at: { location: { href: string } }) => unknown
}

export function makeRoute({ parent, ...shape }: RouteShape): AnyRoute {
  const options = { ...shape, getParentRoute: () => parent }
  return createRoute(options as never) as unknown as AnyRoute
}

export function withChildren(route: AnyRoute, children: AnyRoute[]): AnyRoute {
  return children.length > 0 ? (route.addChildren(children as never) as unknown as AnyRoute) : route
}
