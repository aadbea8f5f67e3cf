import { basePath } from '@/api/base_path'
import { portalModules } from './modules_portal'
import { PortalShell } from './portal/PortalShell'
import { Root } from './Root'
import { start } from './start'

void start({
  people: 'contact',
  basepath: `${basePath()}/portal`,
  root: Root,
  shell: PortalShell,
  modules: portalModules(),
  home: '/',
})
