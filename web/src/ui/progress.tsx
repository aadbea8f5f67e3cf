import { useTranslation } from 'react-i18next'
import './panel.css'

const widths = ['72%', '48%', '86%', '60%', '78%', '40%', '66%', '54%']

// What a list or a page will look like, before it is there.
export function Skeleton({ lines = 6 }: { lines?: number }) {
  return (
    <div className="bj-skeleton" aria-hidden="true">
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} style={{ width: widths[line % widths.length] }} />
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
