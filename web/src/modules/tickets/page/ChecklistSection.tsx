import { IconDotsVertical } from '@tabler/icons-react'
import { type FormEvent, type KeyboardEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '@/api/use_me'
import { findPeople } from '@/parts/lookups'
import { moved } from '@/parts/moved'
import { Button, IconButton } from '@/ui/Button'
import { Checkbox } from '@/ui/choices'
import { Dialog } from '@/ui/Dialog'
import { Menu } from '@/ui/Menu'
import { Section } from '@/ui/Panel'
import { Picker } from '@/ui/Picker'
import { type ChecklistItem, useChecklist } from './useChecklist'
import type { Ticket } from './useTicket'

type Checklist = ReturnType<typeof useChecklist>

// Small steps inside the ticket.
export function ChecklistSection({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation('tickets')
  const checklist = useChecklist(ticket)
  const mayWork = ticket.allowed?.includes('note') ?? false
  const { items } = checklist
  if (items.length === 0 && !mayWork) return null
  const ticked = items.filter((item) => item.done).length
  return (
    <Section
      title={t('checklist.title')}
      actions={
        items.length > 0 && (
          <span className="bj-count bj-numbers">
            {ticked} / {items.length}
          </span>
        )
      }
    >
      <ul className="bj-side-list-plain">
        {items.map((item, at) => (
          <ItemLine key={item.id} item={item} at={at} checklist={checklist} mayWork={mayWork} />
        ))}
      </ul>
      {mayWork && <AddItem onAdd={checklist.add} />}
    </Section>
  )
}

function AddItem({ onAdd }: { onAdd: (title: string) => void }) {
  const { t } = useTranslation('tickets')
  const [typed, setTyped] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!typed.trim()) return
    onAdd(typed.trim())
    setTyped('')
  }
  return (
    <form onSubmit={submit}>
      <input
        className="bj-input"
        aria-label={t('checklist.add')}
        placeholder={t('checklist.add')}
        maxLength={300}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
    </form>
  )
}

interface ItemLineProps {
  item: ChecklistItem
  at: number
  checklist: Checklist
  mayWork: boolean
}

function ItemLine({ item, at, checklist, mayWork }: ItemLineProps) {
  const { t } = useTranslation('tickets')
  const me = useMe()
  const [assigning, setAssigning] = useState(false)
  const { items, change, order, remove } = checklist
  const to = (place: number) => order(moved(items, at, place))
  const assign = (assignee: number | null, name: string | null) =>
    change({ id: item.id, patch: { assignee }, shown: { assignee_name: name } })
  // With the line under the cursor, Alt and an arrow move it.
  const hear = (event: KeyboardEvent) => {
    if (!event.altKey || !/^Arrow(Up|Down)$/.test(event.key)) return
    event.preventDefault()
    to(event.key === 'ArrowUp' ? at - 1 : at + 1)
  }
  return (
    <li className="bj-side-item" onKeyDown={mayWork ? hear : undefined}>
      <span className="bj-side-item-text bj-side-item-wraps">
        <Checkbox
          label={item.title}
          checked={item.done ?? false}
          disabled={!mayWork}
          onChecked={(ticked) => change({ id: item.id, patch: { done: ticked } })}
        />
      </span>
      <small>{item.done ? item.done_by_name : item.assignee_name}</small>
      {mayWork && (
        <Menu
          align="end"
          items={[
            { title: t('take_it'), run: () => assign(me.id, me.name) },
            { title: t('checklist.assign'), run: () => setAssigning(true) },
            { title: t('checklist.up'), disabled: at === 0, apart: true, run: () => to(at - 1) },
            {
              title: t('checklist.down'),
              disabled: at === items.length - 1,
              run: () => to(at + 1),
            },
            { title: t('checklist.drop'), danger: true, apart: true, run: () => remove(item) },
          ]}
        >
          <IconButton
            size={22}
            label={t('checklist.more', { title: item.title })}
            icon={IconDotsVertical}
          />
        </Menu>
      )}
      {assigning && (
        <AssignItem item={item} onClose={() => setAssigning(false)} onAssign={assign} />
      )}
    </li>
  )
}

interface AssignItemProps {
  item: ChecklistItem
  onAssign: (assignee: number | null, name: string | null) => void
  onClose: () => void
}

function AssignItem({ item, onAssign, onClose }: AssignItemProps) {
  const { t } = useTranslation('tickets')
  const [who, setWho] = useState<{ id: number | null; name: string | null }>({
    id: item.assignee ?? null,
    name: item.assignee_name ?? null,
  })
  const submit = () => {
    onAssign(who.id, who.name)
    onClose()
  }
  return (
    <Dialog
      title={item.title}
      width={420}
      onClose={onClose}
      onSubmit={submit}
      footer={
        <Button type="submit" kind="primary">
          {t('assign.submit')}
        </Button>
      }
    >
      <Picker
        autoFocus
        clearable
        label={t('fields.assignee')}
        value={who.id}
        text={who.name}
        options={findPeople}
        onValue={(id, option) => setWho({ id, name: option?.label ?? null })}
      />
    </Dialog>
  )
}
