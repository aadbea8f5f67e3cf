import type { Module } from '@/parts/module'

// No line in the menu: the bell leads here.
export const module: Module = {
  name: 'notices',
  routes: [
    { path: '/notices', load: () => import('./NoticesPage') },
    { path: '/me/notices', load: () => import('./SettingsPage') },
  ],
  commands: [
    { id: 'notices', title: 'notices', group: 'go', to: '/notices', words: 'tz tongzhi bell' },
    {
      id: 'settings',
      title: 'settings',
      group: 'go',
      to: '/me/notices',
      words: 'tzsz tongzhi shezhi mail digest quiet',
    },
  ],
}
