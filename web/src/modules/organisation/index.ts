import { IconBuildingCommunity, IconRocket } from '@tabler/icons-react'
import type { Module } from '@/parts/module'

const right = 'organisation.manage'
const group = 'administration' as const

export const module: Module = {
  name: 'organisation',
  menu: [
    { to: '/welcome', title: 'welcome', icon: IconRocket, right, group, order: 100 },
    {
      to: '/organisation',
      title: 'organisation',
      icon: IconBuildingCommunity,
      right,
      group,
      order: 102,
    },
  ],
  routes: [
    { path: '/welcome', load: () => import('./WelcomePage'), right },
    { path: '/organisation', load: () => import('./OrganisationPage'), right },
  ],
}
