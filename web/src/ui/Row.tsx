import { IconChevronDown } from '@tabler/icons-react'
import { type MouseEvent, memo, type ReactNode } from 'react'
import './row.css'

// One line of a long list, in two lines of text: plain HTML, because five thousand of them scroll.
export interface RowProps {
  title: string
  glyph: ReactNode
  age?: ReactNode
  more: ReactNode
  end?: ReactNode
  unread?: boolean
  unreadLabel?: string
  // Its page is open beside the list; the keyboard stands on it; it is ticked.
  open?: boolean
  current?: boolean
  chosen?: boolean
  choosing?: boolean
  chooseLabel: string
  href: string
  onOpen: (event: MouseEvent) => void
  // It is pointed at.
  onAim?: () => void
  onChoose: (range: boolean) => void
}

export const Row = memo(function Row(props: RowProps) {
  const { title, glyph, age, more, end, unread, chosen, choosing } = props
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list itself hears J, K, Enter and X
    // biome-ignore lint/a11y/noStaticElementInteractions: the link inside is what is announced
    <div
      className="bj-row"
      data-unread={unread || undefined}
      data-open={props.open || undefined}
      data-current={props.current || undefined}
      data-chosen={chosen || undefined}
      onPointerEnter={props.onAim}
      onClick={(event) => {
        if (event.shiftKey) props.onChoose(true)
        else props.onOpen(event)
      }}
    >
      {unread && (
        <span className="bj-row-dot">
          <span className="bj-hidden">{props.unreadLabel}</span>
        </span>
      )}
      <span className="bj-row-lead">
        {chosen || choosing ? (
          <input
            type="checkbox"
            className="bj-row-check"
            aria-label={props.chooseLabel}
            checked={chosen ?? false}
            onClick={(event) => event.stopPropagation()}
            onChange={() => props.onChoose(false)}
          />
        ) : (
          glyph
        )}
      </span>
      <a
        className="bj-row-title"
        href={props.href}
        tabIndex={-1}
        onClick={(event) => {
          if (!event.metaKey && !event.ctrlKey) event.preventDefault()
          else event.stopPropagation()
        }}
      >
        {title}
      </a>
      <span className="bj-row-age">{age}</span>
      <span className="bj-row-more">{more}</span>
      <span className="bj-row-end">{end}</span>
    </div>
  )
})

export interface GroupHeadProps {
  title: string
  count?: number
  // Whether its rows are shown; without `onOpened` they always are.
  opened?: boolean
  onOpened?: (opened: boolean) => void
}

export function GroupHead({ title, count, opened = true, onOpened }: GroupHeadProps) {
  const inner = (
    <>
      {onOpened && <IconChevronDown size={14} stroke={1.8} aria-hidden="true" />}
      {title}
      {count !== undefined && <span className="bj-count">{count}</span>}
    </>
  )
  if (!onOpened) return <div className="bj-group">{inner}</div>
  return (
    <button
      type="button"
      className="bj-group"
      aria-expanded={opened}
      onClick={() => onOpened(!opened)}
    >
      {inner}
    </button>
  )
}
