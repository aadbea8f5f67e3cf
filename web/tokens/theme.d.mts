import type { MantineThemeOverride } from '@mantine/core'
import type tokens from './tokens.json'

export function themeOf(values: typeof tokens): MantineThemeOverride
