import { IconSparkles } from '@tabler/icons-react'
import { type ReactNode, useEffect, useRef } from 'react'
import './panel.css'

export interface PanelProps {
  title?: string
  actions?: ReactNode
  children: ReactNode
}

export function Panel({ title, actions, children }: PanelProps) {
  return (
    <section className="bj-panel">
      {title && (
        <header className="bj-panel-head">
          <h2>{title}</h2>
          {actions}
        </header>
      )}
      <div className="bj-panel-body">{children}</div>
    </section>
  )
}

// A part of a side panel: no frame, only a heading.
export function Section({ title, actions, children }: PanelProps & { title: string }) {
  return (
    <section className="bj-section">
      <header className="bj-section-head">
        <h3>{title}</h3>
        {actions}
      </header>
      {children}
    </section>
  )
}

export interface Fact {
  name: string
  value: ReactNode
}

export function Facts({ facts }: { facts: readonly (Fact | null | false | undefined | '' | 0)[] }) {
  return (
    <dl className="bj-facts">
      {facts.map(
        (fact) =>
          fact && (
            <div key={fact.name} style={{ display: 'contents' }}>
              <dt>{fact.name}</dt>
              <dd>{fact.value}</dd>
            </div>
          ),
      )}
    </dl>
  )
}

// The frame of what somebody wishes: in champagne, which is never a state of anything.
export function PreferenceFrame({ title, actions, children }: PanelProps & { title: string }) {
  return (
    <section className="bj-preferences">
      <header className="bj-preferences-head">
        <IconSparkles size={15} stroke={1.6} />
        <h3>{title}</h3>
        {actions && <span>{actions}</span>}
      </header>
      {children}
    </section>
  )
}

export interface BannerProps {
  tone?: 'note' | 'danger' | 'accent' | 'dark'
  // What went wrong with a form: the focus goes there, so that it is read and seen.
  takesFocus?: boolean
  children: ReactNode
}

export function Banner({ tone = 'note', takesFocus, children }: BannerProps) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (takesFocus) box.current?.focus()
  }, [takesFocus])
  return (
    <div
      ref={box}
      className="bj-banner"
      data-tone={tone}
      role={tone === 'danger' ? 'alert' : 'status'}
      tabIndex={takesFocus ? -1 : undefined}
    >
      {children}
    </div>
  )
}
