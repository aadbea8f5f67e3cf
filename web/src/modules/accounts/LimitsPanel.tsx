import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask, type Schemas } from '@/api/client'
import { list } from '@/api/keys'
import { asProblem } from '@/api/problem'
import { queryClient } from '@/api/query_client'
import { fieldTexts, reasonText } from '@/parts/problems'
import { QueryView } from '@/parts/QueryView'
import { done } from '@/parts/undo'
import { Button } from '@/ui/Button'
import { NumberField } from '@/ui/NumberField'
import { Banner } from '@/ui/Panel'
import './access.css'

type Limits = Schemas['SessionLimits']

const key = list('session_limits')
const hour = 3600
const minute = 60

// How long a session lasts, and how long it may rest.
export function LimitsPanel() {
  const query = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => ask(api.GET('/session-limits', { signal })),
  })
  return <QueryView query={query}>{(limits) => <LimitsForm limits={limits} />}</QueryView>
}

function LimitsForm({ limits }: { limits: Limits }) {
  const { t } = useTranslation('accounts')
  const [lasts, setLasts] = useState<number | null>(limits.absolute_seconds / hour)
  const [rests, setRests] = useState<number | null>(limits.idle_seconds / minute)
  const save = useMutation({
    mutationFn: () =>
      ask(
        api.PUT('/session-limits', {
          body: { absolute_seconds: (lasts ?? 0) * hour, idle_seconds: (rests ?? 0) * minute },
        }),
      ),
    onSuccess: (kept) => {
      queryClient.setQueryData(key, kept)
      done(t('limits.kept'))
    },
  })
  const wrong = save.error ? fieldTexts(save.error) : {}
  const isOther = lasts !== limits.absolute_seconds / hour || rests !== limits.idle_seconds / minute
  return (
    <form
      className="bj-limits"
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate()
      }}
    >
      <NumberField
        label={t('limits.lasts')}
        unit={t('limits.hours')}
        value={lasts}
        onValue={setLasts}
        problem={wrong.absolute_seconds}
      />
      <NumberField
        label={t('limits.rests')}
        unit={t('limits.minutes')}
        value={rests}
        onValue={setRests}
        problem={wrong.idle_seconds}
      />
      <Button type="submit" disabled={!isOther} pending={save.isPending}>
        {t('limits.save')}
      </Button>
      {save.error && Object.keys(wrong).length === 0 && (
        <Banner tone="danger">{reasonText(asProblem(save.error).reason)}</Banner>
      )}
    </form>
  )
}
