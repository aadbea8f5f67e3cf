import { useEffect, useRef } from 'react'
import type { SentFile, Uploads } from '@/parts/useUploads'

// What has arrived goes over to the draft: it is still there when one comes back to the page.
export function useKeptFiles<Card extends SentFile>(
  uploads: Uploads<Card>,
  keep: (files: Card[]) => void,
): void {
  const newest = useRef(keep)
  newest.current = keep
  const { uploads: all, remove } = uploads
  useEffect(() => {
    const arrived = all.flatMap((one) => (one.file ? [{ key: one.key, file: one.file }] : []))
    if (arrived.length === 0) return
    newest.current(arrived.map(({ file }) => file))
    for (const { key } of arrived) remove(key)
  }, [all, remove])
}
