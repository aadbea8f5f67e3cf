import { serverNow } from '@/api/connection'
import { dayOf } from '@/parts/time'

const day = 86_400_000

// 「今天 · 11月23日 周一」
export function dayLine(at: string, today: string, yesterday: string, now = serverNow()): string {
  const its = dayOf(at)
  if (its === dayOf(now)) return `${today} · ${its}`
  return its === dayOf(now - day) ? `${yesterday} · ${its}` : its
}
