import {
  IconApi,
  IconBrandWechat,
  IconDeviceDesktop,
  IconFileText,
  IconMail,
  IconMessage,
  IconMessageCircle,
  IconPhone,
  IconPrinter,
  IconUser,
  IconWalk,
} from '@tabler/icons-react'
import type { Icon } from './Button'
import './chips.css'

// P1 is a red block with "!", the others are bars: what counts is the shape, not the colour. Beside
// its own word it needs no label.
export function PriorityGlyph({ priority, label }: { priority: string; label?: string }) {
  const step = Number(priority.slice(1)) || 4
  const style = { color: `var(--bj-priority-${priority.toLowerCase()})` }
  const named = label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true }
  return (
    // biome-ignore lint/a11y/noSvgWithoutTitle: it has a name, or stands beside one
    <svg className="bj-glyph" width="16" height="16" {...named} style={style}>
      {label && <title>{label}</title>}
      {step === 1 ? (
        <>
          <rect x="1" y="1" width="14" height="14" rx="3.5" fill="currentColor" />
          <path d="M8 4v5M8 11.4v.6" stroke="#fff" strokeWidth="1.9" strokeLinecap="round" />
        </>
      ) : (
        [0, 1, 2].map((bar) => (
          <rect
            key={bar}
            x={2 + bar * 4.4}
            y={10 - bar * 3.5}
            width="3"
            height={4 + bar * 3.5}
            rx="1"
            fill="currentColor"
            opacity={bar < 5 - step ? 1 : 0.28}
          />
        ))
      )}
    </svg>
  )
}

export type SlaState = 'ok' | 'risk' | 'breach' | 'paused' | 'met'

// Shape and fill come first, colour last. `done` is the part of the time that is used up, 0 … 1.
export function SlaGlyph({ state, done = 0.3 }: { state: SlaState; done?: number }) {
  const style = { color: `var(--bj-sla-${state}-mark)` }
  const around = 2 * Math.PI * 5
  return (
    <svg
      className="bj-glyph"
      width="14"
      height="14"
      viewBox="0 0 14 14"
      aria-hidden="true"
      style={style}
    >
      {state === 'ok' && (
        <g fill="none" stroke="currentColor" strokeWidth="2.4" transform="rotate(-90 7 7)">
          <circle cx="7" cy="7" r="5" opacity="0.25" />
          <circle cx="7" cy="7" r="5" strokeDasharray={`${around * (1 - done)} ${around}`} />
        </g>
      )}
      {state === 'risk' && (
        <g>
          <path d="M7 1l6 6-6 6-6-6z" fill="none" stroke="currentColor" strokeWidth="1.4" />
          <path d="M7 1l6 6-6 6z" fill="currentColor" />
        </g>
      )}
      {state === 'breach' && (
        <path
          d="M6.1 1.7a1 1 0 0 1 1.8 0l5.4 9.8a1 1 0 0 1-.9 1.5H1.6a1 1 0 0 1-.9-1.5zM6.3
            5v3.6h1.4V5zm0 4.6v1.5h1.4V9.6z"
          fill="currentColor"
          fillRule="evenodd"
        />
      )}
      {state === 'paused' && <path d="M4 2v10M10 2v10" stroke="currentColor" strokeWidth="2.2" />}
      {state === 'met' && (
        <path d="M2 7.5l3.4 3.5L12 3.5" fill="none" stroke="currentColor" strokeWidth="1.8" />
      )}
    </svg>
  )
}

export type Phase = 'new' | 'open' | 'waiting' | 'solved' | 'closed'

// How far something is: an empty ring, a ring with a dot, two bars, a tick, a tick on a full disc.
export function PhaseGlyph({ phase }: { phase: Phase }) {
  return (
    <svg className="bj-glyph bj-phase" data-phase={phase} viewBox="0 0 14 14" aria-hidden="true">
      <circle cx="7" cy="7" r="5.8" fill={phase === 'closed' ? 'currentColor' : 'none'} />
      {phase === 'open' && <circle cx="7" cy="7" r="1.6" fill="currentColor" stroke="none" />}
      {phase === 'waiting' && <path d="M5.5 4.8v4.4M8.5 4.8v4.4" />}
      {(phase === 'solved' || phase === 'closed') && <path d="M4.5 7.2l1.8 1.8 3.3-3.8" />}
    </svg>
  )
}

const channels: Record<string, Icon> = {
  phone: IconPhone,
  mail: IconMail,
  email: IconMail,
  chat: IconMessageCircle,
  portal: IconDeviceDesktop,
  wechat: IconBrandWechat,
  wecom: IconBrandWechat,
  fax: IconPrinter,
  letter: IconFileText,
  in_person: IconWalk,
  staff: IconUser,
  api: IconApi,
}

export function ChannelGlyph({ channel, label }: { channel: string; label?: string }) {
  const Picture = channels[channel] ?? IconMessage
  return (
    <span className="bj-glyph" title={label}>
      <Picture size={15} stroke={1.6} />
      {label && <span className="bj-hidden">{label}</span>}
    </span>
  )
}
