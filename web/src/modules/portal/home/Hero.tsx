import {
  IconArrowRight,
  IconChevronRight,
  IconListDetails,
  IconPhone,
  IconPlus,
  IconSearch,
  IconServer,
} from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import { type FormEvent, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay, useMe } from '@/api/use_me'
import { useOrganisation } from '@/parts/useOrganisation'
import type { Icon } from '@/ui/Button'
import { greetingKey, hourNow } from '../progress'
import type { Home } from '../usePortalHome'

export function Hero({ home }: { home: Home | undefined }) {
  const { t } = useTranslation('portal')
  const me = useMe()
  const name = home?.preferences.form_of_address ?? me.name
  return (
    <section className="bj-hero">
      <Crystal />
      <div className="bj-hero-inner">
        <h1>{t(`greeting.${greetingKey(hourNow())}`, { name })}</h1>
        <p>{t('what')}</p>
        <SearchBox />
        <Actions home={home} />
      </div>
    </section>
  )
}

function SearchBox() {
  const { t } = useTranslation('portal')
  const navigate = useNavigate()
  const [typed, setTyped] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const q = typed.trim()
    void navigate({ to: '/requests' as never, search: (q ? { q } : {}) as never })
  }
  return (
    <form className="bj-hero-search" onSubmit={submit}>
      <IconSearch size={20} stroke={1.6} aria-hidden="true" />
      <input
        type="search"
        enterKeyHint="search"
        aria-label={t('search')}
        placeholder={t('search_hint')}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      <button type="submit" aria-label={t('search')}>
        <span>{t('search')}</span>
        <IconArrowRight size={18} stroke={1.8} aria-hidden="true" />
      </button>
    </form>
  )
}

// Only what there is: each of them leads somewhere.
function Actions({ home }: { home: Home | undefined }) {
  const { t } = useTranslation('portal')
  const may = useMay()
  const phone = useOrganisation().organisation?.support_phone
  const open = home?.open_of_organisations ?? home?.open_total
  const products = home?.assets?.length ?? 0
  return (
    <nav className="bj-hero-actions" aria-label={t('what')}>
      {may('tickets.create') && (
        <Link to={'/requests/new' as never} className="bj-hero-action" data-first>
          <Inside icon={IconPlus} title={t('submit')}>
            {t('submit_hint')}
          </Inside>
        </Link>
      )}
      <Link to={'/requests' as never} className="bj-hero-action">
        <Inside icon={IconListDetails} title={t('follow')}>
          {open ? t('follow_open', { count: open }) : t('follow_hint')}
        </Inside>
      </Link>
      {may('products.read') && (
        <Link to={'/products' as never} className="bj-hero-action">
          <Inside icon={IconServer} title={t('my_products')}>
            {products > 0 ? t('in_use', { count: products }) : t('products_hint')}
          </Inside>
        </Link>
      )}
      {phone && (
        <a href={`tel:${phone}`} className="bj-hero-action">
          <Inside icon={IconPhone} title={t('call')}>
            {phone}
          </Inside>
        </a>
      )}
    </nav>
  )
}

function Inside(props: { icon: Icon; title: string; children: ReactNode }) {
  return (
    <>
      <span className="bj-hero-icon" aria-hidden="true">
        <props.icon size={22} stroke={1.5} />
      </span>
      <span>
        <strong>{props.title}</strong>
        <small>{props.children}</small>
      </span>
      <IconChevronRight className="bj-hero-go" size={18} stroke={1.6} aria-hidden="true" />
    </>
  )
}

// The sign of the house as a crystal, standing still in the light.
function Crystal() {
  const corners = (radius: number) =>
    [0, 1, 2, 3, 4, 5]
      .map((corner) => {
        const angle = Math.PI / 6 + (corner * Math.PI) / 3
        return `${200 + radius * Math.cos(angle)},${200 + radius * Math.sin(angle)}`
      })
      .join(' ')
  return (
    <svg className="bj-hero-crystal" viewBox="0 0 400 400" aria-hidden="true">
      {[196, 142, 92].map((radius) => (
        <polygon key={radius} points={corners(radius)} />
      ))}
    </svg>
  )
}
