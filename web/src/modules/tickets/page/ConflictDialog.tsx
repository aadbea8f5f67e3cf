import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from '@/api/store'
import { listed } from '@/parts/names'
import { sayFailed } from '@/parts/problems'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { type Conflict, conflict, type Field } from './conflict'
import { sendPatch } from './usePatch'
import { refreshTicket, type Ticket } from './useTicket'

// The second of two people who changed the same: both values, and the choice is his.
export function ConflictDialog({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation('tickets')
  const found = useStore(conflict)
  useEffect(() => () => conflict.set(null), [])
  const wordsOf = useWordsOf()
  if (!found || found.now.id !== ticket.id) return null
  const close = () => conflict.set(null)
  const takeMine = async () => {
    close()
    await sendPatch(ticket.id, found.patch, found.now.version).catch(sayFailed)
    await refreshTicket(ticket.id)
  }
  return (
    <Dialog
      title={t('conflict.title')}
      onClose={close}
      onSubmit={() => void takeMine()}
      footer={
        <>
          <Button onClick={close}>{t('conflict.theirs')}</Button>
          <Button type="submit" kind="primary">
            {t('conflict.mine')}
          </Button>
        </>
      }
    >
      <table className="bj-conflict">
        <thead>
          <tr>
            <th />
            <th>{t('conflict.now')}</th>
            <th>{t('conflict.yours')}</th>
          </tr>
        </thead>
        <tbody>
          {found.fields.map((field) => (
            <tr key={field}>
              <th scope="row">{t(`fields.${field}`, { defaultValue: field })}</th>
              <td>{wordsOf(found, field, 'theirs')}</td>
              <td>{wordsOf(found, field, 'mine')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Dialog>
  )
}

const coded = { priority: 'words:priority', severity: 'severity', impact: 'impact' } as const

function useWordsOf() {
  const { t, i18n } = useTranslation(['tickets', 'words'])
  const names = (now: Ticket, field: string): string | null | undefined => {
    const known = now.names as Record<string, string | null | undefined>
    return known[field] ?? known[`${field}_${i18n.language === 'en' ? 'en' : 'zh'}`]
  }
  return (found: Conflict, field: Field, whose: 'theirs' | 'mine'): string => {
    const { now, patch, words } = found
    const value = whose === 'mine' ? patch[field] : now[field]
    const ofRecord = whose === 'mine' ? words : names(now, field)
    if (value === null || value === undefined || value === '') return t('none')
    if (field in coded) return t(`${coded[field as keyof typeof coded]}.${value}`)
    if (field === 'custom') {
      const keys = Object.keys(patch.custom ?? {})
      return listed(keys.map((key) => String((value as Record<string, unknown>)[key] ?? '')))
    }
    if (Array.isArray(value)) return listed(value)
    return typeof value === 'number' ? (ofRecord ?? String(value)) : String(value)
  }
}
