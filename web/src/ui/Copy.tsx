import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from './Button'
import { copyText } from './clipboard'
import './code.css'

const shownMs = 2000

// Puts a text on the clipboard and says so.
export function CopyButton({ text, label, size }: { text: string; label?: string; size?: number }) {
  const { t } = useTranslation('ui')
  const [isCopied, setCopied] = useState(false)
  useEffect(() => {
    if (!isCopied) return undefined
    const timer = setTimeout(() => setCopied(false), shownMs)
    return () => clearTimeout(timer)
  }, [isCopied])
  const copy = () => copyText(text).then(setCopied)
  return (
    <>
      <IconButton
        label={label ?? t('copy')}
        icon={isCopied ? IconCheck : IconCopy}
        size={size}
        onClick={() => void copy()}
      />
      <span className="bj-hidden" role="status">
        {isCopied && t('copied')}
      </span>
    </>
  )
}

export interface CodeBlockProps {
  // What it is: read aloud, since the block scrolls and the keyboard stands on it.
  label: string
  code: string
}

export function CodeBlock({ label, code }: CodeBlockProps) {
  return (
    <figure className="bj-code" aria-label={label}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard must reach what scrolls */}
      <pre tabIndex={0}>{code}</pre>
      <CopyButton text={code} size={28} />
    </figure>
  )
}
