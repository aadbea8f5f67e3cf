import { IconMailOff } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api, ask } from '@/api/client'
import { all, list } from '@/api/keys'
import { queryClient } from '@/api/query_client'
import { useMay } from '@/api/use_me'
import { useMailReason } from '@/parts/letters'
import { sayFailed } from '@/parts/problems'
import { Time } from '@/parts/Time'
import { done } from '@/parts/undo'
import { Button } from '@/ui/Button'
import { Banner } from '@/ui/Panel'

// Mail to this address came back for good: nothing is sent there until somebody says it works.
export function DeadAddress({ email }: { email: string }) {
  const { t } = useTranslation('customers')
  const reasonOf = useMailReason()
  const may = useMay()
  const { data } = useQuery({
    queryKey: list('address_mark', { email }),
    queryFn: ({ signal }) =>
      ask(api.GET('/address-marks', { params: { query: { email, limit: 1 } }, signal })),
  })
  const mark = data?.items[0]
  const clear = useMutation({
    mutationFn: (id: number) =>
      ask(api.POST('/address-marks/{id}/clearings', { params: { path: { id } } })),
    onError: sayFailed,
    onSuccess: () => void done(t('dead_address.cleared')),
    onSettled: () => queryClient.invalidateQueries({ queryKey: all('address_mark') }),
  })
  if (!mark) return null
  return (
    <Banner>
      <IconMailOff size={16} stroke={1.6} aria-hidden="true" />
      <span className="bj-dead-address">
        <strong>{t('dead_address.title')}</strong> <bdi>{email}</bdi>{' '}
        <span>
          {reasonOf(mark.reason)} · <Time at={mark.since} />
        </span>
        {mark.said && <code>{mark.said}</code>}
      </span>
      {may('customers.manage') && (
        <Button size="small" pending={clear.isPending} onClick={() => clear.mutate(mark.id)}>
          {t('dead_address.works')}
        </Button>
      )}
    </Banner>
  )
}
