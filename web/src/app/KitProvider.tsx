import type { ReactNode } from 'react'
import { Kit } from '@/ui/Kit'

export function KitProvider({ children }: { children: ReactNode }) {
  return <Kit>{children}</Kit>
}
