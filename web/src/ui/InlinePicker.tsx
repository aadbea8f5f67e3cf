import { Combobox, useCombobox } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import type { Ref } from 'react'
import { type ReactNode, useImperativeHandle, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { OptionList } from './OptionList'
import { type Option, type Options, useFirstChosen, useOptions } from './options'

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
  const { label, options, onValue, disabled, boxed, search = true } = props
  const { t } = useTranslation('ui')
  const [typed, setTyped] = useState('')
  const combobox = useCombobox({
    onDropdownClose: () => {
      combobox.resetSelectedOption()
      combobox.focusTarget()
      setTyped('')
    },
    onDropdownOpen: () => {
      if (search) combobox.focusSearchInput()
      combobox.selectFirstOption()
    },
  })
  useImperativeHandle(props.ref, () => ({ open: () => combobox.openDropdown() }))
  const { found, pending } = useOptions(options, typed, combobox.dropdownOpened)
  useFirstChosen(combobox, found, typed)
  const submit = (chosen: string) => {
    const option = found.find((one) => String(one.value) === chosen)
    if (option) onValue(option.value, option)
    combobox.closeDropdown()
  }
  return (
    <Combobox
      store={combobox}
      onOptionSubmit={submit}
      width={260}
      position="bottom-start"
      classNames={{ dropdown: 'bj-dropdown' }}
    >
      <Combobox.Target targetType="button" withAriaAttributes={false}>
        <button
          type="button"
          className="bj-inline"
          data-boxed={boxed || undefined}
          disabled={disabled}
          aria-haspopup="listbox"
          aria-expanded={combobox.dropdownOpened}
          title={label}
          onClick={() => combobox.toggleDropdown()}
        >
          <span className="bj-hidden">{label}</span>
          {props.children}
          {boxed && !disabled && <IconChevronDown size={13} stroke={1.7} />}
        </button>
      </Combobox.Target>
      <Combobox.Dropdown>
        {search && (
          <Combobox.Search
            className="bj-popover-search"
            classNames={{ input: 'bj-input' }}
            aria-label={label}
            placeholder={t('find')}
            value={typed}
            onChange={(event) => {
              setTyped(event.currentTarget.value)
              combobox.updateSelectedOptionIndex('active')
            }}
          />
        )}
        <OptionList options={found} pending={pending} />
      </Combobox.Dropdown>
    </Combobox>
  )
}
