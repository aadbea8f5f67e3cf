// The filters of the queue, as they stand in the address: one parameter each, with the names and
// values of the API's own list.

export const filterKeys = [
  'open',
  'state',
  'phase',
  'assignee',
  'team',
  'customer',
  'service_type',
  'priority',
  'category',
  'product',
  'channel',
  'tag',
  'watched',
  'q',
] as const

export type FilterKey = (typeof filterKeys)[number]
export type Filters = Partial<Record<FilterKey, string>>

// What else the address of the queue may hold.
export type QueueSearchKey = FilterKey | 'view' | 'sort' | 'group'

const numbers = new Set<FilterKey>(['team', 'customer', 'service_type', 'category', 'product'])
const flags = new Set<FilterKey>(['open', 'watched'])

export type Query = Record<string, string | number | boolean>

export function filtersIn(search: Partial<Record<string, string>>): Filters {
  const filters: Filters = {}
  for (const key of filterKeys) if (search[key]) filters[key] = search[key]
  return filters
}

// A saved view's own question with the filters of the address laid over it. "any" takes a part of
// the view's question away.
export function queryOf(view: Record<string, unknown> | undefined, filters: Filters): Query {
  const query: Query = {}
  for (const [key, value] of Object.entries(view ?? {})) {
    if (['string', 'number', 'boolean'].includes(typeof value)) query[key] = value as string
  }
  for (const [key, value] of Object.entries(filters) as [FilterKey, string][]) {
    if (value === 'any') delete query[key]
    else if (numbers.has(key)) query[key] = Number(value)
    else if (flags.has(key)) query[key] = value === 'true'
    else query[key] = value
  }
  return query
}

// What the chips show: the view's own filters too, so that one sees why something is not there.
export function shownFilters(view: Record<string, unknown> | undefined, filters: Filters): Filters {
  const shown: Filters = {}
  for (const key of filterKeys) {
    const own = filters[key]
    const value = own ?? (view?.[key] === undefined ? undefined : String(view[key]))
    if (value !== undefined && value !== 'any') shown[key] = value
  }
  return shown
}
