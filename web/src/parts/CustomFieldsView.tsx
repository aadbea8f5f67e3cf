import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { Facts } from '@/ui/Panel'
import { CustomFieldInput } from './CustomFieldInput'
import { customFieldsQuery } from './catalogue'
import { type CustomField, type CustomValues, customText, fieldsFor } from './customFields'
import { either } from './names'

export interface CustomFieldsViewProps {
  serviceType: number
  product: number | null
  values: CustomValues
  // Without it they are only shown.
  onValue?: (key: string, value: unknown) => void
}

export function CustomFieldsView(props: CustomFieldsViewProps) {
  const { serviceType, product, values, onValue } = props
  const { t } = useTranslation('parts')
  const [editing, setEditing] = useState<CustomField | null>(null)
  const all = useQuery(customFieldsQuery).data ?? []
  const fields = fieldsFor(all, { serviceType, product, values })
  if (fields.length === 0) return null
  const wordOf = (field: CustomField) => {
    if (field.kind === 'boolean') return t(values[field.key] === true ? 'yes' : 'no')
    return customText(field, values[field.key])
  }
  return (
    <>
      <Facts
        facts={fields.map((field) => ({
          name: either(field.label_zh, field.label_en),
          value: (
            <button
              type="button"
              className="bj-inline"
              disabled={!onValue}
              onClick={() => setEditing(field)}
            >
              {wordOf(field) || <span className="bj-inline-none">{t('not_filled')}</span>}
            </button>
          ),
        }))}
      />
      {editing && onValue && (
        <EditField
          field={editing}
          value={values[editing.key]}
          onClose={() => setEditing(null)}
          onValue={(value) => onValue(editing.key, value)}
        />
      )}
    </>
  )
}

interface EditFieldProps {
  field: CustomField
  value: unknown
  onClose: () => void
  onValue: (value: unknown) => void
}

function EditField({ field, value, onClose, onValue }: EditFieldProps) {
  const { t } = useTranslation('parts')
  const [typed, setTyped] = useState(value)
  return (
    <Dialog
      title={either(field.label_zh, field.label_en)}
      width={420}
      onClose={onClose}
      onSubmit={() => {
        onValue(typed ?? null)
        onClose()
      }}
      footer={
        <Button type="submit" kind="primary">
          {t('keep')}
        </Button>
      }
    >
      <CustomFieldInput field={field} value={typed} onValue={setTyped} />
    </Dialog>
  )
}
