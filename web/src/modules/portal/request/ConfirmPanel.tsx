import { IconCheck } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useServiceTypes } from '@/parts/catalogue'
import { sayFailed } from '@/parts/problems'
import { absolute } from '@/parts/time'
import { done } from '@/parts/undo'
import { Button } from '@/ui/Button'
import { TextAreaField } from '@/ui/Field'
import './request.css'
import { Stars, StarsGiven } from './Stars'
import type { Request } from './useRequest'

export interface Confirmation {
  solved: boolean
  comment?: string | null
  rating?: number | null
}

export interface Acting {
  confirm: (body: Confirmation) => Promise<unknown>
  rate: (body: { rating: number; comment?: string | null }) => Promise<unknown>
  onSettled: () => unknown
}

export interface ConfirmPanelProps extends Acting {
  request: Request
}

// Is it solved? The customer decides; afterwards there is a while to say it was not, and to rate.
export function ConfirmPanel(props: ConfirmPanelProps) {
  const { request } = props
  const { t } = useTranslation('portal')
  const may = (what: string) => request.allowed?.includes(what) ?? false
  if (request.phase === 'solved' && may('confirm')) return <Confirm {...props} />
  if (request.phase !== 'closed') return null
  // Who may still answer a closed request may take it up again by that.
  const canReopen = may('reply') && request.reopen_until
  return (
    <section className="bj-panel bj-confirm" aria-label={t('closed')}>
      {may('rate') ? (
        <Rating {...props} />
      ) : (
        request.rating && <StarsGiven value={request.rating} />
      )}
      {canReopen ? (
        <Reopen {...props} until={absolute(request.reopen_until ?? '')} />
      ) : (
        <p className="bj-count">{t('closed_hint')}</p>
      )}
    </section>
  )
}

function useConfirm({ confirm, onSettled }: Acting, thanks: string) {
  return useMutation({
    mutationFn: confirm,
    onError: sayFailed,
    onSuccess: () => void done(thanks),
    onSettled,
  })
}

function Confirm(props: ConfirmPanelProps) {
  const { t } = useTranslation('portal')
  const [isNot, setIsNot] = useState(false)
  const [stars, setStars] = useState(0)
  const confirm = useConfirm(props, t('thanks'))
  const types = useServiceTypes()
  const days = types.find((type) => type.id === props.request.service_type)?.auto_close_days
  return (
    <section className="bj-panel bj-confirm" data-asks aria-labelledby="is-it-solved">
      <h2 id="is-it-solved">{t('is_it_solved')}</h2>
      {isNot ? (
        <NotSolved {...props} onBack={() => setIsNot(false)} />
      ) : (
        <>
          <p>{t('solved_hint')}</p>
          <Stars value={stars} onValue={setStars} />
          <div className="bj-confirm-row">
            <Button
              size="large"
              kind="primary"
              icon={IconCheck}
              pending={confirm.isPending}
              onClick={() => confirm.mutate({ solved: true, rating: stars || null })}
            >
              {t('solved')}
            </Button>
            <Button size="large" disabled={confirm.isPending} onClick={() => setIsNot(true)}>
              {t('not_solved')}
            </Button>
          </div>
          {days ? <p className="bj-count">{t('closes_itself', { count: days })}</p> : null}
        </>
      )}
    </section>
  )
}

function NotSolved(props: ConfirmPanelProps & { onBack: () => void }) {
  const { t } = useTranslation('portal')
  const [comment, setComment] = useState('')
  const again = useConfirm(props, t('goes_on'))
  return (
    <>
      <TextAreaField
        autoFocus
        required
        label={t('what_is_left')}
        value={comment}
        onValue={setComment}
        maxLength={4000}
      />
      <div className="bj-confirm-row">
        <Button
          size="large"
          kind="primary"
          disabled={!comment.trim()}
          pending={again.isPending}
          onClick={() => again.mutate({ solved: false, comment: comment.trim() })}
        >
          {t('not_solved_send')}
        </Button>
        <Button size="large" onClick={props.onBack}>
          {t('back')}
        </Button>
      </div>
    </>
  )
}

function Rating({ request, rate, onSettled }: ConfirmPanelProps) {
  const { t } = useTranslation('portal')
  const [stars, setStars] = useState(request.rating ?? 0)
  const [comment, setComment] = useState(request.rating_comment ?? '')
  const said = useMutation({
    mutationFn: () => rate({ rating: stars, comment: comment.trim() || null }),
    onError: sayFailed,
    onSuccess: () => void done(t('thanks_rating')),
    onSettled,
  })
  const isOther =
    stars !== (request.rating ?? 0) || comment.trim() !== (request.rating_comment ?? '')
  return (
    <>
      <h2>{request.rating ? t('your_rating') : t('how_was_it')}</h2>
      <Stars value={stars} onValue={setStars} />
      {stars > 0 && (
        <>
          <TextAreaField
            label={t('rating_comment')}
            value={comment}
            onValue={setComment}
            maxLength={2000}
          />
          {isOther && (
            <div className="bj-confirm-row">
              <Button
                kind="primary"
                size="large"
                pending={said.isPending}
                onClick={() => said.mutate()}
              >
                {t('rate_send')}
              </Button>
            </div>
          )}
        </>
      )}
    </>
  )
}

function Reopen(props: ConfirmPanelProps & { until: string }) {
  const { t } = useTranslation('portal')
  const [open, setOpen] = useState(false)
  if (open) return <NotSolved {...props} onBack={() => setOpen(false)} />
  return (
    <div className="bj-confirm-row" data-reopen>
      <Button size="large" onClick={() => setOpen(true)}>
        {t('reopen')}
      </Button>
      <span className="bj-count">{t('reopen_until', { until: props.until })}</span>
    </div>
  )
}
