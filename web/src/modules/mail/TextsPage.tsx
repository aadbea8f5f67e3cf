import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api, ask, type Schemas } from '@/api/client'
import { list } from '@/api/keys'
import { Page } from '@/parts/Page'
import { QueryView } from '@/parts/QueryView'
import { useSearchState } from '@/parts/usePlace'
import { Tabs } from '@/ui/Tabs'
import { TextPanel } from './TextPanel'
import './mail.css'

export type MailTemplate = Schemas['MailTemplate']

const kinds = ['received', 'waiting', 'confirm', 'reminder', 'closed', 'reopened'] as const
type Kind = (typeof kinds)[number]

// What the desk says by itself, in Chinese and English side by side.
export default function TextsPage() {
  const { t } = useTranslation('mail')
  const [search, change] = useSearchState<'kind'>()
  const kind: Kind = kinds.find((one) => one === search.kind) ?? 'received'
  const query = useQuery({
    queryKey: list('mail_template'),
    queryFn: async ({ signal }) => (await ask(api.GET('/mail-templates', { signal }))).items,
  })
  return (
    <Page
      title={t('texts')}
      bar={
        <Tabs
          label={t('texts')}
          tabs={kinds.map((key) => ({ key, title: t(`kind.${key}`) }))}
          value={kind}
          onValue={(next) => change({ kind: next }, false)}
        />
      }
    >
      <QueryView query={query}>
        {(found) => (
          <div className="bj-mail-texts">
            <p className="bj-input-hint">{t(`kind_hint.${kind}`)}</p>
            {found
              .filter((text) => text.kind === kind)
              .map((text) => (
                <TextPanel key={text.id} text={text} />
              ))}
          </div>
        )}
      </QueryView>
    </Page>
  )
}
