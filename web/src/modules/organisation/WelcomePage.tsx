import { IconCheck, IconChevronRight } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api, ask, ifVersion } from '@/api/client'
import { all } from '@/api/keys'
import { queryClient } from '@/api/query_client'
import { Page } from '@/parts/Page'
import { sayFailed } from '@/parts/problems'
import { QueryView } from '@/parts/QueryView'
import { type Organisation, organisationQuery } from '@/parts/useOrganisation'
import { Button } from '@/ui/Button'
import { Progress } from '@/ui/progress'
import './organisation.css'

// Where each step is done.
const places: Record<string, string> = {
  organisation: '/organisation',
  profile: '/organisation',
  team: '/teams',
  people: '/users',
  service_types: '/service-types',
  customers: '/customers',
  products: '/products',
  mailbox: '/mailboxes',
}

// A new desk is ready for work after these few steps (PLT-8).
export default function WelcomePage() {
  const { t } = useTranslation('organisation')
  const query = useQuery(organisationQuery)
  return (
    <Page title={t('welcome.title')} narrow>
      <QueryView query={query}>{(found) => <FirstSteps organisation={found} />}</QueryView>
    </Page>
  )
}

function FirstSteps({ organisation }: { organisation: Organisation }) {
  const { t } = useTranslation('organisation')
  const steps = organisation.first_steps ?? []
  const finished = steps.filter((step) => step.done).length
  const skip = useMutation({
    mutationFn: (key: string) =>
      ask(
        api.PATCH('/organisation', {
          headers: ifVersion(organisation.version),
          body: { steps_done: [...steps.filter((s) => s.done).map((s) => s.key), key] },
        }),
      ),
    onError: sayFailed,
    onSettled: () => queryClient.invalidateQueries({ queryKey: all('organisation') }),
  })
  return (
    <div className="bj-organisation">
      <p className="bj-welcome-text">{t('welcome.text')}</p>
      <Progress label={t('welcome.title')} part={steps.length ? finished / steps.length : 1} />
      <ol className="bj-welcome-steps">
        {steps.map((step, at) => (
          <li key={step.key} data-done={step.done || undefined}>
            <span className="bj-welcome-mark">
              {step.done ? <IconCheck size={18} stroke={2} /> : at + 1}
            </span>
            <span>
              <strong>{t(`step.${step.key}.title`, { defaultValue: step.key })}</strong>
              <small>{t(`step.${step.key}.text`, { defaultValue: '' })}</small>
            </span>
            {!step.done && (
              <Button kind="quiet" size="small" onClick={() => skip.mutate(step.key)}>
                {t('welcome.skip')}
              </Button>
            )}
            {places[step.key] && (
              <Link className="bj-button" data-kind="plain" to={places[step.key] as never}>
                {t('welcome.go')}
                <IconChevronRight size={15} stroke={1.7} />
              </Link>
            )}
          </li>
        ))}
      </ol>
    </div>
  )
}
