import {
  cloneElement,
  type HTMLAttributes,
  type ReactElement,
  type ReactNode,
  type Ref,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react'
import { Float } from './Float'
import { goRound, stopsIn } from './focus'
import './overlay.css'

type Target = HTMLAttributes<HTMLElement> & { ref?: Ref<HTMLElement> }

export interface PopoverProps {
  opened: boolean
  onOpened: (opened: boolean) => void
  // Its own button opens it; what is written on it is the name of what opens.
  target: ReactElement<Target>
  width?: number | 'anchor'
  children: ReactNode
}

// A few fields beside the button they belong to.
export function Popover({ opened, onOpened, target, width = 280, children }: PopoverProps) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null)
  const ownId = useId()
  const id = target.props.id ?? ownId
  const button = cloneElement(target, {
    id,
    ref: setAnchor,
    'aria-haspopup': 'dialog',
    'aria-expanded': opened,
  })
  return (
    <>
      {button}
      {opened && anchor && (
        <Float
          anchor={anchor}
          width={width}
          aria={{ role: 'dialog', 'aria-labelledby': id }}
          onClose={() => onOpened(false)}
          onKeyDown={(event) => {
            if (goRound(event.currentTarget, event)) event.preventDefault()
          }}
        >
          <Held anchor={anchor}>{children}</Held>
        </Float>
      )}
    </>
  )
}

// The focus goes in when it opens and back to the button when it goes.
function Held({ anchor, children }: { anchor: HTMLElement; children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const inside = box.current
    if (inside && !inside.contains(document.activeElement)) stopsIn(inside)[0]?.focus()
    return () => anchor.focus()
  }, [anchor])
  return (
    <div ref={box} className="bj-popover">
      {children}
    </div>
  )
}
