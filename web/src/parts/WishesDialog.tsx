import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import { RecordDialog } from './RecordDialog'
import type { FieldShape } from './RecordField'

type Wishes = Schemas['Preferences']

const channels = ['phone', 'email', 'wechat', 'sms', 'portal', 'chat', 'visit'] as const

export interface WishesDialogProps {
  wishes: Wishes
  save: (wishes: Wishes) => Promise<unknown>
  onSaved?: () => void
  onClose: () => void
}

// How somebody wants to be served, written down (CUS-5).
export function WishesDialog({ wishes, save, onSaved, onClose }: WishesDialogProps) {
  const { t } = useTranslation('parts')
  const fields: FieldShape[] = [
    { key: 'form_of_address', label: t('wish.address_label'), hint: t('wish.address_hint') },
    {
      key: 'channel',
      label: t('wish.channel_label'),
      kind: 'pick',
      options: channels.map((one) => ({ value: one, label: t(`wish.by.${one}`) })),
    },
    {
      key: 'telling',
      label: t('wish.telling_label'),
      kind: 'pick',
      options: (['answer_first', 'reasons_first'] as const).map((one) => ({
        value: one,
        label: t(`wish.telling.${one}`),
      })),
    },
    { key: 'quiet_from', label: t('wish.quiet_from'), hint: t('wish.quiet_hint') },
    { key: 'quiet_to', label: t('wish.quiet_to') },
    {
      key: 'not_to_ask_twice',
      label: t('wish.once_label'),
      kind: 'lines',
      hint: t('wish.a_line_each'),
    },
    {
      key: 'please_do_not',
      label: t('wish.never_label'),
      kind: 'lines',
      hint: t('wish.a_line_each'),
    },
  ]
  const lines = (text: unknown) =>
    String(text ?? '')
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean)
  return (
    <RecordDialog
      title={t('wish.title')}
      fields={fields}
      initial={{
        ...wishes,
        not_to_ask_twice: wishes.not_to_ask_twice?.join('\n') ?? '',
        please_do_not: wishes.please_do_not?.join('\n') ?? '',
      }}
      onClose={onClose}
      save={(values) =>
        save({
          ...wishes,
          ...(values as Wishes),
          not_to_ask_twice: lines(values.not_to_ask_twice),
          please_do_not: lines(values.please_do_not),
        })
      }
      onSaved={onSaved}
    />
  )
}
