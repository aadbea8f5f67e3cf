import { IconHome, IconListDetails, IconServer } from '@tabler/icons-react'
import type { Module } from '@/parts/module'

export const module: Module = {
  name: 'portal',
  menu: [
    { to: '/', title: 'home', icon: IconHome, order: 10 },
    { to: '/requests', title: 'requests', icon: IconListDetails, right: 'tickets.read', order: 20 },
    { to: '/products', title: 'products', icon: IconServer, right: 'products.read', order: 30 },
  ],
  routes: [
    { path: '/', load: () => import('./HomePage') },
    { path: '/requests', load: () => import('./RequestsPage'), right: 'tickets.read' },
    { path: '/requests/new', load: () => import('./NewRequestPage'), right: 'tickets.create' },
    { path: '/requests/$id', load: () => import('./RequestPage'), right: 'tickets.read' },
    { path: '/ask', load: () => import('./guest/AskPage'), open: true },
    { path: '/follow', load: () => import('./guest/FollowPage'), open: true },
    { path: '/products', load: () => import('./ProductsPage'), right: 'products.read' },
  ],
  links: { ticket: (id) => `/requests/${id}` },
}
