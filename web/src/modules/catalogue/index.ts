import { IconCategory, IconForms, IconGridDots, IconRoute, IconTags } from '@tabler/icons-react'
import type { Module } from '@/parts/module'

const right = 'catalogue.manage'
const group = 'administration' as const

export const module: Module = {
  name: 'catalogue',
  menu: [
    { to: '/service-types', title: 'service_types', icon: IconTags, right, group, order: 140 },
    { to: '/workflows', title: 'workflows', icon: IconRoute, right, group, order: 150 },
    { to: '/categories', title: 'categories', icon: IconCategory, right, group, order: 160 },
    { to: '/priorities', title: 'priorities', icon: IconGridDots, right, group, order: 170 },
    { to: '/custom-fields', title: 'custom_fields', icon: IconForms, right, group, order: 180 },
  ],
  routes: [
    { path: '/service-types', load: () => import('./ServiceTypesPage'), right },
    { path: '/workflows', load: () => import('./WorkflowsPage'), right },
    { path: '/workflows/$id', load: () => import('./WorkflowPage'), right },
    { path: '/categories', load: () => import('./CategoriesPage'), right },
    { path: '/priorities', load: () => import('./PrioritiesPage'), right },
    { path: '/custom-fields', load: () => import('./CustomFieldsPage'), right },
  ],
}
