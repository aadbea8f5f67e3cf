import type { Module } from '@/parts/module'

// Every folder below modules/ is a module: its index.ts says what it adds to the workspace.
export function agentModules(): Module[] {
  const files = import.meta.glob<Module>('../modules/*/index.ts', {
    eager: true,
    import: 'module',
  })
  return Object.values(files)
}
