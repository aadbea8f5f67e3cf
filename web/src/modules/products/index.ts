import { IconBox, IconServer } from '@tabler/icons-react'
import type { Module } from '@/parts/module'

export const module: Module = {
  name: 'products',
  menu: [
    {
      to: '/assets',
      title: 'assets',
      icon: IconServer,
      right: 'products.read',
      key: 'e',
      order: 60,
    },
    {
      to: '/products',
      title: 'products',
      icon: IconBox,
      right: 'products.read',
      key: 'd',
      order: 70,
    },
  ],
  routes: [
    { path: '/products', load: () => import('./ProductsPage'), right: 'products.read' },
    { path: '/products/$id', load: () => import('./ProductPage'), right: 'products.read' },
    { path: '/assets', load: () => import('./AssetsPage'), right: 'products.read' },
    { path: '/assets/$id', load: () => import('./AssetPage'), right: 'products.read' },
  ],
  links: {
    product: (id) => `/products/${id}`,
    asset: (id) => `/assets/${id}`,
  },
}
