import { type ReactNode, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { BrandName, Sign } from '@/parts/Brand'
import { LanguageSwitch } from '@/parts/LanguageSwitch'
import { ThemeSwitch } from '../ThemeSwitch'
import './doors.css'

export interface DoorPageProps {
  title: string
  text?: string
  children: ReactNode
}

export function DoorPage({ title, text, children }: DoorPageProps) {
  const { t } = useTranslation('app')
  useEffect(() => {
    document.title = `${title} · ${t('product')}`
  }, [title, t])
  return (
    <main className="bj-door">
      <Crystal />
      <section className="bj-door-card" aria-labelledby="door-title">
        <div className="bj-door-brand">
          <Sign size={36} />
          <BrandName below={t('claim')} />
        </div>
        <h1 id="door-title">{title}</h1>
        {text && <p className="bj-door-text">{text}</p>}
        {children}
      </section>
      <footer className="bj-door-foot">
        <LanguageSwitch />
        <ThemeSwitch />
      </footer>
    </main>
  )
}

function Crystal() {
  return (
    <svg className="bj-door-crystal" viewBox="0 0 640 640" aria-hidden="true">
      {[300, 220, 140].map((radius) => (
        <polygon
          key={radius}
          points={[0, 1, 2, 3, 4, 5]
            .map((corner) => {
              const angle = Math.PI / 6 + (corner * Math.PI) / 3
              return `${320 + radius * Math.cos(angle)},${320 + radius * Math.sin(angle)}`
            })
            .join(' ')}
        />
      ))}
    </svg>
  )
}
