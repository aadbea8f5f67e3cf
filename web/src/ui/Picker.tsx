import { Combobox, useCombobox } from '@mantine/core'
import { IconSelector, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Field } from './Field'
import { createKey, OptionList } from './OptionList'
import { type Option, type Options, useFirstChosen, useOptions } from './options'

export interface PickerProps<V extends string | number> {
  label: string
  required?: boolean
  hint?: string
  problem?: string | null
  value: V | null
  // How the value reads when it is not among fixed options.
  text?: string | null
  options: Options<V>
  onValue: (value: V | null, option?: Option<V>) => void
  placeholder?: string
  clearable?: boolean
  disabled?: boolean
  autoFocus?: boolean
  // Offers to add what was typed.
  onCreate?: (typed: string) => void
}

// One of many: typing finds it by name, hint or pinyin initials.
export function Picker<V extends string | number>(props: PickerProps<V>) {
  const { value, options, onValue, clearable, disabled, onCreate } = props
  const { t } = useTranslation('ui')
  const [typed, setTyped] = useState<string | null>(null)
  const [picked, setPicked] = useState<Option<V> | null>(null)
  const combobox = useCombobox({
    onDropdownClose: () => {
      combobox.resetSelectedOption()
      setTyped(null)
    },
    onDropdownOpen: () => combobox.selectFirstOption(),
  })
  const { found, pending } = useOptions(options, typed ?? '', combobox.dropdownOpened)
  useFirstChosen(combobox, found, typed ?? '')
  const fixed = Array.isArray(options) ? options : []
  const known = [...fixed, ...found, picked].find((option) => option?.value === value)
  const shown = value === null ? '' : (known?.label ?? props.text ?? '')
  const submit = (chosen: string) => {
    if (chosen === createKey) onCreate?.(typed?.trim() ?? '')
    const option = found.find((one) => String(one.value) === chosen)
    if (option) {
      setPicked(option)
      onValue(option.value, option)
    }
    combobox.closeDropdown()
  }
  return (
    <Field label={props.label} required={props.required} hint={props.hint} problem={props.problem}>
      {({ id, about, invalid }) => (
        <Combobox store={combobox} onOptionSubmit={submit} classNames={{ dropdown: 'bj-dropdown' }}>
          <Combobox.Target>
            <span className="bj-picker">
              <input
                id={id}
                className="bj-input"
                role="combobox"
                aria-describedby={about}
                aria-invalid={invalid}
                aria-expanded={combobox.dropdownOpened}
                autoComplete="off"
                // biome-ignore lint/a11y/noAutofocus: a dialog's first field is where one begins
                autoFocus={props.autoFocus}
                disabled={disabled}
                placeholder={props.placeholder}
                value={typed ?? shown}
                onFocus={(event) => event.target.select()}
                onClick={() => combobox.openDropdown()}
                onBlur={() => combobox.closeDropdown()}
                onKeyDown={(event) => {
                  // Enter chooses, and never sends the form meanwhile.
                  if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
                  if (!combobox.dropdownOpened) return
                  event.preventDefault()
                  const [first] = found
                  if (combobox.getSelectedOptionIndex() !== -1 || !first) return
                  event.stopPropagation()
                  submit(String(first.value))
                }}
                onChange={(event) => {
                  setTyped(event.target.value)
                  combobox.openDropdown()
                }}
              />
              {clearable && value !== null && !disabled ? (
                <button
                  type="button"
                  className="bj-picker-end"
                  aria-label={t('clear')}
                  onClick={() => onValue(null)}
                >
                  <IconX size={14} stroke={1.7} />
                </button>
              ) : (
                <span className="bj-picker-end" aria-hidden="true">
                  <IconSelector size={14} stroke={1.6} />
                </span>
              )}
            </span>
          </Combobox.Target>
          <Combobox.Dropdown>
            <OptionList
              options={found}
              pending={pending}
              createLabel={onCreate && typed?.trim() ? t('add', { what: typed.trim() }) : undefined}
            />
          </Combobox.Dropdown>
        </Combobox>
      )}
    </Field>
  )
}
