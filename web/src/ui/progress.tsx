import { useTranslation } from 'react-i18next'
import './panel.css'

const widths = ['72%', '48%', '86%', '60%', '78%', '40%', '66%', '54%']

export interface SkeletonProps {
  // What will stand there: lines of text, rows of a list, what people said, names and values, or
  // a form.
  shape?: 'lines' | 'rows' | 'talk' | 'facts' | 'form'
  lines?: number
}

// What a list or a page will look like, before it is there.
export function Skeleton({ shape = 'lines', lines = 6 }: SkeletonProps) {
  return (
    <div className="bj-skeleton" data-shape={shape} aria-hidden="true">
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} style={{ ['--wide' as string]: widths[line % widths.length] }} />
      ))}
    </div>
  )
}

export function ProgressLine({ on }: { on: boolean }) {
  return <div style={{ height: 2 }}>{on && <div className="bj-progress-line" />}</div>
}

export function Progress({ part, label }: { part: number; label: string }) {
  const percent = Math.round(Math.min(1, Math.max(0, part)) * 100)
  return (
    <div
      className="bj-progress"
      role="progressbar"
      aria-label={label}
      aria-valuenow={percent}
      aria-valuemin={0}
      aria-valuemax={100}
    >
      <span style={{ width: `${percent}%` }} />
    </div>
  )
}

function StepMark({ state }: { state: Step['state'] }) {
  return (
    <svg width="16" height="16" viewBox="0 0 16 16" fill="none" aria-hidden="true">
      {state === 'open' ? (
        <circle cx="8" cy="8" r="7" fill="none" stroke="currentColor" strokeWidth="1.8" />
      ) : (
        <circle cx="8" cy="8" r="8" fill="currentColor" />
      )}
      {state === 'now' && <circle cx="8" cy="8" r="3" fill="#fff" />}
      {state === 'done' && <path d="M4.9 8.2l2.1 2.1 4.1-4.4" stroke="#fff" strokeWidth="1.5" />}
    </svg>
  )
}

export interface Step {
  key: string
  title: string
  state: 'done' | 'now' | 'open'
  // When it was, or a word on what goes on.
  note?: string
}

// How far something has come, in plain words.
export function Steps({ label, steps }: { label: string; steps: readonly Step[] }) {
  const { t } = useTranslation('ui')
  return (
    <ol className="bj-steps" aria-label={label}>
      {steps.map((step) => (
        <li
          key={step.key}
          data-step={step.state}
          aria-current={step.state === 'now' ? 'step' : undefined}
        >
          <StepMark state={step.state} />
          <strong>{step.title}</strong>
          {step.note}
          {step.state !== 'open' && (
            <span className="bj-hidden">{t(step.state === 'done' ? 'step_done' : 'step_now')}</span>
          )}
        </li>
      ))}
    </ol>
  )
}
