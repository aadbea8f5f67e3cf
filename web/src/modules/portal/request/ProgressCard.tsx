import { IconClock } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { either } from '@/parts/names'
import { absolute } from '@/parts/time'
import { Steps } from '@/ui/progress'
import { stepsOf } from '../progress'
import '../steps.css'
import './request.css'
import type { Request } from './useRequest'

// How far it is, in plain words.
export function ProgressCard({ request }: { request: Request }) {
  const { t } = useTranslation('portal')
  return (
    <section className="bj-panel bj-progress-card" aria-label={t('progress')}>
      <header>
        <strong>{either(request.state_zh, request.state_en)}</strong>
        <span className="bj-count">{request.number}</span>
        {request.due_at && (
          <span className="bj-request-card-end">
            <IconClock size={15} stroke={1.6} aria-hidden="true" />
            {t('promised', { at: absolute(request.due_at) })}
          </span>
        )}
      </header>
      <Steps label={t('progress')} steps={stepsOf(request.steps)} />
    </section>
  )
}
