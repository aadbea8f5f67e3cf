import { IconTicket } from '@tabler/icons-react'
import type { Module } from '@/parts/module'

export const module: Module = {
  name: 'tickets',
  menu: [
    {
      to: '/tickets',
      title: 'tickets',
      icon: IconTicket,
      right: 'tickets.read',
      key: 't',
      order: 10,
    },
  ],
  routes: [
    {
      path: '/tickets',
      load: () => import('./TicketsPage'),
      right: 'tickets.read',
      children: [{ path: '$id', load: () => import('./page/TicketPage') }],
    },
    { path: '/tickets/new', load: () => import('./new/NewTicketPage'), right: 'tickets.create' },
  ],
  links: {
    ticket: (id) => `/tickets/${id}`,
  },
  commands: [
    {
      id: 'new',
      title: 'new',
      group: 'create',
      to: '/tickets/new',
      right: 'tickets.create',
      words: 'new ticket phone call xinjian fuwudan laidian',
    },
  ],
}
