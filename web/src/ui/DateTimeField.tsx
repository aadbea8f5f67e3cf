import { TextField, type TextFieldProps } from './Field'
import { momentOf, wallTime } from './zoned'

export interface DateTimeFieldProps
  extends Pick<
    TextFieldProps,
    'label' | 'required' | 'hint' | 'problem' | 'disabled' | 'autoFocus'
  > {
  // ISO text in UTC.
  value: string | null
  onValue: (moment: string | null) => void
  // Whose clock is meant, "Asia/Shanghai"; without, the browser's.
  zone?: string
  // The same as the value.
  least?: string
  most?: string
}

// A day and a time. The browser's own field: it speaks the language, and phones have wheels for it.
export function DateTimeField(props: DateTimeFieldProps) {
  const { value, onValue, zone, least, most, ...field } = props
  return (
    <TextField
      {...field}
      type="datetime-local"
      className="bj-input bj-numbers"
      min={least && wallTime(least, zone)}
      max={most && wallTime(most, zone)}
      value={value ? wallTime(value, zone) : ''}
      onValue={(wall) => onValue(wall ? momentOf(wall, zone) : null)}
    />
  )
}
