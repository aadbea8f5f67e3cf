import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '@/api/use_me'
import { isAllowed, type MenuEntry, type PaletteCommand } from '@/parts/module'
import { agentModules } from '../modules'

export interface MenuLine extends MenuEntry {
  module: string
  label: string
}

const modules = agentModules()

// What the menu and the palette say of a module is needed before its other texts: it stands in
// texts/menu, by module.
export function useMenu(): MenuLine[] {
  const { t } = useTranslation('menu')
  const { rights } = useMe()
  return useMemo(() => {
    const lines = modules.flatMap(({ name, menu = [] }) =>
      menu
        .filter((entry) => isAllowed(entry.right, rights ?? []))
        .map((entry) => ({ ...entry, module: name, label: t(`${name}.${entry.title}`) })),
    )
    return lines.sort((a, b) => a.order - b.order)
  }, [t, rights])
}

export interface CommandLine extends PaletteCommand {
  label: string
}

export function useCommands(): CommandLine[] {
  const { t } = useTranslation('menu')
  const rights = useMe().rights ?? []
  return modules.flatMap(({ name, commands = [] }) =>
    commands
      .filter((command) => isAllowed(command.right, rights))
      .map((one) => ({ ...one, id: `${name}.${one.id}`, label: t(`${name}.${one.title}`) })),
  )
}
