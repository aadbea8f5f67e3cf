import {
  type HTMLAttributes,
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useLayoutEffect,
  useRef,
} from 'react'
import { createPortal } from 'react-dom'
import { type Align, place } from './place'
import './overlay.css'

export interface FloatProps {
  // What it belongs to: it stays beside it and goes when somebody presses anywhere else.
  anchor: Element
  onClose: () => void
  align?: Align
  width?: number | 'anchor'
  // What it is, where it is more than a frame: role and name.
  aria?: HTMLAttributes<HTMLDivElement>
  onKeyDown?: (event: KeyboardEvent<HTMLDivElement>) => void
  children: ReactNode
}

// A box above the page. It lies at the end of the document, so that nothing cuts it off.
export function Float(props: FloatProps) {
  const { anchor, onClose, align = 'start', width } = props
  const box = useRef<HTMLDivElement>(null)
  useStayBeside(box, anchor, align, width)
  const onPress = usePressElsewhere(anchor, onClose)
  const hear = (event: KeyboardEvent<HTMLDivElement>) => {
    props.onKeyDown?.(event)
    if (event.key !== 'Escape' || event.nativeEvent.isComposing) return
    event.preventDefault()
    event.stopPropagation()
    onClose()
  }
  return createPortal(
    // biome-ignore lint/a11y/noStaticElementInteractions: the role is given by who uses it
    <div
      {...props.aria}
      ref={box}
      className="bj-dropdown bj-float"
      onPointerDownCapture={onPress}
      onKeyDown={hear}
    >
      {props.children}
    </div>,
    // A dialog of the browser's own covers everything that is not inside it.
    anchor.closest('dialog') ?? document.body,
  )
}

type Box = { current: HTMLDivElement | null }

function useStayBeside(box: Box, anchor: Element, align: Align, width: FloatProps['width']) {
  useLayoutEffect(() => {
    const shown = box.current
    if (!shown) return undefined
    const put = () => {
      const beside = anchor.getBoundingClientRect()
      const wide = width === 'anchor' ? beside.width : width
      if (wide !== undefined) shown.style.width = `${Math.max(160, wide)}px`
      const view = { width: window.innerWidth, height: window.innerHeight }
      const size = { width: shown.offsetWidth, height: shown.offsetHeight }
      const { left, top, room } = place(beside, size, view, align)
      shown.style.left = `${left}px`
      shown.style.top = `${top}px`
      shown.style.maxHeight = `${room}px`
    }
    put()
    const sizes = new ResizeObserver(put)
    sizes.observe(shown)
    sizes.observe(anchor)
    const passive = { capture: true, passive: true }
    window.addEventListener('scroll', put, passive)
    window.addEventListener('resize', put)
    return () => {
      sizes.disconnect()
      window.removeEventListener('scroll', put, passive)
      window.removeEventListener('resize', put)
    }
  }, [box, anchor, align, width])
}

// React tells of presses in all that was opened from here too, wherever it lies in the document.
function usePressElsewhere(anchor: Element, onClose: () => void) {
  const isInside = useRef(false)
  const close = useRef(onClose)
  close.current = onClose
  useEffect(() => {
    const press = (event: Event) => {
      const isOurs = isInside.current || anchor.contains(event.target as Node)
      isInside.current = false
      if (!isOurs) close.current()
    }
    document.addEventListener('pointerdown', press)
    return () => document.removeEventListener('pointerdown', press)
  }, [anchor])
  return () => {
    isInside.current = true
  }
}
