import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { asProblem } from '@/api/problem'
import { CustomFieldInput } from '@/parts/CustomFieldInput'
import { useServiceTypes } from '@/parts/catalogue'
import type { CustomField } from '@/parts/customFields'
import { either, nameOf } from '@/parts/names'
import { fieldTexts, reasonText } from '@/parts/problems'
import { RecordField, type Values } from '@/parts/RecordField'
import { done } from '@/parts/undo'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { Banner, Panel } from '@/ui/Panel'
import './catalogue.css'

const kinds = ['text', 'lines', 'number', 'choice', 'multi_choice', 'date', 'boolean', 'link']

export interface FieldDialogProps {
  field: CustomField | null
  others: readonly CustomField[]
  save: (field: CustomField | null, values: Values) => Promise<unknown>
  onSaved: () => void
  onClose: () => void
}

// "key = 中文 = English", a line each: how options are written here.
function optionLines(field: CustomField | null): string {
  return (field?.options ?? [])
    .map((one) => `${one.key} = ${one.label_zh} = ${one.label_en}`)
    .join('\n')
}

export function optionsIn(text: string) {
  return text
    .split('\n')
    .map((line) => line.split('=').map((part) => part.trim()))
    .filter(([key]) => key)
    .map(([key = '', zh = key, en = zh]) => ({ key, label_zh: zh, label_en: en }))
}

function useFieldForm(field: CustomField | null) {
  const [values, setValues] = useState<Values>({
    kind: 'text',
    ...field,
    options: optionLines(field),
    show_field: field?.show_if?.field ?? null,
    show_equals: field?.show_if?.equals ?? '',
  })
  const { options, show_field, show_equals, ...plain } = values
  const body: Values = {
    ...plain,
    options: optionsIn(String(options ?? '')),
    show_if: show_field ? { field: show_field, equals: String(show_equals ?? '') } : null,
  }
  delete body.id
  delete body.version
  if (field) {
    delete body.key
    delete body.kind
  } else delete body.active
  return { values, setValues, body }
}

export function FieldDialog({ field, others, save, onSaved, onClose }: FieldDialogProps) {
  const { t } = useTranslation('catalogue')
  const types = useServiceTypes()
  const { values, setValues, body } = useFieldForm(field)
  const keep = useMutation({
    mutationFn: () => save(field, body),
    onSuccess: () => {
      done(t('saved'))
      onSaved()
      onClose()
    },
  })
  const wrong = keep.error ? fieldTexts(keep.error) : {}
  const name = (key: string) => t(`field.${key}`)
  const line = (key: string, more: object = {}) => (
    <RecordField
      key={key}
      field={{ key, label: name(key), ...more }}
      value={values[key]}
      problem={wrong[key]}
      onValue={(value) => setValues((before) => ({ ...before, [key]: value }))}
    />
  )
  const isChoice = values.kind === 'choice' || values.kind === 'multi_choice'
  const preview = { ...values, ...body, id: 0, version: 0, sort: 0, key: 'preview' } as CustomField
  return (
    <Dialog
      title={field ? either(field.label_zh, field.label_en) : t('add_field')}
      width={720}
      onClose={onClose}
      onSubmit={() => keep.mutate()}
      footer={
        <Button type="submit" kind="primary" pending={keep.isPending}>
          {t('keep')}
        </Button>
      }
    >
      <div className="bj-field-dialog">
        <div className="bj-form">
          {keep.error && <Banner tone="danger">{reasonText(asProblem(keep.error).reason)}</Banner>}
          {!field && line('key', { required: true, hint: t('hint.key') })}
          {!field &&
            line('kind', {
              kind: 'pick',
              required: true,
              options: kinds.map((one) => ({ value: one, label: t(`kind.${one}`) })),
            })}
          {line('label_zh', { required: true })}
          {line('label_en', { required: true })}
          {line('hint_zh')}
          {line('hint_en')}
          {isChoice && line('options', { kind: 'lines', hint: t('hint.options') })}
          {line('required', { kind: 'switch' })}
          {line('staff_only', { kind: 'switch' })}
          {line('service_types', {
            kind: 'several',
            hint: t('hint.service_types'),
            options: types.map((type) => ({ value: type.id, label: nameOf(type) })),
          })}
          {line('show_field', {
            kind: 'pick',
            options: others
              .filter((other) => other.id !== field?.id)
              .map((other) => ({
                value: other.key,
                label: either(other.label_zh, other.label_en),
              })),
          })}
          {values.show_field ? line('show_equals') : null}
          {field && line('active', { kind: 'switch' })}
        </div>
        <Panel title={t('preview')}>
          <FieldPreview field={preview} />
        </Panel>
      </div>
    </Dialog>
  )
}

// As it will stand in the form, while it is being described.
function FieldPreview({ field }: { field: CustomField }) {
  const { t } = useTranslation('catalogue')
  const [value, setValue] = useState<unknown>(null)
  if (!field.label_zh && !field.label_en) return <p className="bj-count">{t('preview_empty')}</p>
  return <CustomFieldInput key={field.kind} field={field} value={value} onValue={setValue} />
}
