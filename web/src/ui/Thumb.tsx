import { IconX } from '@tabler/icons-react'
import { IconButton } from './Button'
import { Progress } from './progress'
import './code.css'

export interface ThumbProps {
  src: string
  // What is to be seen.
  label: string
  // On the picture: when and where it was taken.
  caption?: string
  href?: string
  // 0 … 1 while it is on its way.
  progress?: number
  onRemove?: () => void
  removeLabel?: string
}

// A small picture of a size that is known before it is loaded, so that nothing jumps.
export function Thumb(props: ThumbProps) {
  const { src, label, caption, href, progress, onRemove, removeLabel = '' } = props
  const picture = <img src={src} alt={label} width={96} height={84} loading="lazy" />
  return (
    <figure className="bj-thumb">
      {href ? <a href={href}>{picture}</a> : picture}
      {caption && <figcaption>{caption}</figcaption>}
      {progress !== undefined && progress < 1 && <Progress part={progress} label={label} />}
      {onRemove && <IconButton label={removeLabel} icon={IconX} size={22} onClick={onRemove} />}
    </figure>
  )
}
