import { startTransition, useEffect, useState } from 'react'

const longestWaitMs = 100

// True once what one came for has been painted: what is heavy and needed a moment later waits for
// that. A page in the background is not painted and does not wait long.
export function useAfterPaint(): boolean {
  const [painted, setPainted] = useState(false)
  useEffect(() => {
    let timer = setTimeout(show, longestWaitMs)
    const frame = requestAnimationFrame(() => {
      clearTimeout(timer)
      timer = setTimeout(show, 0)
    })
    function show() {
      startTransition(() => setPainted(true))
    }
    return () => {
      cancelAnimationFrame(frame)
      clearTimeout(timer)
    }
  }, [])
  return painted
}
