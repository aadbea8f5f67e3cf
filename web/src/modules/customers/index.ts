import { IconAddressBook, IconBuilding } from '@tabler/icons-react'
import type { Module } from '@/parts/module'

export const module: Module = {
  name: 'customers',
  menu: [
    {
      to: '/customers',
      title: 'customers',
      icon: IconBuilding,
      right: 'customers.read',
      key: 'c',
      order: 40,
    },
    {
      to: '/contacts',
      title: 'contacts',
      icon: IconAddressBook,
      right: 'customers.read',
      key: 'p',
      order: 50,
    },
  ],
  routes: [
    { path: '/customers', load: () => import('./CustomersPage'), right: 'customers.read' },
    {
      path: '/customers/duplicates',
      load: () => import('./DuplicatesPage'),
      right: 'customers.manage',
    },
    {
      path: '/customers/imports',
      load: () => import('./ImportsPage'),
      right: 'customers.manage',
    },
    { path: '/customers/$id', load: () => import('./CustomerPage'), right: 'customers.read' },
    { path: '/contacts', load: () => import('./ContactsPage'), right: 'customers.read' },
    { path: '/contacts/$id', load: () => import('./ContactPage'), right: 'customers.read' },
  ],
  links: {
    customer: (id) => `/customers/${id}`,
    contact: (id) => `/contacts/${id}`,
  },
}
