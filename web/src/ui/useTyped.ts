import { type ChangeEvent, type CompositionEvent, useRef, useState } from 'react'

type Typing = HTMLInputElement

// What somebody types into a field that searches. While an input method composes, what is in the
// field are letters on the way to a word: nothing is looked for until the word is there.
export function useTyped(onTyped?: () => void) {
  const [text, setText] = useState<string | null>(null)
  const [wanted, setWanted] = useState('')
  const isComposing = useRef(false)
  const take = (typed: string) => {
    setText(typed)
    if (isComposing.current) return
    setWanted(typed)
    onTyped?.()
  }
  const props = {
    onChange: (event: ChangeEvent<Typing>) => take(event.target.value),
    onCompositionStart: () => {
      isComposing.current = true
    },
    onCompositionEnd: (event: CompositionEvent<Typing>) => {
      isComposing.current = false
      take(event.currentTarget.value)
    },
  }
  const clear = () => {
    setText(null)
    setWanted('')
  }
  return { text, wanted, clear, props }
}
