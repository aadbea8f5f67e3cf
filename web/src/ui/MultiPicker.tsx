import { Combobox, useCombobox } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Field } from './Field'
import { createKey, OptionList } from './OptionList'
import { type Option, type Options, useFirstChosen, useOptions } from './options'

export interface MultiPickerProps<V extends string | number> {
  label: string
  hint?: string
  problem?: string | null
  // Those that are chosen, with their texts.
  value: readonly Option<V>[]
  options: Options<V>
  onValue: (value: Option<V>[]) => void
  placeholder?: string
  onCreate?: (typed: string) => Option<V>
}

export function MultiPicker<V extends string | number>(props: MultiPickerProps<V>) {
  const { value, options, onValue, onCreate } = props
  const { t } = useTranslation('ui')
  const [typed, setTyped] = useState('')
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() })
  const { found, pending } = useOptions(options, typed, combobox.dropdownOpened)
  useFirstChosen(combobox, found, typed)
  const open = found.filter((option) => !value.some((chosen) => chosen.value === option.value))
  const add = (option: Option<V>) => {
    onValue([...value, option])
    setTyped('')
  }
  const submit = (chosen: string) => {
    const option =
      chosen === createKey ? onCreate?.(typed.trim()) : open.find((o) => String(o.value) === chosen)
    if (option) add(option)
  }
  return (
    <Field label={props.label} hint={props.hint} problem={props.problem}>
      {({ id, about }) => (
        <Combobox store={combobox} onOptionSubmit={submit} classNames={{ dropdown: 'bj-dropdown' }}>
          <Combobox.DropdownTarget>
            <div className="bj-pills">
              {value.map((chosen) => (
                <span key={chosen.value} className="bj-tag">
                  {chosen.label}
                  <button
                    type="button"
                    aria-label={t('remove', { what: chosen.label })}
                    onClick={() => onValue(value.filter((one) => one !== chosen))}
                  >
                    <IconX size={12} stroke={1.8} />
                  </button>
                </span>
              ))}
              <Combobox.EventsTarget>
                <input
                  id={id}
                  role="combobox"
                  aria-expanded={combobox.dropdownOpened}
                  aria-describedby={about}
                  autoComplete="off"
                  placeholder={value.length === 0 ? props.placeholder : undefined}
                  value={typed}
                  onFocus={() => combobox.openDropdown()}
                  onBlur={() => combobox.closeDropdown()}
                  onKeyDown={(event) => {
                    if (event.key !== 'Backspace' || typed !== '') return
                    onValue(value.slice(0, -1))
                  }}
                  onChange={(event) => {
                    setTyped(event.target.value)
                    combobox.openDropdown()
                    combobox.selectFirstOption()
                  }}
                />
              </Combobox.EventsTarget>
            </div>
          </Combobox.DropdownTarget>
          <Combobox.Dropdown>
            <OptionList
              options={open}
              pending={pending}
              createLabel={onCreate && typed.trim() ? t('add', { what: typed.trim() }) : undefined}
            />
          </Combobox.Dropdown>
        </Combobox>
      )}
    </Field>
  )
}
