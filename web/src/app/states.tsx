import { useQueryErrorResetBoundary } from '@tanstack/react-query'
import { type ErrorComponentProps, useRouter } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { asProblem } from '@/api/problem'
import { State } from '@/parts/State'

export function NoRight() {
  const { t } = useTranslation('app')
  return <State kind="no_right" title={t('no_right.title')} text={t('no_right.text')} />
}

export function NotFound() {
  const { t } = useTranslation('app')
  return <State kind="not_found" title={t('not_found.title')} text={t('not_found.text')} />
}

// After an update of the server the files of the old pages are gone. Nobody's work is thrown away
// by loading anew without asking.
function isOldPage(error: unknown): boolean {
  return /dynamically imported module|module script failed|preload CSS/i.test(String(error))
}

export function PageFailed({ error, reset }: Pick<ErrorComponentProps, 'error' | 'reset'>) {
  const { t } = useTranslation(['app', 'reasons'])
  const router = useRouter()
  const queries = useQueryErrorResetBoundary()
  if (isOldPage(error)) {
    return (
      <State
        kind="failed"
        title={t('app:old_page.title')}
        text={t('app:old_page.text')}
        action={{ title: t('app:old_page.reload'), run: () => location.reload() }}
      />
    )
  }
  const problem = asProblem(error)
  if (problem.status === 404) return <NotFound />
  if (problem.status === 403) return <NoRight />
  return (
    <State
      kind="failed"
      title={t('app:failed.title')}
      text={t(`reasons:${problem.reason}`, { defaultValue: t('reasons:internal') })}
      request={problem.request}
      action={{
        title: t('app:failed.retry'),
        run: () => {
          queries.reset()
          reset()
          void router.invalidate()
        },
      }}
    />
  )
}
