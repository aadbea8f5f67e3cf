import { IconFilter } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask } from '@/api/client'
import { one } from '@/api/keys'
import { reference } from '@/api/query_client'
import { useMe } from '@/api/use_me'
import { useServiceTypes, useTeams, useWorkflows } from '@/parts/catalogue'
import { findCustomers, findPeople, findProducts } from '@/parts/lookups'
import { nameOf } from '@/parts/names'
import { useShortcut } from '@/parts/shortcuts'
import { absolute } from '@/parts/time'
import { Button } from '@/ui/Button'
import { FilterChip } from '@/ui/Chip'
import { Popover } from '@/ui/Menu'
import type { Option, Options } from '@/ui/options'
import { Picker } from '@/ui/Picker'
import { type FilterKey, isTime, operatorOf } from './filters'
import type { QueueState } from './useQueue'

const offered: readonly FilterKey[] = [
  'state',
  'assignee',
  'team',
  'priority',
  'customer',
  'service_type',
  'product',
  'channel',
  'tag',
  'watched',
  'unread',
  'created_from',
  'updated_from',
  'due_to',
  'open',
  'q',
]

// What stands in the address as a number and has a name.
const named = new Set<FilterKey>(['customer', 'contact', 'product', 'asset', 'assignee'])

const before = ['today', '-1d', '-7d', '-30d']
const after = ['+12h', '+1d', '+7d']

const channels = [
  'phone',
  'email',
  'chat',
  'portal',
  'wechat',
  'wecom',
  'in_person',
  'staff',
  'api',
]

// The chips of what is asked for, and the way to a further one.
export function FilterBar({ queue }: { queue: QueueState }) {
  const { t } = useTranslation('tickets')
  const [opened, setOpened] = useState(false)
  const [field, setField] = useState<FilterKey | null>(null)
  const options = useFilterOptions()
  const close = () => {
    setOpened(false)
    setField(null)
  }
  const choose = (value: string | number | null) => {
    if (field && value !== null) queue.change({ [field]: String(value) })
    close()
  }
  useShortcut({ keys: 'f', scope: 'list', title: 'tickets:key.filter' }, () => setOpened(true))
  const fieldName = (key: FilterKey) => t(`filter.${key}`)
  return (
    <div className="bj-queue-filters">
      {(Object.entries(queue.shown) as [FilterKey, string][]).map(([key, value]) => (
        <ShownFilter
          key={key}
          field={key}
          value={value}
          options={options(key)}
          removeLabel={t('filter.remove', { what: fieldName(key) })}
          onRemove={() => {
            const isOfView = queue.filters[key] === undefined
            queue.change({ [key]: isOfView ? 'any' : undefined })
          }}
        />
      ))}
      <Popover
        opened={opened}
        onOpened={(on) => (on ? setOpened(true) : close())}
        target={
          <Button
            kind="quiet"
            size="small"
            icon={IconFilter}
            keys="f"
            onClick={() => setOpened(true)}
          >
            {t('filter.add')}
          </Button>
        }
      >
        {field === null ? (
          <Picker
            key="field"
            autoFocus
            label={t('filter.field')}
            value={null as FilterKey | null}
            options={offered.map((key) => ({ value: key, label: fieldName(key) }))}
            onValue={(key) => setField(key)}
          />
        ) : (
          <Picker
            key={field}
            autoFocus
            label={fieldName(field)}
            value={null as string | number | null}
            options={options(field)}
            onValue={choose}
            onCreate={field === 'tag' || field === 'q' ? choose : undefined}
          />
        )}
      </Popover>
    </div>
  )
}

function useFilterOptions() {
  const { t } = useTranslation(['tickets', 'words'])
  const me = useMe()
  const types = useServiceTypes()
  const flows = useWorkflows()
  const teams = useTeams()
  const yesNo = [
    { value: 'true', label: t('tickets:yes') },
    { value: 'false', label: t('tickets:no') },
  ]
  const states = new Map(
    flows.flatMap((flow) => (flow.states ?? []).map((s) => [s.key, nameOf(s)])),
  )
  const people = async (typed: string): Promise<Option<string | number>[]> => [
    { value: 'me', label: t('tickets:me'), hint: me.name },
    { value: 'none', label: t('tickets:nobody') },
    ...(await findPeople(typed)),
  ]
  const moments = (names: readonly string[]) =>
    names.map((value) => ({ value, label: t(`tickets:filter.moment.${value}`) }))
  const all: Partial<Record<FilterKey, Options<string | number>>> = {
    state: [...states].map(([value, label]) => ({ value, label })),
    phase: ['new', 'open', 'waiting', 'solved', 'closed'].map((value) => ({
      value,
      label: t(`words:phase.${value}`),
    })),
    assignee: people,
    team: teams.map((team) => ({ value: team.id, label: team.name })),
    priority: ['P1', 'P2', 'P3', 'P4'].map((p) => ({ value: p, label: t(`words:priority.${p}`) })),
    customer: findCustomers,
    service_type: types.map((type) => ({ value: type.id, label: nameOf(type) })),
    product: findProducts,
    channel: channels.map((value) => ({ value, label: t(`words:channel.${value}`) })),
    watched: yesNo,
    unread: yesNo,
    rated: yesNo,
    open: yesNo,
  }
  return (key: FilterKey) => all[key] ?? (isTime(key) ? moments([...before, ...after]) : [])
}

interface ShownFilterProps {
  field: FilterKey
  value: string
  options: Options<string | number>
  removeLabel: string
  onRemove: () => void
}

function ShownFilter({ field, value, options, removeLabel, onRemove }: ShownFilterProps) {
  const { t } = useTranslation('tickets')
  const fixed = Array.isArray(options) ? options.find((o) => String(o.value) === value) : undefined
  const name = useNameOf(field, value)
  return (
    <FilterChip
      field={t(`filter.by.${operatorOf(field)}`, { field: t(`filter.${field}`) })}
      value={fixed?.label ?? name ?? (isTime(field) ? momentText(value) : value)}
      removeLabel={removeLabel}
      onRemove={onRemove}
    />
  )
}

function momentText(value: string): string {
  return Number.isNaN(Date.parse(value)) ? value : absolute(value)
}

// The name behind a number in the address.
function useNameOf(field: FilterKey, value: string): string | undefined {
  const { t } = useTranslation('tickets')
  const id = Number(value)
  const isNumber = Number.isInteger(id) && id > 0
  const path = { path: { id } }
  const query = useQuery({
    ...reference,
    queryKey: one(field === 'assignee' ? 'user' : field, id),
    queryFn: async ({ signal }) => {
      if (field === 'customer') return ask(api.GET('/customers/{id}', { params: path, signal }))
      if (field === 'contact') return ask(api.GET('/contacts/{id}', { params: path, signal }))
      if (field === 'asset') return ask(api.GET('/assets/{id}', { params: path, signal }))
      if (field === 'product') return ask(api.GET('/products/{id}', { params: path, signal }))
      return ask(api.GET('/users/{id}', { params: path, signal }))
    },
    enabled: isNumber && named.has(field),
  })
  if (field === 'assignee' && value === 'me') return t('me')
  if (field === 'assignee' && value === 'none') return t('nobody')
  return query.data?.name
}
