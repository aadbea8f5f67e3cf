import { IconActivityHeartbeat } from '@tabler/icons-react'
import type { Module } from '@/parts/module'

export const module: Module = {
  name: 'system',
  menu: [
    {
      to: '/system',
      title: 'system',
      icon: IconActivityHeartbeat,
      right: 'system.read',
      group: 'administration',
      order: 200,
    },
  ],
  routes: [{ path: '/system', load: () => import('./SystemPage'), right: 'system.read' }],
}
