import type { Module } from '@/parts/module'

export const module: Module = {
  name: 'imports',
  routes: [
    {
      path: '/tickets/imports',
      load: () => import('./TicketImportsPage'),
      right: 'tickets.import',
    },
  ],
  commands: [
    {
      id: 'tickets',
      title: 'title',
      group: 'create',
      to: '/tickets/imports',
      right: 'tickets.import',
      words: 'import tickets csv json daoru fuwudan',
    },
  ],
}
