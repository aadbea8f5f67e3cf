import { basePath } from '@/api/base_path'
import { agentModules } from './modules'
import { Root } from './Root'
import { AgentShell } from './shell/AgentShell'
import { start } from './start'

void start({
  people: 'staff',
  basepath: basePath(),
  root: Root,
  shell: AgentShell,
  modules: agentModules(),
  home: '/tickets',
})
