import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask, type Schemas } from '@/api/client'
import { asProblem } from '@/api/problem'
import { useMe } from '@/api/use_me'
import { fieldTexts, reasonText } from '@/parts/problems'
import { Button } from '@/ui/Button'
import { Checkbox, Segments, SegmentsField } from '@/ui/choices'
import { Dialog } from '@/ui/Dialog'
import { TextField } from '@/ui/Field'
import { Banner } from '@/ui/Panel'

const lifetimes = ['7', '30', '90', '365'] as const
type Lifetime = (typeof lifetimes)[number]
const daySeconds = 86_400

export interface NewTokenDialogProps {
  onClose: () => void
  onIssued: (token: Schemas['IssuedToken']) => void
}

// A name, what it may do of what one may do oneself, and how long.
export function NewTokenDialog({ onClose, onIssued }: NewTokenDialogProps) {
  const { t } = useTranslation(['app', 'rights'])
  const own = useMe().rights ?? []
  const [name, setName] = useState('')
  const [days, setDays] = useState<Lifetime>('90')
  const [extent, setExtent] = useState<'some' | 'all'>('some')
  const [chosen, setChosen] = useState<string[]>([])
  const issue = useMutation({
    mutationFn: () =>
      ask(
        api.POST('/tokens', {
          body: {
            name,
            scopes: extent === 'all' ? ['*'] : chosen,
            lifetime_seconds: Number(days) * daySeconds,
          },
        }),
      ),
    onSuccess: onIssued,
  })
  const wrong = issue.error ? fieldTexts(issue.error) : {}
  const toggle = (right: string, isOn: boolean) =>
    setChosen(isOn ? [...chosen, right] : chosen.filter((one) => one !== right))
  return (
    <Dialog
      title={t('app:own.tokens.add')}
      onClose={onClose}
      onSubmit={() => issue.mutate()}
      footer={
        <Button type="submit" kind="primary" pending={issue.isPending}>
          {t('app:own.tokens.issue')}
        </Button>
      }
    >
      <div className="bj-form">
        {issue.error && Object.keys(wrong).length === 0 && (
          <Banner tone="danger">{reasonText(asProblem(issue.error).reason)}</Banner>
        )}
        <TextField
          label={t('app:own.tokens.name')}
          hint={t('app:own.tokens.name_hint')}
          value={name}
          onValue={setName}
          problem={wrong.name}
          required
        />
        <SegmentsField<Lifetime>
          label={t('app:own.tokens.lasts')}
          value={days}
          onValue={setDays}
          choices={lifetimes.map((value) => ({
            value,
            label: t('app:own.tokens.days', { count: Number(value) }),
          }))}
        />
        <fieldset className="bj-own-scopes">
          <legend className="bj-input-label">{t('app:own.tokens.may')}</legend>
          <Segments<'some' | 'all'>
            label={t('app:own.tokens.may')}
            value={extent}
            onValue={setExtent}
            choices={(['some', 'all'] as const).map((value) => ({
              value,
              label: t(`app:own.tokens.extent.${value}`),
            }))}
          />
          {wrong.scopes && (
            <p className="bj-input-problem" role="alert">
              {wrong.scopes}
            </p>
          )}
          {extent === 'some' &&
            own.map((right) => (
              <Checkbox
                key={right}
                label={t(`rights:${right}`, { defaultValue: right })}
                checked={chosen.includes(right)}
                onChecked={(isOn) => toggle(right, isOn)}
              />
            ))}
        </fieldset>
      </div>
    </Dialog>
  )
}
