import { IconMessage2 } from '@tabler/icons-react'
import type { Module } from '@/parts/module'

export const module: Module = {
  name: 'replies',
  menu: [
    {
      to: '/canned-replies',
      title: 'canned_replies',
      icon: IconMessage2,
      right: 'tickets.work',
      group: 'administration',
      order: 105,
    },
  ],
  routes: [
    { path: '/canned-replies', load: () => import('./CannedRepliesPage'), right: 'tickets.work' },
  ],
}
