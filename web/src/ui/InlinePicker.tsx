import { IconChevronDown } from '@tabler/icons-react'
import {
  type KeyboardEvent,
  type ReactNode,
  type Ref,
  useEffect,
  useImperativeHandle,
  useRef,
  useState,
} from 'react'
import { useTranslation } from 'react-i18next'
import { Float } from './Float'
import { OptionList } from './OptionList'
import { type Option, type Options, useOptions } from './options'
import { useOptionList } from './useOptionList'
import { useTyped } from './useTyped'

export interface InlinePickerHandle {
  open: () => void
}

export interface InlinePickerProps<V extends string | number> {
  // What is changed here; read aloud, and the title of the search field.
  label: string
  // How the value looks: text, glyphs.
  children: ReactNode
  options: Options<V>
  onValue: (value: V, option: Option<V>) => void
  disabled?: boolean
  // With a frame, as in the head of a ticket; else as text that shows itself under the pointer.
  boxed?: boolean
  search?: boolean
  // So that a shortcut can open it.
  ref?: Ref<InlinePickerHandle>
}

// A value that is changed where it stands: press it, choose, done; Escape leaves it as it was.
export function InlinePicker<V extends string | number>(props: InlinePickerProps<V>) {
  const { label, disabled, boxed } = props
  const [isOpen, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const close = () => {
    setOpen(false)
    button.current?.focus()
  }
  useImperativeHandle(props.ref, () => ({ open: () => setOpen(true) }))
  return (
    <>
      <button
        ref={button}
        type="button"
        className="bj-inline"
        data-boxed={boxed || undefined}
        disabled={disabled}
        aria-haspopup="listbox"
        aria-expanded={isOpen}
        title={label}
        onClick={() => setOpen(!isOpen)}
      >
        <span className="bj-hidden">{label}</span>
        {props.children}
        {boxed && !disabled && <IconChevronDown size={13} stroke={1.7} />}
      </button>
      {isOpen && button.current && (
        <Float anchor={button.current} width={260} onClose={close}>
          <Choice {...props} onDone={close} />
        </Float>
      )}
    </>
  )
}

interface ChoiceProps<V extends string | number> extends InlinePickerProps<V> {
  onDone: () => void
}

function Choice<V extends string | number>({
  label,
  options,
  onValue,
  search = true,
  onDone,
}: ChoiceProps<V>) {
  const { t } = useTranslation('ui')
  const typed = useTyped()
  const { found, pending } = useOptions(options, typed.wanted, true)
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.focus(), [])
  const list = useOptionList({
    options: found,
    isOpen: true,
    typed: typed.wanted,
    pending,
    onOption: (option) => {
      onDone()
      onValue(option.value, option)
    },
  })
  const hear = (event: KeyboardEvent) => {
    if (list.hear(event) || event.key !== 'Tab') return
    event.preventDefault()
    onDone()
  }
  return (
    <>
      <input
        {...typed.props}
        {...list.aria}
        ref={field}
        // Without searching the field is still what has the focus and hears the keys.
        className={search ? 'bj-input bj-popover-search' : 'bj-hidden'}
        role="combobox"
        aria-autocomplete={search ? 'list' : 'none'}
        aria-expanded="true"
        aria-label={label}
        readOnly={!search}
        autoComplete="off"
        placeholder={t('find')}
        value={typed.text ?? ''}
        onKeyDown={hear}
      />
      <OptionList label={label} options={found} pending={pending} state={list.state} />
    </>
  )
}
