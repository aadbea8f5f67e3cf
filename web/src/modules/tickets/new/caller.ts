import { api, ask } from '@/api/client'
import type { Option } from '@/ui/options'

// Who calls: found by what the display or the caller says, phone number, name or organisation.

export interface Caller {
  contact: number
  contactName: string
  customer: number | null
  customerName: string | null
  phone: string | null
}

const found = new Map<number, Caller>()

export function callerOf(contact: number | null): Caller | null {
  return contact === null ? null : (found.get(contact) ?? null)
}

export function remember(caller: Caller): void {
  found.set(caller.contact, caller)
}

export function looksLikePhone(text: string): boolean {
  return /^[+\d][\d\s()-]{3,}$/.test(text.trim())
}

export async function findCallers(typed: string): Promise<Option<number>[]> {
  if (!typed) return []
  const { items } = await ask(api.GET('/contacts', { params: { query: { q: typed, limit: 12 } } }))
  return items.map((one) => {
    const main = one.customers?.find((membership) => membership.main) ?? one.customers?.[0]
    const caller: Caller = {
      contact: one.id,
      contactName: one.name,
      customer: main?.customer ?? null,
      customerName: main?.customer_name ?? null,
      phone: one.mobile ?? one.phone ?? null,
    }
    remember(caller)
    return {
      value: one.id,
      label: one.name,
      hint: [caller.customerName, one.title, caller.phone].filter(Boolean).join(' · '),
    }
  })
}

export interface NewCaller {
  name: string
  phone: string
  customer: number | null
  organisation: string
}

// Written down while they speak: the organisation if it is new, then the person.
export async function addCaller(input: NewCaller): Promise<Caller> {
  let { customer } = input
  let customerName = input.organisation.trim() || null
  if (customer === null && customerName) {
    const made = await ask(api.POST('/customers', { body: { name: customerName } }))
    customer = made.id
    customerName = made.name
  }
  const phone = input.phone.trim() || null
  const contact = await ask(
    api.POST('/contacts', {
      body: {
        name: input.name.trim(),
        phone,
        customers: customer ? [{ customer, main: true, lead: false } as never] : [],
      },
    }),
  )
  const caller = {
    contact: contact.id,
    contactName: contact.name,
    customer,
    customerName,
    phone,
  }
  remember(caller)
  return caller
}
