import type { ReactNode } from 'react'
import { useStore } from '@/api/store'
import { Kit } from '@/ui/Kit'
import '@/ui/global.css'
import { isDark } from './appearance'

export function KitProvider({ children }: { children: ReactNode }) {
  return <Kit dark={useStore(isDark)}>{children}</Kit>
}
