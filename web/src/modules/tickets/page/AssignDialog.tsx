import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useTeams } from '@/parts/catalogue'
import { findPeople } from '@/parts/lookups'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { TextAreaField } from '@/ui/Field'
import { Picker } from '@/ui/Picker'
import { type Ticket, useAssign } from './useTicket'

// To whom it goes, and what the next one has to know.
export function AssignDialog({ ticket, onClose }: { ticket: Ticket; onClose: () => void }) {
  const { t } = useTranslation('tickets')
  const teams = useTeams()
  const assign = useAssign(ticket)
  const [assignee, setAssignee] = useState(ticket.assignee ?? null)
  const [team, setTeam] = useState(ticket.team ?? null)
  const [note, setNote] = useState('')
  const submit = () =>
    assign.mutate(
      {
        ...(assignee !== (ticket.assignee ?? null) && { assignee }),
        ...(team !== (ticket.team ?? null) && { team }),
        hand_over_note: note.trim() || null,
      },
      { onSuccess: onClose },
    )
  return (
    <Dialog
      title={t('assign.title')}
      onClose={onClose}
      onSubmit={submit}
      footer={
        <Button type="submit" kind="primary" pending={assign.isPending}>
          {t('assign.submit')}
        </Button>
      }
    >
      <div className="bj-form">
        <Picker
          autoFocus
          clearable
          label={t('fields.assignee')}
          value={assignee}
          text={ticket.names.assignee}
          options={findPeople}
          onValue={setAssignee}
        />
        <Picker
          clearable
          label={t('fields.team')}
          value={team}
          text={ticket.names.team}
          options={teams.map((one) => ({ value: one.id, label: one.name }))}
          onValue={setTeam}
        />
        <TextAreaField
          label={t('assign.note')}
          hint={t('assign.note_hint')}
          value={note}
          onValue={setNote}
          maxLength={4000}
        />
      </div>
    </Dialog>
  )
}
