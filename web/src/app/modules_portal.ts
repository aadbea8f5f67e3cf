import type { Module } from '@/parts/module'

// What a module adds to the portal stands in its portal.ts. It is asked for in a file of its own,
// so that neither application loads what only the other one needs.
export function portalModules(): Module[] {
  const files = import.meta.glob<Module>('../modules/*/portal.ts', {
    eager: true,
    import: 'module',
  })
  return Object.values(files)
}
