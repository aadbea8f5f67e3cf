import { Combobox } from '@mantine/core'
import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import type { Option } from './options'
import './overlay.css'

export interface OptionListProps {
  options: readonly Option[]
  pending: boolean
  // The text behind "add …", when what is typed may become something new.
  createLabel?: string
}

export const createKey = '\u0000new'

// What a Combobox offers, by groups where there are some.
export function OptionList({ options, pending, createLabel }: OptionListProps) {
  const { t } = useTranslation('ui')
  let group: string | undefined
  return (
    <Combobox.Options className="bj-dropdown-list">
      {options.map((option) => {
        const begins = option.group !== undefined && option.group !== group
        group = option.group
        return (
          <Fragment key={option.value}>
            {begins && <div className="bj-option-group">{option.group}</div>}
            <Combobox.Option
              className="bj-option"
              value={String(option.value)}
              disabled={option.disabled}
            >
              <span className="bj-option-main">
                <span>{option.label}</span>
                {option.hint && <span className="bj-option-hint">{option.hint}</span>}
              </span>
            </Combobox.Option>
          </Fragment>
        )
      })}
      {createLabel && (
        <Combobox.Option className="bj-option" value={createKey}>
          {createLabel}
        </Combobox.Option>
      )}
      {options.length === 0 && !createLabel && (
        <div className="bj-option-empty">{pending ? t('looking') : t('nothing_found')}</div>
      )}
    </Combobox.Options>
  )
}
