import { useTranslation } from 'react-i18next'
import { listed, nameOf } from '@/parts/names'
import { DataTable } from '@/ui/DataTable'
import type { State, Transition } from './graph'

export interface TransitionListProps {
  states: readonly State[]
  moves: readonly Transition[]
  onOpen: (move: Transition) => void
}

// The same as the picture says, for the keyboard and for reading aloud.
export function TransitionList({ states, moves, onOpen }: TransitionListProps) {
  const { t } = useTranslation('catalogue')
  const stateName = (key: string) => nameOf(states.find((state) => state.key === key)) || key
  return (
    <DataTable
      label={t('transitions')}
      rows={moves}
      keyOf={(move) => move.key}
      columns={[
        {
          key: 'name',
          title: t('field.name'),
          cell: (move) => (
            <button type="button" className="bj-inline" onClick={() => onOpen(move)}>
              {nameOf(move)}
            </button>
          ),
        },
        {
          key: 'from',
          title: t('field.from'),
          cell: (move) => listed((move.from ?? []).map(stateName)),
        },
        { key: 'to', title: t('field.to'), cell: (move) => stateName(move.to) },
        {
          key: 'needs',
          title: t('field.needs'),
          cell: (move) =>
            listed((move.needs ?? []).map((need) => t(`need.${need}`, { defaultValue: need }))),
        },
        {
          key: 'customer',
          title: t('field.customer_may'),
          cell: (move) => t(move.customer_may ? 'yes' : 'no'),
        },
      ]}
    />
  )
}
