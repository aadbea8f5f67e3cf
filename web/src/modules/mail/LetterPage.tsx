import { IconDownload } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { apiPath } from '@/api/base_path'
import { api, ask, type Schemas } from '@/api/client'
import { one } from '@/api/keys'
import { DecideButtons } from '@/parts/DecideButtons'
import { type IncomingLine, useMailReason } from '@/parts/letters'
import { linkTo } from '@/parts/links'
import { listed } from '@/parts/names'
import { Page } from '@/parts/Page'
import { QueryView } from '@/parts/QueryView'
import { SafeHtml } from '@/parts/SafeHtml'
import { Time } from '@/parts/Time'
import { useIdInPath } from '@/parts/usePlace'
import { useRemoteImages } from '@/parts/useRemoteImages'
import { FileChip, sizeOf } from '@/ui/FileChip'
import { Banner, Facts, Panel } from '@/ui/Panel'
import { Skeleton } from '@/ui/progress'
import { HeadersPanel } from './HeadersPanel'
import { IncomingState, ProofMark } from './StateTag'
import { useDoubts } from './useDoubts'
import './mail.css'

type Letter = Schemas['Letter']

// A letter whole, as it came: who sent it, what it says, and what its headers mean.
export default function LetterPage() {
  const id = useIdInPath()
  const query = useQuery({
    queryKey: one('incoming_mail', id),
    queryFn: ({ signal }) =>
      ask(api.GET('/incoming-mails/{id}', { params: { path: { id } }, signal })),
  })
  return <QueryView query={query}>{(mail) => <LetterView mail={mail} />}</QueryView>
}

function LetterView({ mail }: { mail: IncomingLine }) {
  const { t } = useTranslation(['mail', 'letters'])
  const query = useQuery({
    queryKey: ['letter', mail.id],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: ({ signal }) =>
      ask(api.GET('/incoming-mails/{id}/letter', { params: { path: { id: mail.id } }, signal })),
  })
  return (
    <Page
      title={mail.subject || t('letters:no_subject')}
      actions={
        <>
          <DecideButtons mail={mail} />
          <a
            className="bj-button"
            data-kind="plain"
            href={apiPath(`/incoming-mails/${mail.id}/raw`)}
            download
          >
            <IconDownload size={16} stroke={1.7} />
            <span className="bj-button-text">{t('mail:raw')}</span>
          </a>
        </>
      }
    >
      <div className="bj-letter">
        <Panel title={t('mail:became')}>
          <Became mail={mail} />
        </Panel>
        <QueryView query={query} skeleton={<Skeleton lines={8} />}>
          {(letter) => <Whole letter={letter} mail={mail} />}
        </QueryView>
      </div>
    </Page>
  )
}

function Became({ mail }: { mail: IncomingLine }) {
  const { t } = useTranslation(['mail', 'letters'])
  const reasonOf = useMailReason()
  return (
    <Facts
      facts={[
        {
          name: t('mail:state'),
          value: (
            <>
              <IncomingState state={mail.state} /> {mail.reason && reasonOf(mail.reason)}
            </>
          ),
        },
        mail.ticket && {
          name: t('mail:ticket'),
          value: (
            <Link to={linkTo(`ticket:${mail.ticket}`) as never}>
              {mail.ticket_number ?? mail.ticket}
            </Link>
          ),
        },
        {
          name: t('mail:arrived'),
          value: (
            <>
              <Time at={mail.arrived_at} as="absolute" /> · {t(`mail:door.${mail.door}`)} ·{' '}
              {sizeOf(mail.bytes)}
            </>
          ),
        },
        mail.tries > 0 && { name: t('mail:tries'), value: mail.tries },
      ]}
    />
  )
}

function people(list: readonly Schemas['ShownAddress'][] | undefined): string {
  return listed((list ?? []).map(({ name, email }) => (name ? `${name} <${email}>` : email)))
}

function Whole({ letter, mail }: { letter: Letter; mail: IncomingLine }) {
  const { t } = useTranslation(['mail', 'letters'])
  const doubts = useDoubts(letter, mail)
  const images = useRemoteImages(`incoming_mail:${mail.id}`)
  const parts = letter.parts ?? []
  const partAddress = useCallback(
    (part: number) => apiPath(`/incoming-mails/${mail.id}/pictures/${part}`),
    [mail.id],
  )
  const line = (name: string, list: Letter['from']) =>
    list && list.length > 0 && { name: t(`mail:${name}`), value: <bdi>{people(list)}</bdi> }
  const kind = t(`letters:nature.${letter.nature}`)
  return (
    <>
      {doubts.length > 0 && (
        <Banner>
          <ul className="bj-letter-doubts">
            {doubts.map((doubt) => (
              <li key={doubt}>{doubt}</li>
            ))}
          </ul>
        </Banner>
      )}
      <Panel title={t('mail:letter')}>
        <Facts
          facts={[
            {
              name: t('mail:from'),
              value: (
                <>
                  <ProofMark proof={mail.proof} /> <bdi>{people(letter.from)}</bdi>
                </>
              ),
            },
            line('reply_to', letter.reply_to),
            line('to', letter.to),
            line('cc', letter.cc),
            letter.sent_at && {
              name: t('mail:sent_at'),
              value: <Time at={letter.sent_at} as="absolute" />,
            },
            {
              name: t('mail:nature'),
              value: letter.because ? t('mail:because', { kind, what: letter.because }) : kind,
            },
          ]}
        />
        <div className="bj-letter-body">
          {letter.html ? (
            <SafeHtml
              html={letter.html}
              paper
              images={images}
              partAddress={partAddress}
              title={t('mail:letter')}
            />
          ) : (
            <p className="bj-count">{t('mail:no_text')}</p>
          )}
        </div>
        {parts.length > 0 && <Parts parts={parts} />}
      </Panel>
      <HeadersPanel headers={letter.headers ?? []} />
    </>
  )
}

function Parts({ parts }: { parts: readonly Schemas['ShownPart'][] }) {
  const { t } = useTranslation('mail')
  return (
    <ul className="bj-letter-parts" aria-label={t('parts')}>
      {parts.map((part, at) => (
        <li key={at}>
          <FileChip name={part.name || part.type} bytes={part.bytes} type={part.type} />
          <small>
            {t(`role.${part.role}`)} · {part.type}
            {part.damaged && ` · ${t('damaged')}`}
          </small>
        </li>
      ))}
    </ul>
  )
}
