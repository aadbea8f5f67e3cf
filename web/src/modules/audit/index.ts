import { IconHistory } from '@tabler/icons-react'
import type { Module } from '@/parts/module'

export const module: Module = {
  name: 'audit',
  menu: [
    {
      to: '/audit',
      title: 'audit',
      icon: IconHistory,
      right: 'audit.read',
      group: 'administration',
      order: 190,
    },
  ],
  routes: [{ path: '/audit', load: () => import('./AuditPage'), right: 'audit.read' }],
}
