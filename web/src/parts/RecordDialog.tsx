import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { asProblem } from '@/api/problem'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { Banner } from '@/ui/Panel'
import { fieldTexts, reasonText } from './problems'
import { type FieldShape, RecordField, type Values } from './RecordField'
import { done } from './undo'

export interface RecordDialogProps {
  title: string
  fields: readonly FieldShape[]
  initial: Values
  // Only what differs from `initial` is given when `changesOnly` is set: for PATCH.
  changesOnly?: boolean
  save: (values: Values) => Promise<unknown>
  onSaved?: (answer: unknown) => void
  onClose: () => void
  // Beside the button that saves: delete, retire.
  aside?: ReactNode
  width?: number
}

function changed(values: Values, initial: Values): Values {
  return Object.fromEntries(
    Object.entries(values).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(initial[name]),
    ),
  )
}

// The form of an ordinary record: one field under the other, what the server refuses on the field
// it is about. An empty text is sent as null.
export function RecordDialog(props: RecordDialogProps) {
  const { title, fields, initial, changesOnly, onClose, width } = props
  const { t } = useTranslation('parts')
  const [values, setValues] = useState<Values>(initial)
  const save = useMutation({
    mutationFn: () => {
      const plain = Object.fromEntries(
        Object.entries(values).map(([name, value]) => [name, value === '' ? null : value]),
      )
      return props.save(changesOnly ? changed(plain, initial) : plain)
    },
    onSuccess: (answer) => {
      done(t('saved'))
      onClose()
      props.onSaved?.(answer)
    },
  })
  const wrong = save.error ? fieldTexts(save.error) : {}
  const shown = new Set(fields.map((field) => field.key))
  const elsewhere = save.error && !Object.keys(wrong).some((name) => shown.has(name))
  return (
    <Dialog
      title={title}
      width={width}
      onClose={onClose}
      onSubmit={() => save.mutate()}
      footer={
        <>
          {props.aside && <span className="bj-dialog-aside">{props.aside}</span>}
          <Button type="submit" kind="primary" pending={save.isPending}>
            {t('keep')}
          </Button>
        </>
      }
    >
      <div className="bj-form">
        {elsewhere && (
          <Banner tone="danger">
            {Object.values(wrong)[0] ?? reasonText(asProblem(save.error).reason)}
          </Banner>
        )}
        {fields
          .filter((field) => !field.when || field.when(values))
          .map((field, at) => (
            <RecordField
              key={field.key}
              field={field}
              first={at === 0}
              value={values[field.key]}
              problem={wrong[field.key]}
              onValue={(value) => setValues((before) => ({ ...before, [field.key]: value }))}
            />
          ))}
      </div>
    </Dialog>
  )
}
