import { api, ask, ifVersion } from '@/api/client'
import { createStore, useStore } from '@/api/store'

// How the pages look to this person: light or dark, wide or dense. The server keeps it for every
// device; this browser too, so that the first picture is right already.

export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]
export const densities = ['default', 'compact'] as const
export type Density = (typeof densities)[number]

interface Appearance {
  theme: Theme
  density: Density
}

const remembered = 'baijin.appearance'
const first: Appearance = { theme: 'system', density: 'default' }

function read(): Appearance {
  try {
    const kept = JSON.parse(localStorage.getItem(remembered) ?? '{}') as Partial<Appearance>
    const theme = themes.find((known) => known === kept.theme) ?? first.theme
    const density = densities.find((known) => known === kept.density) ?? first.density
    return { theme, density }
  } catch {
    return first
  }
}

const appearance = createStore<Appearance>(read())
const systemIsDark = window.matchMedia('(prefers-color-scheme: dark)')

// Whether it is dark now, for what offers the other.
export const isDark = createStore(false)

function apply() {
  const { theme, density } = appearance.get()
  const dark = theme === 'dark' || (theme === 'system' && systemIsDark.matches)
  const root = document.documentElement
  root.dataset.theme = dark ? 'dark' : 'light'
  root.dataset.density = density
  root.style.colorScheme = dark ? 'dark' : 'light'
  isDark.set(dark)
}

export function startAppearance(): void {
  apply()
  systemIsDark.addEventListener('change', apply)
}

function show(next: Appearance) {
  appearance.set(next)
  try {
    localStorage.setItem(remembered, JSON.stringify(next))
  } catch {
    // It holds until the page is closed.
  }
  apply()
}

// After signing in: what was chosen on another device.
export async function readAppearance(): Promise<void> {
  const { settings } = await ask(api.GET('/me/settings'))
  const here = appearance.get()
  const density = settings.density === 'compact' ? 'compact' : 'default'
  show({
    theme: settings.appearance ?? here.theme,
    density: settings.density ? density : here.density,
  })
}

// Before one has signed in there is nobody to keep it for.
export function showOnly(patch: Partial<Appearance>): void {
  show({ ...appearance.get(), ...patch })
}

export function change(patch: Partial<Appearance>): void {
  show({ ...appearance.get(), ...patch })
  // It is shown at once; when it cannot be kept for other devices, it stays in this browser.
  void keep().catch(() => undefined)
}

async function keep(): Promise<void> {
  const { theme, density } = appearance.get()
  const { version, settings } = await ask(api.GET('/me/settings'))
  const body = {
    ...settings,
    appearance: theme,
    density: density === 'compact' ? ('compact' as const) : ('comfortable' as const),
  }
  const headers = version > 0 ? ifVersion(version) : undefined
  await ask(api.PUT('/me/settings', { headers, body }))
}

export function useAppearance(): Appearance {
  return useStore(appearance)
}
