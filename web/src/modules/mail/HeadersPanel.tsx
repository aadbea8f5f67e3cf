import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import { Panel } from '@/ui/Panel'
import { headerKey } from './headers'

// All headers as they came, the topmost first, each with what it means. Only those that our own
// servers wrote can be believed.
export function HeadersPanel({ headers }: { headers: readonly Schemas['ShownHeader'][] }) {
  const { t } = useTranslation('mail')
  return (
    <Panel title={t('headers')}>
      <p className="bj-input-hint">{t('headers_hint')}</p>
      <dl className="bj-headers">
        {headers.map((header, at) => {
          const meaning = t(`header.${headerKey(header.name)}`, { defaultValue: '' })
          return (
            <div key={at}>
              <dt>
                <strong>{header.name}</strong>
                {meaning && <small>{meaning}</small>}
              </dt>
              <dd>
                <bdi>{header.value}</bdi>
              </dd>
            </div>
          )
        })}
      </dl>
    </Panel>
  )
}
