import type { ComponentType } from 'react'

// What a module tells the shell about itself in its index.ts. That file is part of what everybody
// loads first: it names pages and never imports them.

export interface MenuEntry {
  to: string
  // A key of texts/menu, below the module's name.
  title: string
  icon: ComponentType<{ size?: number | string; stroke?: number | string }>
  // Only for those who hold this right, or one of these.
  right?: string | string[]
  // The letter after G that goes there.
  key?: string
  group?: 'work' | 'administration'
  order: number
}

export interface PageRoute {
  // As TanStack Router writes it: "/tickets/$id"; children are relative to their parent.
  path: string
  // The page is the default export. It is loaded together with the module's texts.
  load: () => Promise<{ default: ComponentType }>
  right?: string | string[]
  // Also for those who have not signed in.
  open?: boolean
  children?: PageRoute[]
}

export interface PaletteCommand {
  id: string
  // A key of texts/menu, below the module's name.
  title: string
  group: 'go' | 'create' | 'act'
  right?: string | string[]
  // More words that find it, in either language; pinyin initials too.
  words?: string
  to?: string
  run?: () => void
}

export interface Module {
  // The name of the folder and of the namespace of its texts.
  name: string
  menu?: MenuEntry[]
  routes: PageRoute[]
  // Where the page of a record is, for each kind of record that has one: { ticket: (id) => … }.
  links?: Record<string, (id: number) => string>
  commands?: PaletteCommand[]
}

export function isAllowed(right: string | string[] | undefined, rights: readonly string[]) {
  if (right === undefined) return true
  return [right].flat().some((name) => rights.includes(name))
}
