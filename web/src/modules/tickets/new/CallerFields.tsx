import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '@/api/use_me'
import { findCustomers } from '@/parts/lookups'
import { fieldTexts, sayFailed } from '@/parts/problems'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { TextField } from '@/ui/Field'
import { Picker } from '@/ui/Picker'
import { addCaller, type Caller, callerOf, findCallers, looksLikePhone } from './caller'

export interface CallerFieldsProps {
  caller: Caller | null
  onCaller: (caller: Caller | null) => void
  problem?: string
}

export function CallerFields({ caller, onCaller, problem }: CallerFieldsProps) {
  const { t } = useTranslation('tickets')
  const may = useMay()
  const [unknown, setUnknown] = useState<string | null>(null)
  const shown = caller && [caller.contactName, caller.customerName].filter(Boolean).join(' · ')
  return (
    <>
      <Picker
        autoFocus
        clearable
        label={t('new.call')}
        hint={t('new.caller_hint')}
        placeholder={t('new.caller')}
        value={caller?.contact ?? null}
        text={shown}
        options={findCallers}
        onValue={(id) => onCaller(callerOf(id))}
        onCreate={may('customers.manage') ? setUnknown : undefined}
        problem={problem}
      />
      {unknown !== null && (
        <NewCallerDialog
          typed={unknown}
          onClose={() => setUnknown(null)}
          onMade={(made) => {
            onCaller(made)
            setUnknown(null)
          }}
        />
      )}
    </>
  )
}

interface NewCallerDialogProps {
  typed: string
  onClose: () => void
  onMade: (caller: Caller) => void
}

function NewCallerDialog({ typed, onClose, onMade }: NewCallerDialogProps) {
  const { t } = useTranslation('tickets')
  const [name, setName] = useState(looksLikePhone(typed) ? '' : typed)
  const [phone, setPhone] = useState(looksLikePhone(typed) ? typed : '')
  const [customer, setCustomer] = useState<number | null>(null)
  const [organisation, setOrganisation] = useState('')
  const add = useMutation({
    mutationFn: () => addCaller({ name, phone, customer, organisation }),
    onError: (error) => {
      if (Object.keys(fieldTexts(error)).length === 0) sayFailed(error)
    },
    onSuccess: onMade,
  })
  const wrong = add.error ? fieldTexts(add.error) : {}
  return (
    <Dialog
      title={t('new.unknown')}
      onClose={onClose}
      onSubmit={() => add.mutate()}
      footer={
        <Button type="submit" kind="primary" pending={add.isPending} disabled={!name.trim()}>
          {t('new.create')}
        </Button>
      }
    >
      <div className="bj-form">
        <TextField
          autoFocus
          required
          label={t('new.contact_name')}
          value={name}
          onValue={setName}
          problem={wrong.name}
        />
        <TextField
          type="tel"
          label={t('new.phone')}
          value={phone}
          onValue={setPhone}
          problem={wrong.phone}
        />
        <Picker
          clearable
          label={t('new.organisation')}
          value={customer}
          text={organisation || undefined}
          options={findCustomers}
          onValue={(id, option) => {
            setCustomer(id)
            setOrganisation(option?.label ?? '')
          }}
          onCreate={setOrganisation}
          hint={
            customer === null && organisation
              ? t('new.new_organisation', { name: organisation })
              : undefined
          }
        />
      </div>
    </Dialog>
  )
}
