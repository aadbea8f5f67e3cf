import { useCallback, useRef } from 'react'
import { freshKey } from '@/api/fresh_key'

// Who presses "send" once more after the connection broke asks for the same thing: with the same
// key the server does it once. Another text is another thing.
export function useSameKey(): (body: unknown) => { 'Idempotency-Key': string } {
  const last = useRef({ text: '', key: '' })
  return useCallback((body: unknown) => {
    const text = JSON.stringify(body)
    if (text !== last.current.text) last.current = { text, key: freshKey() }
    return { 'Idempotency-Key': last.current.key }
  }, [])
}
