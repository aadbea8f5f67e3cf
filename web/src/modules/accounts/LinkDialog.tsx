import { IconCopy } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { done } from '@/parts/undo'
import { Button } from '@/ui/Button'
import { copyText } from '@/ui/clipboard'
import { Dialog } from '@/ui/Dialog'

// A one-time link, shown this once: whoever has it chooses a password.
export function LinkDialog({ link, onClose }: { link: string; onClose: () => void }) {
  const { t } = useTranslation('accounts')
  const copy = async () => {
    if (await copyText(link)) done(t('link.copied'))
  }
  return (
    <Dialog
      title={t('link.title')}
      onClose={onClose}
      footer={
        <Button kind="primary" icon={IconCopy} onClick={() => void copy()}>
          {t('link.copy')}
        </Button>
      }
    >
      <div className="bj-form">
        <p>{t('link.text')}</p>
        <input className="bj-input" readOnly aria-label={t('link.title')} value={link} />
      </div>
    </Dialog>
  )
}
