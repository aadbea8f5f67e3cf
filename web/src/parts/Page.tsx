import { type ReactNode, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import './page.css'

export interface PageProps {
  title: string
  // Small and grey beside the title: how many there are.
  count?: number | string | null
  actions?: ReactNode
  // Below the title: filters, tabs.
  bar?: ReactNode
  // Text of an ordinary width; lists and boards take all there is.
  narrow?: boolean
  children: ReactNode
}

export function Page({ title, count, actions, bar, narrow, children }: PageProps) {
  const { t } = useTranslation('parts')
  useEffect(() => {
    document.title = `${title} · ${t('product')}`
  }, [title, t])
  return (
    <div className="bj-page" data-narrow={narrow || undefined}>
      <header className="bj-page-head">
        <h1>{title}</h1>
        {count !== undefined && count !== null && <span className="bj-page-count">{count}</span>}
        {actions && <div className="bj-page-actions">{actions}</div>}
      </header>
      {bar && <div className="bj-page-bar">{bar}</div>}
      <div className="bj-page-body">{children}</div>
    </div>
  )
}
