import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api, ask } from '@/api/client'
import { list, one } from '@/api/keys'
import { useMe } from '@/api/use_me'
import { categoriesQuery } from '@/parts/catalogue'
import type { CustomField } from '@/parts/customFields'
import { nameOf } from '@/parts/names'
import { ChoiceCards, SegmentsField } from '@/ui/choices'
import { TextAreaField, TextField } from '@/ui/Field'
import { MoreFields } from '../MoreFields'
import { SelectField } from '../SelectField'
import { AboutField } from './AboutField'
import { type Impact, intakeOf, type ServiceType, type Severity, type Written } from './written'

export interface DetailsProps {
  written: Written
  put: (patch: Partial<Written>) => void
  wrong: Record<string, string>
  type: ServiceType
  fields: readonly CustomField[]
}

// What follows from the kind of request that was chosen.
export function Details(props: DetailsProps) {
  const { written, put, wrong, type, fields } = props
  const { t } = useTranslation('portal')
  const intake = intakeOf(type)
  return (
    <>
      <TextField
        required
        label={t('field.subject')}
        placeholder={t('subject_hint')}
        value={written.subject}
        onValue={(subject) => put({ subject })}
        maxLength={200}
        problem={wrong.subject}
      />
      <TextAreaField
        required
        rows={5}
        label={t('field.body')}
        hint={t('body_hint')}
        value={written.body}
        onValue={(body) => put({ body })}
        problem={wrong.body}
      />
      <WhoseField {...props} />
      {(intake.has('product') || intake.has('asset')) && <AboutField {...props} />}
      {intake.has('site') && <SiteField {...props} />}
      {intake.get('category') && <CategoryField {...props} />}
      <HowBad written={written} put={put} wrong={wrong} intake={intake} />
      <WhenFields written={written} put={put} wrong={wrong} intake={intake} />
      <MoreFields
        fields={fields}
        values={written.custom}
        wrong={wrong}
        onValue={(custom) => put({ custom })}
      />
    </>
  )
}

interface IntakeProps extends Pick<DetailsProps, 'written' | 'put' | 'wrong'> {
  intake: ReadonlyMap<string, boolean>
}

const impacts = ['I4', 'I3', 'I2', 'I1'] as const
const severities = ['S4', 'S3', 'S2', 'S1'] as const

// How bad it is, in the words of those who have it.
function HowBad({ written, put, wrong, intake }: IntakeProps) {
  const { t } = useTranslation('portal')
  return (
    <>
      {intake.has('severity') && (
        <div className="bj-input-field bj-how-bad" data-wrong={wrong.severity ? true : undefined}>
          <span className="bj-input-label">{t('how_bad')}</span>
          <ChoiceCards<Severity>
            label={t('how_bad')}
            value={written.severity}
            choices={severities.map((value) => ({ value, label: t(`severity.${value}`) }))}
            onValue={(severity) => put({ severity })}
          />
          {wrong.severity && <span className="bj-input-problem">{wrong.severity}</span>}
        </div>
      )}
      {intake.has('impact') && (
        <SegmentsField<Impact>
          label={t('who_is_hit')}
          value={written.impact}
          choices={impacts.map((value) => ({ value, label: t(`impact.${value}`) }))}
          onValue={(impact) => put({ impact })}
        />
      )}
      {wrong.impact && <span className="bj-input-problem">{wrong.impact}</span>}
    </>
  )
}

function WhenFields({ written, put, wrong, intake }: IntakeProps) {
  const { t } = useTranslation('portal')
  return (
    <>
      {intake.has('occurred_at') && (
        <TextField
          type="datetime-local"
          label={t('since')}
          required={intake.get('occurred_at')}
          value={written.since}
          onValue={(since) => put({ since })}
          problem={wrong.occurred_at}
        />
      )}
      {intake.has('appointment') && (
        <TextField
          label={t('when')}
          hint={t('when_hint')}
          required={intake.get('appointment')}
          value={written.when}
          maxLength={200}
          onValue={(when) => put({ when })}
          problem={wrong.appointment}
        />
      )}
    </>
  )
}

// Who belongs to several organisations says for which of them he asks.
function WhoseField({ written, put }: DetailsProps) {
  const { t } = useTranslation('portal')
  const me = useMe()
  const { data } = useQuery({
    queryKey: one('contact', me.contact ?? 0, 'mine'),
    queryFn: ({ signal }) => ask(api.GET('/me/contact', { signal })),
  })
  const mine = data?.customers ?? []
  if (mine.length < 2) return null
  const main = mine.find((each) => each.main) ?? mine[0]
  return (
    <div className="bj-input-field bj-how-bad">
      <span className="bj-input-label">{t('whose_request')}</span>
      <ChoiceCards
        label={t('whose_request')}
        value={String(written.customer ?? main?.customer)}
        choices={mine.map((each) => ({
          value: String(each.customer),
          label: each.customer_name,
        }))}
        onValue={(customer) =>
          put({ customer: Number(customer), about: null, product: null, site: null })
        }
      />
    </div>
  )
}

function SiteField({ written, put, wrong, type }: DetailsProps) {
  const { t } = useTranslation('portal')
  const params = { limit: 100, active: true, customer: written.customer ?? undefined }
  const { data } = useQuery({
    queryKey: list('site', params),
    queryFn: ({ signal }) => ask(api.GET('/sites', { params: { query: params }, signal })),
  })
  const required = intakeOf(type).get('site')
  if ((data?.items.length ?? 0) === 0 && !required) return null
  return (
    <SelectField
      required={required}
      label={t('field.site')}
      none={t('choose')}
      value={written.site ? String(written.site) : null}
      groups={[
        {
          options: (data?.items ?? []).map((site) => ({
            value: String(site.id),
            label: [site.name, site.address].filter(Boolean).join(' · '),
          })),
        },
      ]}
      onValue={(site) => put({ site: site ? Number(site) : null })}
      problem={wrong.site}
    />
  )
}

function CategoryField({ written, put, wrong }: DetailsProps) {
  const { t } = useTranslation('portal')
  const all = useQuery(categoriesQuery).data ?? []
  return (
    <SelectField
      required
      label={t('field.category')}
      none={t('choose')}
      value={written.category ? String(written.category) : null}
      groups={[
        {
          options: all
            .filter((category) => category.active)
            .map((category) => ({ value: String(category.id), label: nameOf(category) })),
        },
      ]}
      onValue={(category) => put({ category: category ? Number(category) : null })}
      problem={wrong.category}
    />
  )
}
