import { createStore, useStore } from '@/api/store'

// How the pages look to this person: light or dark, wide or dense. Kept in this browser until the
// server has a place for it.

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

// Whether it is dark now; the kit is told as well as the sheets.
export const isDark = createStore(false)

function apply() {
  const { theme, density } = appearance.get()
  const dark = theme === 'dark' || (theme === 'system' && systemIsDark.matches)
  const root = document.documentElement
  root.dataset.theme = dark ? 'dark' : 'light'
  root.dataset.mantineColorScheme = dark ? 'dark' : 'light'
  root.dataset.density = density
  root.style.colorScheme = dark ? 'dark' : 'light'
  isDark.set(dark)
}

export function startAppearance(): void {
  apply()
  systemIsDark.addEventListener('change', apply)
}

export function change(patch: Partial<Appearance>): void {
  appearance.set({ ...appearance.get(), ...patch })
  try {
    localStorage.setItem(remembered, JSON.stringify(appearance.get()))
  } catch {
    // It holds until the page is closed.
  }
  apply()
}

export function useAppearance(): Appearance {
  return useStore(appearance)
}
