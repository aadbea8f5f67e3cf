import type { Schemas } from '@/api/client'
import type { MailboxView } from './queries'

// A mailbox while it is being set up. Secrets go in and never come back: an empty one stays as it
// is on the server.
export type MailboxForm = Omit<
  Schemas['Mailbox'],
  'id' | 'version' | 'created_at' | 'service_type'
> & {
  service_type: number | null
  incoming_secret: string
  outgoing_secret: string
}

export type Change = (patch: Partial<MailboxForm>) => void

export interface SectionProps {
  form: MailboxForm
  change: Change
  // By the name of the field, as the server refused it.
  wrong: Record<string, string>
}

const newForm: MailboxForm = {
  address: '',
  sender_name: '',
  active: true,
  incoming: {
    protocol: 'imap',
    host: '',
    port: 993,
    security: 'tls',
    log_in: 'password',
    user: '',
    folder: '',
    afterwards: 'mark_seen',
    move_to: '',
    every_seconds: 30,
  },
  outgoing: { host: '', port: 465, security: 'tls', log_in: 'password', user: '' },
  service_type: null,
  team: null,
  language: 'zh-CN',
  signature: '',
  strangers: 'welcome',
  answers_to_strangers: 100,
  answers: true,
  takes_lists: false,
  plus_addresses: false,
  authserv: '',
  incoming_secret: '',
  outgoing_secret: '',
}

export function formOf(view: MailboxView | null): MailboxForm {
  if (!view) return newForm
  const { id, version, created_at, ...mailbox } = view.mailbox
  return { ...mailbox, incoming_secret: '', outgoing_secret: '' }
}

// What differs; a secret only when one was typed.
export function changesOf(form: MailboxForm, before: MailboxForm): Schemas['MailboxPatch'] {
  const changed = Object.entries(form).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name as keyof MailboxForm]),
  )
  return Object.fromEntries(changed) as Schemas['MailboxPatch']
}

export function differs(form: MailboxForm, before: MailboxForm): boolean {
  return Object.keys(changesOf(form, before)).length > 0
}

export function newMailbox(form: MailboxForm): Schemas['NewMailbox'] {
  return {
    ...form,
    incoming_secret: form.incoming_secret || null,
    outgoing_secret: form.outgoing_secret || null,
  }
}

export function trialOf(form: MailboxForm, mailbox: number | null): Schemas['Trial'] {
  return {
    mailbox,
    incoming: form.incoming.protocol === 'none' ? null : form.incoming,
    outgoing: form.outgoing.host ? form.outgoing : null,
    incoming_secret: form.incoming_secret || null,
    outgoing_secret: form.outgoing_secret || null,
    address: form.address || null,
  }
}
