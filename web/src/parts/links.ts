import { parseRef } from '@/api/events'
import type { Module } from './module'

const links: Record<string, (id: number) => string> = {}

// Done once by the application with all its modules: they do not know each other.
export function registerLinks(modules: readonly Module[]): void {
  for (const module of modules) Object.assign(links, module.links)
}

// The page of "ticket:17", or null where there is none.
export function linkTo(ref: string): string | null {
  const parsed = parseRef(ref)
  return (parsed && links[parsed.kind]?.(parsed.id)) ?? null
}

// What can be searched for and then opened.
export function linkedKinds(): string[] {
  return Object.keys(links)
}
