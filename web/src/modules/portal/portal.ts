import { IconBuilding, IconHome, IconListDetails, IconServer } from '@tabler/icons-react'
import type { Module } from '@/parts/module'

export const module: Module = {
  name: 'portal',
  menu: [
    { to: '/', title: 'home', icon: IconHome, order: 10 },
    { to: '/requests', title: 'requests', icon: IconListDetails, right: 'tickets.read', order: 20 },
    { to: '/products', title: 'products', icon: IconServer, right: 'products.read', order: 30 },
    {
      to: '/organisation',
      title: 'organisation',
      icon: IconBuilding,
      right: 'customers.read',
      order: 40,
    },
  ],
  routes: [
    { path: '/', load: () => import('./home/HomePage') },
    { path: '/requests', load: () => import('./RequestsPage'), right: 'tickets.read' },
    { path: '/requests/new', load: () => import('./new/NewRequestPage'), right: 'tickets.create' },
    { path: '/requests/$id', load: () => import('./request/RequestPage'), right: 'tickets.read' },
    { path: '/products', load: () => import('./ProductsPage'), right: 'products.read' },
    {
      path: '/organisation',
      load: () => import('./organisation/OrganisationPage'),
      right: 'customers.read',
    },
    { path: '/profile', load: () => import('./ProfilePage') },
    { path: '/ask', load: () => import('./guest/AskPage'), open: true },
    { path: '/follow', load: () => import('./guest/FollowPage'), open: true },
  ],
  links: { ticket: (id) => `/requests/${id}` },
}
