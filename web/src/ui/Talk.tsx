import { IconBolt, IconLock } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { Icon } from './Button'
import './talk.css'

export interface BubbleProps {
  from: 'them' | 'us' | 'note'
  avatar: ReactNode
  name: string
  // Beside the name: company, channel, "内部备注 · 客户不可见".
  about?: string
  time: ReactNode
  files?: ReactNode
  // Below the bubble: read by the customer, taken back until.
  foot?: ReactNode
  children: ReactNode
}

// One thing somebody said.
export function Bubble({ from, avatar, name, about, time, files, foot, children }: BubbleProps) {
  return (
    <article className="bj-said" data-from={from}>
      {avatar}
      <div>
        <div className="bj-bubble">
          <header className="bj-bubble-head">
            <strong>{name}</strong>
            {about && (
              <span>
                {from === 'note' && <IconLock size={12} stroke={1.8} aria-hidden="true" />} {about}
              </span>
            )}
            {time}
          </header>
          {children}
          {files && <div className="bj-bubble-files">{files}</div>}
        </div>
        {foot && <div className="bj-bubble-foot">{foot}</div>}
      </div>
    </article>
  )
}

// What the desk itself did, in one small line.
export function SystemLine({
  icon: Picture = IconBolt,
  children,
}: {
  icon?: Icon
  children: ReactNode
}) {
  return (
    <div className="bj-system">
      <Picture size={15} stroke={1.6} />
      <div>{children}</div>
    </div>
  )
}

export function DayLine({ children }: { children: ReactNode }) {
  return <div className="bj-day">{children}</div>
}

export function NewLine({ children }: { children: ReactNode }) {
  return <div className="bj-new">{children}</div>
}
