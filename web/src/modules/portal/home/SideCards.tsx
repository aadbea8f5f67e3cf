import { IconClock, IconMail, IconPhone, IconServer } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Avatar } from '@/parts/Avatar'
import { either, listed } from '@/parts/names'
import { useOrganisation } from '@/parts/useOrganisation'
import { Tag } from '@/ui/Chip'
import type { Home } from '../usePortalHome'
import '../wishes.css'

// Who helps: as the organisation says of itself, and who is at it right now.
export function Support({ home }: { home: Home }) {
  const { t } = useTranslation('portal')
  const { organisation } = useOrganisation()
  const phone = organisation?.support_phone
  const email = organisation?.support_email
  const hours = either(organisation?.hours_zh, organisation?.hours_en)
  const names = (home.open ?? []).flatMap(({ ticket }) => ticket.assignee_name ?? [])
  const people = [...new Set(names)].slice(0, 3)
  if (!phone && !hours && !email) return null
  return (
    <section className="bj-panel bj-side-card">
      <h2>{t('support')}</h2>
      {people.length > 0 && (
        <div className="bj-crew">
          <span className="bj-crew-faces" aria-hidden="true">
            {people.map((name) => (
              <Avatar key={name} name={name} size={34} />
            ))}
          </span>
          <span>
            <strong>{t('crew')}</strong>
            <small>{listed(people)}</small>
          </span>
        </div>
      )}
      <ul className="bj-lines">
        {hours && (
          <li>
            <IconClock size={17} stroke={1.5} aria-hidden="true" />
            {hours}
          </li>
        )}
        {phone && (
          <li>
            <IconPhone size={17} stroke={1.5} aria-hidden="true" />
            <a href={`tel:${phone}`}>{phone}</a>
          </li>
        )}
        {email && (
          <li>
            <IconMail size={17} stroke={1.5} aria-hidden="true" />
            <a href={`mailto:${email}`}>{email}</a>
          </li>
        )}
      </ul>
    </section>
  )
}

const shownAtMost = 4

export function MyProducts({ assets }: { assets: NonNullable<Home['assets']> }) {
  const { t } = useTranslation('portal')
  if (assets.length === 0) return null
  return (
    <section className="bj-panel bj-side-card">
      <header className="bj-side-head">
        <h2>{t('my_products')}</h2>
        <Link to={'/products' as never}>{t('all_products')}</Link>
      </header>
      <ul className="bj-rows" data-inside>
        {assets.slice(0, shownAtMost).map((asset) => (
          <li key={asset.id}>
            <IconServer size={20} stroke={1.4} aria-hidden="true" />
            <span>
              {asset.name}
              <small>{[asset.version_name, asset.serial].filter(Boolean).join(' · ')}</small>
            </span>
            <Tag tone={asset.state === 'accepted' ? 'good' : 'plain'}>
              {t(`asset.${asset.state}`)}
            </Tag>
          </li>
        ))}
      </ul>
    </section>
  )
}
