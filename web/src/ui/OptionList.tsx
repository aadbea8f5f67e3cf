import { Fragment, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Option } from './options'
import type { OptionListState } from './useOptionList'
import './overlay.css'

export interface OptionListProps {
  label: string
  options: readonly Option[]
  pending: boolean
  state: OptionListState
  // The text behind "add …", when what is typed may become something new.
  createLabel?: string
}

// What can be chosen, by groups where there are some.
export function OptionList({ label, options, pending, state, createLabel }: OptionListProps) {
  const { t } = useTranslation('ui')
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const line = box.current?.querySelector(`[data-at="${state.at}"]`)
    line?.scrollIntoView?.({ block: 'nearest' })
  }, [state.at])
  const isEmpty = options.length === 0 && !createLabel
  return (
    <>
      <div ref={box} id={state.id} className="bj-dropdown-list" role="listbox" aria-label={label}>
        {options.map((option, index) => (
          <Fragment key={option.value}>
            {option.group !== undefined && option.group !== options[index - 1]?.group && (
              <div className="bj-option-group" role="presentation">
                {option.group}
              </div>
            )}
            <Line state={state} at={index} disabled={option.disabled}>
              <span className="bj-option-main">
                <span>{option.label}</span>
                {option.hint && <span className="bj-option-hint">{option.hint}</span>}
              </span>
            </Line>
          </Fragment>
        ))}
        {createLabel && (
          <Line state={state} at={options.length}>
            {createLabel}
          </Line>
        )}
      </div>
      {isEmpty && (
        <div className="bj-option-empty" role="status">
          {pending ? t('looking') : t('nothing_found')}
        </div>
      )}
    </>
  )
}

interface LineProps {
  state: OptionListState
  at: number
  disabled?: boolean
  children: React.ReactNode
}

function Line({ state, at, disabled, children }: LineProps) {
  const isCurrent = at === state.at
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field that has the focus hears the keys
    // biome-ignore lint/a11y/useFocusableInteractive: aria-activedescendant stands for the focus
    <div
      id={`${state.id}-${at}`}
      className="bj-option"
      role="option"
      aria-selected={isCurrent}
      aria-disabled={disabled || undefined}
      data-at={at}
      data-hovered={isCurrent || undefined}
      data-disabled={disabled || undefined}
      // The focus stays where one types.
      onPointerDown={(event) => event.preventDefault()}
      onMouseDown={(event) => event.preventDefault()}
      onPointerMove={() => !disabled && !isCurrent && state.setAt(at)}
      onClick={() => state.choose(at)}
    >
      {children}
    </div>
  )
}
