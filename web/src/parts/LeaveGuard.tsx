import { useBlocker } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'

// For forms whose text is not kept as a draft, since there are secrets in it: who leaves with
// changes that are not saved is asked first, by the browser where he closes it.
export function LeaveGuard({ isUnsaved }: { isUnsaved: () => boolean }) {
  const { t } = useTranslation('parts')
  const blocker = useBlocker({
    shouldBlockFn: isUnsaved,
    enableBeforeUnload: isUnsaved,
    withResolver: true,
  })
  if (blocker.status !== 'blocked') return null
  return (
    <Dialog
      title={t('unsaved.title')}
      width={400}
      onClose={blocker.reset}
      footer={
        <>
          <Button onClick={blocker.proceed}>{t('unsaved.leave')}</Button>
          <Button kind="primary" onClick={blocker.reset}>
            {t('unsaved.stay')}
          </Button>
        </>
      }
    >
      <p>{t('unsaved.text')}</p>
    </Dialog>
  )
}
