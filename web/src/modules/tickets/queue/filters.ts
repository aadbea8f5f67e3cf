import { momentOf } from './due'

// The filters of the queue, as they stand in the address: one parameter each, with the names and
// values of the API's own list. Times may be relative, as in saved views: "today", "-7d", "+12h".

export const filterKeys = [
  'open',
  'state',
  'phase',
  'assignee',
  'team',
  'priority',
  'customer',
  'contact',
  'service_type',
  'category',
  'product',
  'asset',
  'channel',
  'tag',
  'watched',
  'unread',
  'rated',
  'created_from',
  'created_to',
  'updated_from',
  'updated_to',
  'due_from',
  'due_to',
  'q',
] as const

export type FilterKey = (typeof filterKeys)[number]
export type Filters = Partial<Record<FilterKey, string>>

// What else the address of the queue may hold.
export type QueueSearchKey = FilterKey | 'view' | 'sort' | 'group'

const numbers = new Set<FilterKey>([
  'team',
  'customer',
  'contact',
  'service_type',
  'category',
  'product',
  'asset',
])
const flags = new Set<FilterKey>(['open', 'watched', 'unread', 'rated'])

export function isTime(key: FilterKey): boolean {
  return key.endsWith('_from') || key.endsWith('_to')
}

// How field and value belong together: "负责人 是 我", "标签 含 …", "创建 晚于 …".
export type Operator = 'is' | 'has' | 'after' | 'before' | 'none'

export function operatorOf(key: FilterKey): Operator {
  if (flags.has(key)) return 'none'
  if (key === 'tag' || key === 'q') return 'has'
  if (key.endsWith('_from')) return 'after'
  return key.endsWith('_to') ? 'before' : 'is'
}

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

// The question as the list's own route takes it: with times that are absolute.
export function atThisMoment(query: Query, now: number, zone?: string): Query {
  const absolute: Query = {}
  for (const [key, value] of Object.entries(query)) {
    if (!isTime(key as FilterKey)) absolute[key] = value
    else {
      const moment = momentOf(String(value), now, zone)
      if (moment) absolute[key] = moment
    }
  }
  return absolute
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
