import { createTheme, MantineProvider } from '@mantine/core'
import '@mantine/core/styles/UnstyledButton.css'
import '@mantine/core/styles/Paper.css'
import '@mantine/core/styles/Popover.css'
import '@mantine/core/styles/Overlay.css'
import '@mantine/core/styles/ModalBase.css'
import '@mantine/core/styles/Modal.css'
import '@mantine/core/styles/Menu.css'
import '@mantine/core/styles/Combobox.css'
import '@mantine/core/styles/Tooltip.css'
import type { ReactNode } from 'react'
import { themeOf } from '../../tokens/theme.mjs'
import tokens from '../../tokens/tokens.json'

const theme = createTheme(themeOf(tokens))

// Mantine's variables stand in mantine.css: the content security policy lets nobody add a <style>.
export function Kit({ dark, children }: { dark: boolean; children: ReactNode }) {
  return (
    <MantineProvider
      theme={theme}
      forceColorScheme={dark ? 'dark' : 'light'}
      withCssVariables={false}
      withGlobalClasses={false}
      deduplicateCssVariables={false}
      getRootElement={() => document.documentElement}
    >
      {children}
    </MantineProvider>
  )
}
