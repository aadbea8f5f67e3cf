import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import { asProblem } from '@/api/problem'
import { fieldTexts, reasonText } from '@/parts/problems'
import { done } from '@/parts/undo'
import { Button } from '@/ui/Button'
import { SegmentsField } from '@/ui/choices'
import { Dialog } from '@/ui/Dialog'
import { TextAreaField, TextField } from '@/ui/Field'
import { Banner } from '@/ui/Panel'

type Wishes = Schemas['Preferences']
type Page = Schemas['PreferencesPage']
type Written = Omit<Wishes, 'not_to_ask_twice' | 'please_do_not'> & { once: string; never: string }

const channels = ['phone', 'email', 'wechat', 'sms', 'portal'] as const
const nothing = 'none'

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
}

export interface WishesFormProps {
  wishes: Wishes
  save: (wishes: Wishes) => Promise<Page>
  onSaved: (page: Page) => void
  onClose: () => void
}

// How I want to be served, said by myself.
export default function WishesForm({ wishes, save, onSaved, onClose }: WishesFormProps) {
  const { t } = useTranslation(['portal', 'parts'])
  const { not_to_ask_twice, please_do_not, ...rest } = wishes
  const [written, setWritten] = useState<Written>({
    ...rest,
    once: (not_to_ask_twice ?? []).join('\n'),
    never: (please_do_not ?? []).join('\n'),
  })
  const put = (patch: Partial<Written>) => setWritten((before) => ({ ...before, ...patch }))
  const keep = useMutation({
    mutationFn: () => {
      const { once, never, ...said } = written
      const empty = (text?: string | null) => text?.trim() || null
      return save({
        ...said,
        form_of_address: empty(said.form_of_address),
        quiet_from: empty(said.quiet_from),
        quiet_to: empty(said.quiet_to),
        not_to_ask_twice: linesOf(once),
        please_do_not: linesOf(never),
      })
    },
    onSuccess: (page) => {
      done(t('parts:saved'))
      onSaved(page)
      onClose()
    },
  })
  const wrong = keep.error ? fieldTexts(keep.error) : {}
  return (
    <Dialog
      title={t('wishes')}
      onClose={onClose}
      onSubmit={() => keep.mutate()}
      footer={
        <Button type="submit" kind="primary" size="large" pending={keep.isPending}>
          {t('parts:keep')}
        </Button>
      }
    >
      <div className="bj-form">
        {keep.error && Object.keys(wrong).length === 0 && (
          <Banner tone="danger">{reasonText(asProblem(keep.error).reason)}</Banner>
        )}
        <WishFields written={written} put={put} wrong={wrong} />
      </div>
    </Dialog>
  )
}

interface WishFieldsProps {
  written: Written
  put: (patch: Partial<Written>) => void
  wrong: Record<string, string>
}

function WishFields({ written, put, wrong }: WishFieldsProps) {
  const { t } = useTranslation(['portal', 'parts'])
  const any = { value: nothing, label: t('any') }
  const given = <V extends string>(value: V | typeof nothing) => (value === nothing ? null : value)
  return (
    <>
      <TextField
        label={t('parts:wish.address_label')}
        hint={t('parts:wish.address_hint')}
        value={written.form_of_address ?? ''}
        maxLength={40}
        problem={wrong.form_of_address}
        onValue={(form_of_address) => put({ form_of_address })}
      />
      <SegmentsField<(typeof channels)[number] | typeof nothing>
        label={t('parts:wish.channel_label')}
        value={(written.channel as (typeof channels)[number]) ?? nothing}
        choices={[
          { ...any, value: nothing },
          ...channels.map((value) => ({ value, label: t(`channel.${value}`) })),
        ]}
        onValue={(value) => put({ channel: given(value) })}
      />
      <SegmentsField<'answer_first' | 'reasons_first' | typeof nothing>
        label={t('parts:wish.telling_label')}
        value={written.telling ?? nothing}
        choices={[
          { ...any, value: nothing },
          ...(['answer_first', 'reasons_first'] as const).map((value) => ({
            value,
            label: t(`telling.${value}`),
          })),
        ]}
        onValue={(value) => put({ telling: given(value) })}
      />
      <SegmentsField<'zh-CN' | 'en' | typeof nothing>
        label={t('language')}
        value={(written.language as 'zh-CN' | 'en') ?? nothing}
        choices={[
          { ...any, value: nothing },
          { value: 'zh-CN', label: t('languages.zh') },
          { value: 'en', label: t('languages.en') },
        ]}
        onValue={(value) => put({ language: given(value) })}
      />
      <div className="bj-form-row">
        <TextField
          type="time"
          label={t('parts:wish.quiet_from')}
          value={written.quiet_from ?? ''}
          problem={wrong.quiet_from}
          onValue={(quiet_from) => put({ quiet_from })}
        />
        <TextField
          type="time"
          label={t('parts:wish.quiet_to')}
          value={written.quiet_to ?? ''}
          problem={wrong.quiet_to}
          onValue={(quiet_to) => put({ quiet_to })}
        />
      </div>
      <TextAreaField
        label={t('parts:wish.once_label')}
        hint={t('once_hint')}
        value={written.once}
        problem={wrong.not_to_ask_twice}
        onValue={(once) => put({ once })}
      />
      <TextAreaField
        label={t('parts:wish.never_label')}
        hint={t('never_hint')}
        value={written.never}
        problem={wrong.please_do_not}
        onValue={(never) => put({ never })}
      />
    </>
  )
}
