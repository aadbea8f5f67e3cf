import { IconSelector, IconX } from '@tabler/icons-react'
import { type KeyboardEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Field } from './Field'
import { Float } from './Float'
import { OptionList } from './OptionList'
import { type Option, type Options, useOptions } from './options'
import { useOptionList } from './useOptionList'
import { useTyped } from './useTyped'

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
  const { t } = useTranslation('ui')
  const [box, setBox] = useState<HTMLElement | null>(null)
  const { typed, isOpen, setOpen, found, pending, list, shown, hear } = usePicking(props)
  const word = typed.text?.trim()
  return (
    <Field label={props.label} required={props.required} hint={props.hint} problem={props.problem}>
      {({ id, about, invalid }) => (
        <span className="bj-picker" ref={setBox}>
          <input
            {...typed.props}
            {...list.aria}
            id={id}
            className="bj-input"
            role="combobox"
            aria-autocomplete="list"
            aria-required={props.required}
            aria-describedby={about}
            aria-invalid={invalid}
            aria-expanded={isOpen}
            autoComplete="off"
            // biome-ignore lint/a11y/noAutofocus: a dialog's first field is where one begins
            autoFocus={props.autoFocus}
            disabled={props.disabled}
            placeholder={props.placeholder}
            value={typed.text ?? shown}
            onFocus={(event) => event.target.select()}
            onClick={() => setOpen(true)}
            onBlur={() => setOpen(false)}
            onKeyDown={hear}
          />
          {props.clearable && props.value !== null && !props.disabled ? (
            <button
              type="button"
              className="bj-picker-end"
              aria-label={t('clear')}
              onClick={() => props.onValue(null)}
            >
              <IconX size={14} stroke={1.7} />
            </button>
          ) : (
            <span className="bj-picker-end" aria-hidden="true">
              <IconSelector size={14} stroke={1.6} />
            </span>
          )}
          {isOpen && box && (
            <Float anchor={box} width="anchor" onClose={() => setOpen(false)}>
              <OptionList
                label={props.label}
                options={found}
                pending={pending}
                state={list.state}
                createLabel={props.onCreate && word ? t('add', { what: word }) : undefined}
              />
            </Float>
          )}
        </span>
      )}
    </Field>
  )
}

function usePicking<V extends string | number>(props: PickerProps<V>) {
  const { value, options, onValue, onCreate } = props
  const [isOpen, setIsOpen] = useState(false)
  const [picked, setPicked] = useState<Option<V> | null>(null)
  const typed = useTyped(() => setIsOpen(true))
  const { found, pending } = useOptions(options, typed.wanted, isOpen)
  const setOpen = (open: boolean) => {
    setIsOpen(open)
    if (!open) typed.clear()
  }
  const list = useOptionList({
    options: found,
    isOpen,
    typed: typed.wanted,
    pending,
    value,
    canCreate: Boolean(onCreate && typed.text?.trim()),
    onOption: (option) => {
      setPicked(option)
      onValue(option.value, option)
      setOpen(false)
    },
    onCreate: () => {
      onCreate?.(typed.text?.trim() ?? '')
      setOpen(false)
    },
  })
  const hear = (event: KeyboardEvent) => {
    if (list.hear(event) || event.nativeEvent.isComposing) return
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') setOpen(true)
    else if (event.key === 'Escape' && isOpen) {
      event.stopPropagation()
      setOpen(false)
    } else return
    event.preventDefault()
  }
  const fixed = Array.isArray(options) ? options : []
  const known = [...fixed, ...found, picked].find((option) => option?.value === value)
  const shown = value === null ? '' : (known?.label ?? props.text ?? '')
  return { typed, isOpen, setOpen, found, pending, list, shown, hear }
}
