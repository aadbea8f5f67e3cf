import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask } from '@/api/client'
import { one } from '@/api/keys'
import { listed } from '@/parts/names'
import { QueryView } from '@/parts/QueryView'
import { SafeHtml } from '@/parts/SafeHtml'
import { Banner } from '@/ui/Panel'
import { shownVariable } from './variables'

const typingMs = 400

// What stood still for a moment.
function useSettled<Value>(value: Value): Value {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), typingMs)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}

export interface TextPreviewProps {
  id: number
  subject: string
  body: string
  // Whose language it is in: there are two of them on the page.
  language: string
}

// The text as a customer gets it, with an invented ticket's values, while it is being written.
export function TextPreview({ id, subject, body, language }: TextPreviewProps) {
  const { t } = useTranslation('mail')
  const params = { path: { id } }
  const title = t('preview_in', { language: t(`language.${language}`) })
  const now = { subject: useSettled(subject) || null, body: useSettled(body) || null }
  const query = useQuery({
    queryKey: one('mail_template', id, 'preview', now.subject ?? '', now.body ?? ''),
    queryFn: ({ signal }) =>
      ask(api.POST('/mail-templates/{id}/previews', { params, body: now, signal })),
    placeholderData: keepPreviousData,
  })
  return (
    <section className="bj-mail-preview" aria-label={title}>
      <h3>{t('preview')}</h3>
      <QueryView query={query}>
        {(preview) => (
          <>
            {(preview.unknown ?? []).length > 0 && (
              <Banner tone="danger">
                {t('unknown_variables', {
                  names: listed((preview.unknown ?? []).map(shownVariable)),
                })}
              </Banner>
            )}
            {(preview.empty ?? []).length > 0 && (
              <Banner>
                {t('empty_variables', {
                  names: listed((preview.empty ?? []).map(shownVariable)),
                })}
              </Banner>
            )}
            <div className="bj-mail-paper">
              <strong>{preview.subject}</strong>
              <SafeHtml html={preview.html} paper title={title} />
            </div>
          </>
        )}
      </QueryView>
    </section>
  )
}
