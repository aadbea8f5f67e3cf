import './avatar.css'
import { colourOf, initialsOf } from './colour'

export interface AvatarProps {
  name: string
  size?: number
  // Organisations have corners, people are round.
  square?: boolean
  title?: string
}

export function Avatar({ name, size = 24, square, title }: AvatarProps) {
  const style = { background: colourOf(name), width: size, height: size, fontSize: size * 0.46 }
  return (
    <span className="bj-avatar" data-square={square || undefined} style={style} title={title}>
      <span aria-hidden="true">{initialsOf(name)}</span>
    </span>
  )
}
