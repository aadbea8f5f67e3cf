import { IconCheck, IconCopy } from '@tabler/icons-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { absolute } from '@/parts/time'
import { Button } from '@/ui/Button'
import { copyText } from '@/ui/clipboard'
import './made.css'

export interface MadeProps {
  number: string
  promisedAt?: string | null
  // What is copied: the number, or a link that only this person has.
  copy?: string
  hint: string
  children: ReactNode
}

// The number and what is promised, at once (INT-2).
export function Made({ number, promisedAt, copy = number, hint, children }: MadeProps) {
  const { t } = useTranslation('portal')
  const top = useRef<HTMLDivElement>(null)
  useEffect(() => {
    top.current?.scrollIntoView({ block: 'center' })
  }, [])
  return (
    <div ref={top} className="bj-panel bj-made" role="status">
      <span className="bj-made-sign" aria-hidden="true">
        <IconCheck size={30} stroke={2} />
      </span>
      <p>{t('made')}</p>
      <p className="bj-made-number bj-numbers">{number}</p>
      <CopyButton text={copy} label={copy === number ? t('copy') : t('copy_link')} />
      {promisedAt && (
        <p className="bj-made-promise">{t('promised', { at: absolute(promisedAt) })}</p>
      )}
      <p className="bj-count">{hint}</p>
      <div className="bj-made-ways">{children}</div>
    </div>
  )
}

const shownMs = 2000

export function CopyButton({ text, label }: { text: string; label: string }) {
  const { t } = useTranslation('portal')
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return undefined
    const timer = setTimeout(() => setCopied(false), shownMs)
    return () => clearTimeout(timer)
  }, [copied])
  return (
    <Button
      icon={copied ? IconCheck : IconCopy}
      onClick={() => void copyText(text).then(setCopied)}
    >
      {copied ? t('copied') : label}
    </Button>
  )
}
