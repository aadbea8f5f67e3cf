import { useQuery } from '@tanstack/react-query'
import { api, ask, type Schemas } from '@/api/client'
import { one } from '@/api/keys'

export type Preferences = Schemas['Preferences']

// How somebody wants to be served: the contact's own wishes, else the organisation's.
export function usePreferences(contact?: number | null, customer?: number | null) {
  return useQuery({
    queryKey: contact
      ? one('contact', contact, 'preferences')
      : one('customer', customer ?? 0, 'preferences'),
    queryFn: ({ signal }) =>
      contact
        ? ask(api.GET('/contacts/{id}/preferences', { params: { path: { id: contact } }, signal }))
        : ask(
            api.GET('/customers/{id}/preferences', {
              params: { path: { id: customer ?? 0 } },
              signal,
            }),
          ),
    enabled: Boolean(contact || customer),
  })
}

export interface Hint {
  key: 'quiet' | 'channel' | 'address'
  words: Record<string, string>
}

// Minutes since midnight at a place.
function minuteOfDay(at: Date, zone: string | undefined): number {
  const text = new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: zone,
  }).format(at)
  const [hours = 0, minutes = 0] = text.split(':').map(Number)
  return hours * 60 + minutes
}

function minutesOf(text: string): number {
  const [hours = 0, minutes = 0] = text.split(':').map(Number)
  return hours * 60 + minutes
}

// Quiet hours may go over midnight.
export function isQuiet(wishes: Preferences, at: Date): boolean {
  if (!wishes.quiet_from || !wishes.quiet_to) return false
  const from = minutesOf(wishes.quiet_from)
  const to = minutesOf(wishes.quiet_to)
  const now = minuteOfDay(at, wishes.quiet_zone ?? undefined)
  return from <= to ? now >= from && now < to : now >= from || now < to
}

export interface Sending {
  body: string
  // How the ticket came in: answers go the same way.
  channel: string
  at: Date
}

// Ways on which a written answer does not arrive by itself.
const otherWays = new Set(['phone', 'sms', 'wechat', 'visit'])

function goesAnotherWay(wished: string, channel: string): boolean {
  if (!otherWays.has(wished) || wished === channel) return false
  return !(wished === 'visit' && channel === 'in_person')
}

// Shorter answers need no address.
const longEnough = 30

// What would go against the wishes when this was sent now. Hints, never a hindrance.
export function hintsFor(wishes: Preferences | undefined, { body, channel, at }: Sending): Hint[] {
  const hints: Hint[] = []
  if (!wishes) return hints
  if (isQuiet(wishes, at)) {
    hints.push({
      key: 'quiet',
      words: { from: wishes.quiet_from ?? '', to: wishes.quiet_to ?? '' },
    })
  }
  if (wishes.channel && goesAnotherWay(wishes.channel, channel)) {
    hints.push({ key: 'channel', words: { way: wishes.channel } })
  }
  const address = wishes.form_of_address
  if (address && body.length > longEnough && !body.includes(address)) {
    hints.push({ key: 'address', words: { address } })
  }
  return hints
}
