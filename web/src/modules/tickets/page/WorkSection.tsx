import { IconPlayerPlay, IconPlayerStop, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask } from '@/api/client'
import { one } from '@/api/keys'
import { duration } from '@/parts/time'
import { IconButton } from '@/ui/Button'
import { Section } from '@/ui/Panel'
import { onTick } from '@/ui/ticker'
import type { Ticket } from './useTicket'
import { WorkDialog, type WorkLine } from './WorkDialog'

// More of them are in the archive record; here one sees what was done last.
const shown = 5

const minute = 60_000

function running(ticket: number): string {
  return `baijin.work.${ticket}`
}

// The time that was spent, and a clock for the time that is being spent.
export function WorkSection({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation('tickets')
  const [logging, setLogging] = useState<{ from: number; minutes: number } | null>(null)
  const [changing, setChanging] = useState<WorkLine | null>(null)
  const clock = useClock(ticket.id)
  const params = { path: { id: ticket.id } }
  const query = useQuery({
    queryKey: one('ticket', ticket.id, 'work'),
    queryFn: ({ signal }) => ask(api.GET('/tickets/{id}/work-logs', { params, signal })),
  })
  const mayWork = ticket.allowed?.includes('note') ?? false
  const totals = query.data?.totals
  if (!mayWork && !totals?.entries) return null
  const stop = () => {
    const from = clock.stop()
    setLogging({ from, minutes: Math.max(1, Math.round((Date.now() - from) / minute)) })
  }
  return (
    <Section
      title={t('work.title')}
      actions={
        mayWork && (
          <span className="bj-ticket-line">
            {clock.from === null ? (
              <IconButton
                size={26}
                label={t('work.start')}
                icon={IconPlayerPlay}
                onClick={clock.start}
              />
            ) : (
              <>
                <span className="bj-numbers">{duration(clock.now - clock.from)}</span>
                <IconButton size={26} label={t('work.stop')} icon={IconPlayerStop} onClick={stop} />
              </>
            )}
            <IconButton
              size={26}
              label={t('work.add')}
              icon={IconPlus}
              onClick={() => setLogging({ from: Date.now() - 15 * minute, minutes: 15 })}
            />
          </span>
        )
      }
    >
      <ul className="bj-side-list-plain">
        {(query.data?.items ?? []).slice(0, shown).map((line) => (
          <li key={line.id} className="bj-side-item">
            <button
              type="button"
              className="bj-inline bj-side-item-text"
              title={line.note || t('work.change')}
              disabled={!mayWork}
              onClick={() => setChanging(line)}
            >
              {t(`work.kind.${line.kind}`)} · {line.member_name}
            </button>
            <small className="bj-numbers">{t('minutes', { count: line.minutes })}</small>
          </li>
        ))}
      </ul>
      {totals && totals.entries > 0 && (
        <p className="bj-count">
          {t('work.total', { minutes: totals.minutes, billable: totals.billable_minutes })}
        </p>
      )}
      {logging && <WorkDialog ticket={ticket} begun={logging} onClose={() => setLogging(null)} />}
      {changing && <WorkDialog ticket={ticket} line={changing} onClose={() => setChanging(null)} />}
    </Section>
  )
}

// It goes on while one looks at other tickets, and after the browser was closed.
function useClock(ticket: number) {
  const [from, setFrom] = useState<number | null>(() => {
    const kept = Number(localStorage.getItem(running(ticket)))
    return kept > 0 ? kept : null
  })
  const [now, setNow] = useState(Date.now)
  useEffect(() => (from === null ? undefined : onTick(setNow)), [from])
  return {
    from,
    now,
    start: () => {
      const begun = Date.now()
      localStorage.setItem(running(ticket), String(begun))
      setNow(begun)
      setFrom(begun)
    },
    stop: () => {
      localStorage.removeItem(running(ticket))
      setFrom(null)
      return from ?? Date.now()
    },
  }
}
