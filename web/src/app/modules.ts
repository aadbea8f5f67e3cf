import type { Module } from '@/parts/module'

// Every folder below modules/ is a module: its index.ts says what it adds to the workspace, its
// portal.ts what it adds to the portal.
type ModuleFiles = Record<string, Module>

export function agentModules(): Module[] {
  const files = import.meta.glob<Module>('../modules/*/index.ts', {
    eager: true,
    import: 'module',
  }) as ModuleFiles
  return Object.values(files)
}

export function portalModules(): Module[] {
  const files = import.meta.glob<Module>('../modules/*/portal.ts', {
    eager: true,
    import: 'module',
  }) as ModuleFiles
  return Object.values(files)
}
