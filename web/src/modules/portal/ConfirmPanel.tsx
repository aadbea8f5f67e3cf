import { IconStar, IconStarFilled } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask } from '@/api/client'
import { sayFailed } from '@/parts/problems'
import { absolute } from '@/parts/time'
import { done } from '@/parts/undo'
import { Button } from '@/ui/Button'
import { TextAreaField } from '@/ui/Field'
import { Panel } from '@/ui/Panel'
import './portal.css'
import { type Request, refreshRequest } from './useRequest'

// Is it solved? The customer decides; afterwards there is a while to say it was not, and to rate.
export function ConfirmPanel({ request }: { request: Request }) {
  const { t } = useTranslation('portal')
  if (request.phase === 'solved' && request.allowed?.includes('confirm')) {
    return <Confirm request={request} />
  }
  if (request.phase !== 'closed') return null
  return (
    <Panel>
      <div className="bj-confirm">
        <Rating request={request} />
        {request.allowed?.includes('reopen') && request.reopen_until && (
          <Reopen request={request} until={absolute(request.reopen_until)} />
        )}
        {!request.allowed?.includes('reopen') && <p className="bj-count">{t('closed')}</p>}
      </div>
    </Panel>
  )
}

function useConfirm(request: Request, thanks: string) {
  return useMutation({
    mutationFn: (body: { solved: boolean; comment?: string; rating?: number }) =>
      ask(api.POST('/tickets/{id}/confirmations', { params: { path: { id: request.id } }, body })),
    onError: sayFailed,
    onSuccess: () => void done(thanks),
    onSettled: refreshRequest,
  })
}

function Confirm({ request }: { request: Request }) {
  const { t } = useTranslation('portal')
  const [open, setOpen] = useState(false)
  const [comment, setComment] = useState('')
  const [stars, setStars] = useState(0)
  const confirm = useConfirm(request, t('thanks'))
  return (
    <Panel title={t('is_it_solved')}>
      <div className="bj-confirm">
        {open ? (
          <>
            <TextAreaField
              autoFocus
              required
              label={t('what_is_left')}
              value={comment}
              onValue={setComment}
            />
            <div className="bj-confirm-row">
              <Button size="large" onClick={() => setOpen(false)}>
                {t('back')}
              </Button>
              <Button
                size="large"
                kind="primary"
                disabled={!comment.trim()}
                pending={confirm.isPending}
                onClick={() => confirm.mutate({ solved: false, comment: comment.trim() })}
              >
                {t('not_solved_send')}
              </Button>
            </div>
          </>
        ) : (
          <>
            <Stars value={stars} onValue={setStars} />
            <div className="bj-confirm-row">
              <Button
                size="large"
                kind="primary"
                pending={confirm.isPending}
                onClick={() => confirm.mutate({ solved: true, rating: stars || undefined })}
              >
                {t('solved')}
              </Button>
              <Button size="large" onClick={() => setOpen(true)}>
                {t('not_solved')}
              </Button>
            </div>
          </>
        )}
      </div>
    </Panel>
  )
}

export interface StarsProps {
  value: number
  onValue: (value: number) => void
}

export function Stars({ value, onValue }: StarsProps) {
  const { t } = useTranslation('portal')
  return (
    <div className="bj-stars" role="radiogroup" aria-label={t('rate')}>
      {[1, 2, 3, 4, 5].map((star) => (
        // biome-ignore lint/a11y/useSemanticElements: five stars are one control with a word each
        <button
          key={star}
          type="button"
          role="radio"
          aria-checked={value === star}
          aria-label={t(`stars.${star}`)}
          title={t(`stars.${star}`)}
          onClick={() => onValue(star)}
        >
          {star <= value ? <IconStarFilled size={28} /> : <IconStar size={28} stroke={1.4} />}
        </button>
      ))}
      <span className="bj-count">{value > 0 ? t(`stars.${value}`) : t('rate')}</span>
    </div>
  )
}

function Rating({ request }: { request: Request }) {
  const { t } = useTranslation('portal')
  const [stars, setStars] = useState(request.rating ?? 0)
  const [comment, setComment] = useState(request.rating_comment ?? '')
  const rate = useMutation({
    mutationFn: () =>
      ask(
        api.POST('/tickets/{id}/ratings', {
          params: { path: { id: request.id } },
          body: { rating: stars, comment: comment.trim() || null },
        }),
      ),
    onError: sayFailed,
    onSuccess: () => void done(t('thanks_rating')),
    onSettled: refreshRequest,
  })
  if (!request.allowed?.includes('rate')) {
    return request.rating ? <p className="bj-stars">{'★'.repeat(request.rating)}</p> : null
  }
  return (
    <>
      <Stars value={stars} onValue={setStars} />
      {stars > 0 && (
        <>
          <TextAreaField label={t('rating_comment')} value={comment} onValue={setComment} />
          <div className="bj-confirm-row">
            <Button
              kind="primary"
              size="large"
              pending={rate.isPending}
              onClick={() => rate.mutate()}
            >
              {t('rate_send')}
            </Button>
          </div>
        </>
      )}
    </>
  )
}

function Reopen({ request, until }: { request: Request; until: string }) {
  const { t } = useTranslation('portal')
  const [open, setOpen] = useState(false)
  const [comment, setComment] = useState('')
  const confirm = useConfirm(request, t('reopened'))
  if (!open) {
    return (
      <div className="bj-confirm-row">
        <Button onClick={() => setOpen(true)}>{t('reopen')}</Button>
        <span className="bj-count">{t('reopen_until', { until })}</span>
      </div>
    )
  }
  return (
    <>
      <TextAreaField
        autoFocus
        required
        label={t('what_is_left')}
        value={comment}
        onValue={setComment}
      />
      <div className="bj-confirm-row">
        <Button
          kind="primary"
          disabled={!comment.trim()}
          pending={confirm.isPending}
          onClick={() => confirm.mutate({ solved: false, comment: comment.trim() })}
        >
          {t('reopen')}
        </Button>
      </div>
    </>
  )
}
