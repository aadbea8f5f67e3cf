import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask, type Schemas } from '@/api/client'
import { asProblem } from '@/api/problem'
import { fieldTexts, reasonText } from '@/parts/problems'
import { done } from '@/parts/undo'
import { useUploads } from '@/parts/useUploads'
import { Button } from '@/ui/Button'
import { SegmentsField } from '@/ui/choices'
import { Dialog } from '@/ui/Dialog'
import { TextAreaField, TextField } from '@/ui/Field'
import { Banner } from '@/ui/Panel'
import { Picker } from '@/ui/Picker'
import { AttachButton, ComposerFiles } from './ComposerParts'
import { refreshTicket, type Ticket } from './useTicket'

type Kind = Exclude<Schemas['NewEvidence']['kind'], 'waiver'>

const kinds: readonly Kind[] = [
  'diagnosis',
  'original_configuration',
  'backup',
  'solution',
  'test',
  'appointment',
  'signature',
]

export function EvidenceDialog({ ticket, onClose }: { ticket: Ticket; onClose: () => void }) {
  const { t } = useTranslation('tickets')
  const [kind, setKind] = useState<Kind>('diagnosis')
  const [body, setBody] = useState('')
  const [passed, setPassed] = useState(true)
  const [starts, setStarts] = useState('')
  const uploads = useUploads()
  const add = useMutation({
    mutationFn: () =>
      ask(
        api.POST('/tickets/{id}/evidence', {
          params: { path: { id: ticket.id } },
          body: {
            kind,
            body,
            files: uploads.files,
            passed: kind === 'test' ? passed : null,
            starts_at: kind === 'appointment' && starts ? new Date(starts).toISOString() : null,
          },
        }),
      ),
    onSuccess: () => {
      done(t('evidence.kept'))
      onClose()
    },
    onSettled: () => refreshTicket(ticket.id),
  })
  const wrong = add.error ? fieldTexts(add.error) : {}
  const arrived = uploads.uploads.flatMap((one) => (one.file ? [one.file] : []))
  return (
    <Dialog
      title={t('evidence.add')}
      onClose={onClose}
      onSubmit={() => add.mutate()}
      footer={
        <>
          <span className="bj-dialog-aside">
            <AttachButton onFiles={uploads.add} />
          </span>
          <Button type="submit" kind="primary" pending={add.isPending} disabled={uploads.pending}>
            {t('evidence.keep')}
          </Button>
        </>
      }
    >
      <div className="bj-form" {...uploads.handlers}>
        {add.error && Object.keys(wrong).length === 0 && (
          <Banner tone="danger">{reasonText(asProblem(add.error).reason)}</Banner>
        )}
        <Picker
          label={t('evidence.what')}
          value={kind}
          options={kinds.map((one) => ({ value: one, label: t(`evidence.${one}`) }))}
          onValue={(value) => setKind(value ?? 'diagnosis')}
        />
        {kind === 'appointment' && (
          <TextField
            required
            type="datetime-local"
            label={t('need.starts_at')}
            value={starts}
            onValue={setStarts}
            problem={wrong.starts_at}
          />
        )}
        <TextAreaField
          autoFocus
          required
          label={t('evidence.text')}
          value={body}
          onValue={setBody}
          problem={wrong.body}
        />
        {kind === 'test' && (
          <SegmentsField
            label={t('need.test_passed')}
            value={passed ? 'yes' : 'no'}
            choices={[
              { value: 'yes', label: t('need.passed') },
              { value: 'no', label: t('need.failed') },
            ]}
            onValue={(value) => setPassed(value === 'yes')}
          />
        )}
        <ComposerFiles
          files={arrived}
          uploads={uploads}
          onRemove={(id) => {
            const gone = uploads.uploads.find((one) => one.file?.id === id)
            if (gone) uploads.remove(gone.key)
          }}
        />
      </div>
    </Dialog>
  )
}
