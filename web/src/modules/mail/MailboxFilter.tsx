import { useTranslation } from 'react-i18next'
import { SearchField } from '@/parts/SearchField'
import { Picker } from '@/ui/Picker'
import { useMailboxes } from './queries'

export interface MailboxFilterProps {
  value: string | undefined
  onValue: (mailbox: string | undefined) => void
}

// Who does not administer mail knows of no mailboxes, and has nothing to choose from.
export function MailboxFilter({ value, onValue }: MailboxFilterProps) {
  const { t } = useTranslation('mail')
  const mailboxes = useMailboxes()
  if (mailboxes.length < 2 && !value) return null
  return (
    <div className="bj-mail-filter">
      <Picker
        label={t('mailbox')}
        clearable
        value={value ? Number(value) : null}
        options={mailboxes.map(({ id, mailbox }) => ({ value: id, label: mailbox.address }))}
        onValue={(id) => onValue(id ? String(id) : undefined)}
      />
    </div>
  )
}

export interface AddressFilterProps {
  label: string
  value: string | undefined
  onValue: (address: string | undefined) => void
}

// The server looks for a whole address.
export function AddressFilter({ label, value, onValue }: AddressFilterProps) {
  return (
    <SearchField
      label={label}
      value={value ?? ''}
      onValue={(typed) => onValue(typed.trim() || undefined)}
    />
  )
}

export function wholeAddress(typed: string | undefined): string | undefined {
  return typed && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(typed) ? typed : undefined
}
