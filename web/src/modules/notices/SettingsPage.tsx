import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask, ifVersion, type Schemas } from '@/api/client'
import { list } from '@/api/keys'
import { queryClient } from '@/api/query_client'
import { useMe } from '@/api/use_me'
import { Page } from '@/parts/Page'
import { sayFailed } from '@/parts/problems'
import { QueryView } from '@/parts/QueryView'
import { done } from '@/parts/undo'
import { Checkbox, SegmentsField, Switch } from '@/ui/choices'
import { TextField } from '@/ui/Field'
import { Matrix } from '@/ui/Matrix'
import { Skeleton } from '@/ui/progress'
import './notices.css'
import { clockOf, minutesOf } from './words'

type Wishes = Schemas['Wishes']
type Kept = Schemas['MyNoticeSettings']

const key = list('notice_settings')
const paces = ['at_once', 'hourly', 'daily'] as const
const channels = ['in_app', 'mail'] as const
type Channel = (typeof channels)[number]

// Each change is seen and kept at once and can be taken back; one is sent after the other.
function useKeep(kept: Wishes) {
  const { t } = useTranslation('notices')
  const [ahead, setAhead] = useState<Wishes | null>(null)
  const keep = useMutation({
    scope: { id: 'notice_settings' },
    mutationFn: (body: Wishes) => {
      const version = queryClient.getQueryData<Kept>(key)?.version
      const headers = version ? ifVersion(version) : undefined
      return ask(api.PUT('/my/notice-settings', { body, headers }))
    },
    onSuccess: (answer) => queryClient.setQueryData(key, answer),
    onError: (error) => {
      sayFailed(error)
      void queryClient.invalidateQueries({ queryKey: key })
    },
  })
  const { isPending } = keep
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was read anew is what counts
  useEffect(() => {
    if (!isPending) setAhead(null)
  }, [isPending, kept])
  const send = (wanted: Wishes, onSuccess?: () => void) => {
    setAhead(wanted)
    keep.mutate(wanted, { onSuccess })
  }
  const wishes = ahead ?? kept
  const put = (patch: Partial<Wishes>) =>
    send({ ...wishes, ...patch }, () => void done(t('settings.kept'), () => send(wishes)))
  return { wishes, put }
}

// What one wants to be told of, and how (NOT-1).
export default function SettingsPage() {
  const { t } = useTranslation('notices')
  const query = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => ask(api.GET('/my/notice-settings', { signal })),
  })
  return (
    <Page title={t('settings.title')} narrow>
      <QueryView query={query} skeleton={<Skeleton shape="form" />}>
        {({ settings }) => <Settings kept={settings} />}
      </QueryView>
    </Page>
  )
}

function Settings({ kept }: { kept: Wishes }) {
  const { t } = useTranslation('notices')
  const me = useMe()
  const { wishes, put } = useKeep(kept)
  const kinds = wishes.kinds ?? []
  const toggle = (kind: string, channel: Channel, on: boolean) =>
    put({ kinds: kinds.map((one) => (one.kind === kind ? { ...one, [channel]: on } : one)) })
  return (
    <div className="bj-notice-settings">
      <section>
        <Matrix
          label={t('settings.title')}
          rows={kinds.map(({ kind }) => ({
            key: kind,
            title: t(`kind.${kind}`),
            hint: t(`hint.${kind}`),
          }))}
          columns={channels.map((channel) => ({
            key: channel,
            title: t(`settings.channel.${channel}`),
          }))}
          cell={(kind, column) => {
            const channel = column as Channel
            const name = `${t(`kind.${kind}`)} ${t(`settings.channel.${channel}`)}`
            return (
              <Checkbox
                label={<span className="bj-hidden">{name}</span>}
                checked={kinds.find((one) => one.kind === kind)?.[channel] ?? false}
                onChecked={(on) => toggle(kind, channel, on)}
              />
            )
          }}
        />
      </section>
      <MailSection wishes={wishes} put={put} />
      <p className="bj-notice-zone">
        {t('settings.zone', { zone: me.time_zone })} <Link to="/me">{t('settings.own')}</Link>
      </p>
    </div>
  )
}

interface MailProps {
  wishes: Wishes
  put: (patch: Partial<Wishes>) => void
}

function MailSection({ wishes, put }: MailProps) {
  const { t } = useTranslation('notices')
  const me = useMe()
  return (
    <section>
      <h2>{t('settings.mail')}</h2>
      <p>{me.email ? t('settings.mail_to', { email: me.email }) : t('settings.no_email')}</p>
      <div className="bj-form">
        <SegmentsField
          label={t('settings.pace')}
          value={wishes.mail_pace}
          choices={paces.map((pace) => ({ value: pace, label: t(`settings.paces.${pace}`) }))}
          onValue={(mail_pace) => put({ mail_pace })}
        />
        {wishes.mail_pace === 'daily' && (
          <Clock
            label={t('settings.daily')}
            minutes={wishes.daily_minute}
            onMinutes={(daily_minute) => put({ daily_minute })}
          />
        )}
        <Switch
          label={t('settings.quiet')}
          checked={wishes.quiet_hours ?? false}
          onChecked={(quiet_hours) => put({ quiet_hours })}
        />
        {wishes.quiet_hours && (
          <div className="bj-notice-hours">
            <Clock
              label={t('settings.from')}
              minutes={wishes.quiet_from_minute}
              onMinutes={(quiet_from_minute) => put({ quiet_from_minute })}
            />
            <Clock
              label={t('settings.to')}
              minutes={wishes.quiet_to_minute}
              onMinutes={(quiet_to_minute) => put({ quiet_to_minute })}
            />
          </div>
        )}
        <Switch
          label={t('settings.urgent')}
          checked={wishes.urgent_at_once ?? false}
          onChecked={(urgent_at_once) => put({ urgent_at_once })}
        />
      </div>
    </section>
  )
}

interface ClockProps {
  label: string
  minutes: number
  onMinutes: (minutes: number) => void
}

// Kept when one leaves it: on the way to a time many others are passed.
function Clock({ label, minutes, onMinutes }: ClockProps) {
  const [typed, setTyped] = useState<string | null>(null)
  const leave = () => {
    const wanted = minutesOf(typed ?? '')
    setTyped(null)
    if (wanted !== null && wanted !== minutes) onMinutes(wanted)
  }
  return (
    <TextField
      label={label}
      type="time"
      value={typed ?? clockOf(minutes)}
      onValue={setTyped}
      onBlur={leave}
    />
  )
}
