import { useTranslation } from 'react-i18next'
import { listed } from '@/parts/names'
import { changedFields, changeOf } from './story'
import { useStateNames } from './useStateNames'
import type { StoryItem } from './useTicket'

// What the desk did, in a sentence.
export function SystemText({ item }: { item: StoryItem }) {
  const { t } = useTranslation(['tickets', 'words'])
  const stateName = useStateNames()
  const who = item.actor_name || t('tickets:system.desk')
  const state = changeOf(item, 'state')
  const name = item.what.replace(/^(tickets|mail)\./, '')
  if (name === 'moved' || name === 'closed' || name === 'reopened') {
    const to = state ? stateName(String(state[1])) : ''
    const reason = (item.details as { reason?: string }).reason
    return (
      <>
        {t(`tickets:system.${name}`, { who, to })}
        {reason ? ` — ${reason}` : ''}
      </>
    )
  }
  if (name === 'changed') {
    const priority = changeOf(item, 'priority')
    if (priority && changedFields(item).length === 1) {
      const to = t(`words:priority.${String(priority[1])}`)
      return <>{t('tickets:system.priority', { who, to })}</>
    }
    const fields = changedFields(item).map((field) =>
      t(`tickets:fields.${field}`, { defaultValue: t('tickets:fields.other') }),
    )
    return <>{t('tickets:system.changed', { who, fields: listed([...new Set(fields)]) })}</>
  }
  return (
    <>{t(`tickets:system.${name}`, { who, defaultValue: t('tickets:system.other', { who }) })}</>
  )
}
