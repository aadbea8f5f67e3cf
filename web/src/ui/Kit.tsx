import { type ReactNode, useEffect } from 'react'
import { startTips } from './tips'
import './global.css'

// Around every application that is made of the kit.
export function Kit({ children }: { children: ReactNode }) {
  useEffect(startTips, [])
  return children
}
