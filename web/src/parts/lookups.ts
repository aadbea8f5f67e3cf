import { api, ask } from '@/api/client'
import { list } from '@/api/keys'
import { queryClient } from '@/api/query_client'
import type { Option } from '@/ui/options'
import { either } from './names'

// What pickers ask for while one types.

const atMost = 20

// Colleagues: few enough to be read once; name, login, address and pinyin initials find them.
export async function findPeople(typed: string): Promise<Option<number>[]> {
  const { items } = await queryClient.fetchQuery({
    queryKey: list('user', { kind: 'staff', active: true }),
    staleTime: 60_000,
    queryFn: ({ signal }) =>
      ask(
        api.GET('/users', {
          params: { query: { kind: 'staff', active: true, limit: 200 } },
          signal,
        }),
      ),
  })
  const wanted = typed.toLowerCase()
  const fits = items.filter((user) =>
    [user.name, user.login, user.email, user.initials].some((text) =>
      text.toLowerCase().includes(wanted),
    ),
  )
  return fits.slice(0, 50).map((user) => ({ value: user.id, label: user.name, hint: user.login }))
}

export async function findCustomers(typed: string): Promise<Option<number>[]> {
  const query = { q: typed || undefined, limit: atMost, active: true }
  const { items } = await ask(api.GET('/customers', { params: { query } }))
  return items.map((one) => ({
    value: one.id,
    label: one.name,
    hint: one.short_name ?? undefined,
  }))
}

export function findContactsOf(customer: number | null) {
  return async (typed: string): Promise<Option<number>[]> => {
    const query = { q: typed || undefined, customer: customer ?? undefined, limit: atMost }
    const { items } = await ask(api.GET('/contacts', { params: { query } }))
    return items.map((one) => ({
      value: one.id,
      label: one.name,
      hint: [one.title, one.mobile ?? one.phone].filter(Boolean).join(' · ') || undefined,
    }))
  }
}

export async function findProducts(typed: string): Promise<Option<number>[]> {
  const query = { q: typed || undefined, limit: atMost, active: true }
  const { items } = await ask(api.GET('/products', { params: { query } }))
  return items.map((one) => ({
    value: one.id,
    label: either(one.name, one.name_en),
    hint: one.code,
  }))
}

export function findAssetsOf(customer: number | null) {
  return async (typed: string): Promise<Option<number>[]> => {
    if (!customer) return []
    const { items } = await ask(api.GET('/assets', { params: { query: { customer, limit: 100 } } }))
    const wanted = typed.toLowerCase()
    const fits = items.filter((one) =>
      [one.name, one.serial, one.licence].some((text) => text?.toLowerCase().includes(wanted)),
    )
    return fits.map((one) => ({
      value: one.id,
      label: one.name,
      hint: one.serial ?? one.licence ?? undefined,
    }))
  }
}

export async function findTickets(typed: string): Promise<Option<number>[]> {
  if (!typed) return []
  const query = { q: typed, limit: atMost }
  const { items } = await ask(api.GET('/tickets', { params: { query } }))
  return items.map((one) => ({ value: one.id, label: one.subject, hint: one.number }))
}
