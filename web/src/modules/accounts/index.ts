import { IconKey, IconShieldLock, IconUsers, IconUsersGroup } from '@tabler/icons-react'
import type { Module } from '@/parts/module'

export const module: Module = {
  name: 'accounts',
  menu: [
    {
      to: '/users',
      title: 'users',
      icon: IconUsers,
      right: 'users.read',
      group: 'administration',
      order: 110,
    },
    {
      to: '/teams',
      title: 'teams',
      icon: IconUsersGroup,
      right: 'users.read',
      group: 'administration',
      order: 120,
    },
    {
      to: '/roles',
      title: 'roles',
      icon: IconShieldLock,
      right: 'roles.manage',
      group: 'administration',
      order: 130,
    },
    {
      to: '/access',
      title: 'sessions',
      icon: IconKey,
      right: ['sessions.manage', 'tokens.manage'],
      group: 'administration',
      order: 140,
    },
  ],
  routes: [
    { path: '/users', load: () => import('./UsersPage'), right: 'users.read' },
    { path: '/users/$id', load: () => import('./UserPage'), right: 'users.read' },
    { path: '/teams', load: () => import('./TeamsPage'), right: 'users.read' },
    { path: '/roles', load: () => import('./RolesPage'), right: 'roles.manage' },
    {
      path: '/access',
      load: () => import('./AccessPage'),
      right: ['sessions.manage', 'tokens.manage'],
    },
  ],
  links: { user: (id) => `/users/${id}` },
}
