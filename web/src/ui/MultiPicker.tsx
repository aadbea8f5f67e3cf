import { IconX } from '@tabler/icons-react'
import { type KeyboardEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Field } from './Field'
import { Float } from './Float'
import { OptionList } from './OptionList'
import { type Option, type Options, useOptions } from './options'
import { useOptionList } from './useOptionList'
import { useTyped } from './useTyped'

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

// Several of many: what is chosen stands in the field, Backspace takes the last one out.
export function MultiPicker<V extends string | number>(props: MultiPickerProps<V>) {
  const { value, onValue } = props
  const { t } = useTranslation('ui')
  const [box, setBox] = useState<HTMLElement | null>(null)
  const { typed, isOpen, setOpen, offered, pending, list, hear } = usePickingSeveral(props)
  const word = typed.text?.trim()
  return (
    <Field label={props.label} hint={props.hint} problem={props.problem}>
      {({ id, about }) => (
        <div className="bj-pills" ref={setBox}>
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
          <input
            {...typed.props}
            {...list.aria}
            id={id}
            role="combobox"
            aria-autocomplete="list"
            aria-expanded={isOpen}
            aria-describedby={about}
            autoComplete="off"
            placeholder={value.length === 0 ? props.placeholder : undefined}
            value={typed.text ?? ''}
            onFocus={() => setOpen(true)}
            onClick={() => setOpen(true)}
            onBlur={() => setOpen(false)}
            onKeyDown={hear}
          />
          {isOpen && box && (
            <Float anchor={box} width="anchor" onClose={() => setOpen(false)}>
              <OptionList
                label={props.label}
                options={offered}
                pending={pending}
                state={list.state}
                createLabel={props.onCreate && word ? t('add', { what: word }) : undefined}
              />
            </Float>
          )}
        </div>
      )}
    </Field>
  )
}

function usePickingSeveral<V extends string | number>(props: MultiPickerProps<V>) {
  const { value, options, onValue, onCreate } = props
  const [isOpen, setOpen] = useState(false)
  const typed = useTyped(() => setOpen(true))
  const { found, pending } = useOptions(options, typed.wanted, isOpen)
  const offered = found.filter((option) => !value.some((chosen) => chosen.value === option.value))
  const add = (option: Option<V> | undefined) => {
    if (option) onValue([...value, option])
    typed.clear()
  }
  const list = useOptionList({
    options: offered,
    isOpen,
    typed: typed.wanted,
    pending,
    canCreate: Boolean(onCreate && typed.text?.trim()),
    onOption: add,
    onCreate: () => add(onCreate?.(typed.text?.trim() ?? '')),
  })
  const hear = (event: KeyboardEvent) => {
    if (list.hear(event) || event.nativeEvent.isComposing) return
    if (event.key === 'Backspace' && !typed.text) onValue(value.slice(0, -1))
    else if (event.key === 'ArrowDown' && !isOpen) setOpen(true)
    else if (event.key === 'Escape' && isOpen) {
      event.preventDefault()
      event.stopPropagation()
      setOpen(false)
    }
  }
  return { typed, isOpen, setOpen, offered, pending, list, hear }
}
