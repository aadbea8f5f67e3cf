import { IconX } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from './Button'
import { Dialog } from './Dialog'
import { Progress } from './progress'
import './code.css'

export interface ThumbProps {
  src: string
  // What is to be seen.
  label: string
  // On the picture: when and where it was taken.
  caption?: string
  // Pressed it opens larger, with this below it.
  opens?: { footer?: ReactNode }
  // 0 … 1 while it is on its way.
  progress?: number
  onRemove?: () => void
  removeLabel?: string
}

// A small picture of a size that is known before it is loaded, so that nothing jumps.
export function Thumb(props: ThumbProps) {
  const { src, label, caption, opens, progress, onRemove, removeLabel = '' } = props
  const picture = (alt: string) => <img src={src} alt={alt} width={96} height={84} loading="lazy" />
  return (
    <figure className="bj-thumb">
      {opens ? <Larger {...props}>{picture('')}</Larger> : picture(label)}
      {caption && <figcaption>{caption}</figcaption>}
      {progress !== undefined && progress < 1 && <Progress part={progress} label={label} />}
      {onRemove && <IconButton label={removeLabel} icon={IconX} size={22} onClick={onRemove} />}
    </figure>
  )
}

function Larger({ src, label, opens, children }: ThumbProps & { children: ReactNode }) {
  const { t } = useTranslation('ui')
  const [opened, setOpened] = useState(false)
  return (
    <>
      <button
        type="button"
        title={label}
        aria-label={t('show_larger', { what: label })}
        onClick={() => setOpened(true)}
      >
        {children}
      </button>
      {opened && (
        <Dialog title={label} width={960} onClose={() => setOpened(false)} footer={opens?.footer}>
          <img className="bj-picture" src={src} alt={label} />
        </Dialog>
      )}
    </>
  )
}
