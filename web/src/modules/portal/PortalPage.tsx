import { IconChevronLeft } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useEffect } from 'react'
import { useOrganisation } from '@/parts/useOrganisation'
import '@/ui/button.css'
import '@/ui/panel.css'
import './page.css'
import './rows.css'

export interface PortalPageProps {
  title: string
  // Where one came from, for thumbs that do not reach the browser's own arrow.
  back?: { to: string; title: string }
  actions?: ReactNode
  // As wide as one reads, for forms.
  narrow?: boolean
  children: ReactNode
}

// A page of the portal: cards on the ground of the application, in one column of reading width.
export function PortalPage({ title, back, actions, narrow, children }: PortalPageProps) {
  usePageTitle(title)
  return (
    <div className="bj-pp" data-narrow={narrow || undefined}>
      {back && (
        <Link to={back.to as never} className="bj-pp-back">
          <IconChevronLeft size={18} stroke={1.7} aria-hidden="true" />
          {back.title}
        </Link>
      )}
      <header className="bj-pp-head">
        <h1>{title}</h1>
        {actions && <div className="bj-pp-actions">{actions}</div>}
      </header>
      {children}
    </div>
  )
}

// The browser's tab says who serves here, not which program.
export function usePageTitle(title: string) {
  const { name } = useOrganisation()
  useEffect(() => {
    document.title = [title, name].filter(Boolean).join(' · ')
  }, [title, name])
}
