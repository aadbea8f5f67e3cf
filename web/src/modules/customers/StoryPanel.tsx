import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask, type Schemas } from '@/api/client'
import { one } from '@/api/keys'
import { linkTo } from '@/parts/links'
import { listed } from '@/parts/names'
import { QueryView } from '@/parts/QueryView'
import { Time } from '@/parts/Time'
import { dayOf } from '@/parts/time'
import { Button } from '@/ui/Button'
import { Panel } from '@/ui/Panel'
import { DayLine } from '@/ui/Talk'

type Item = Schemas['CustomerStoryItem']

// What happened with a customer, the newest first.
export function StoryPanel({ customer }: { customer: number }) {
  const { t } = useTranslation('customers')
  const query = useInfiniteQuery({
    queryKey: one('customer', customer, 'story'),
    queryFn: ({ pageParam, signal }) =>
      ask(
        api.GET('/customers/{id}/timeline', {
          params: { path: { id: customer }, query: { before: pageParam } },
          signal,
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  })
  const items = query.data?.pages.flatMap((page) => page.items ?? []) ?? []
  return (
    <Panel title={t('story.title')}>
      <QueryView
        query={query}
        isEmpty={() => items.length === 0}
        empty={<p className="bj-count">{t('story.none')}</p>}
      >
        {() => (
          <ol className="bj-record-list">
            {items.map((item, at) => (
              <Fragment key={`${item.ref} ${item.what}`}>
                {dayOf(item.at) !== dayOf(items[at - 1]?.at ?? 0) && (
                  <li className="bj-record-day">
                    <DayLine>{dayOf(item.at)}</DayLine>
                  </li>
                )}
                <StoryLine item={item} />
              </Fragment>
            ))}
          </ol>
        )}
      </QueryView>
      {query.hasNextPage && (
        <Button
          kind="quiet"
          pending={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {t('story.more')}
        </Button>
      )}
    </Panel>
  )
}

function StoryLine({ item }: { item: Item }) {
  const { t } = useTranslation('customers')
  const who = item.actor_name || t('story.system')
  const context = item.actor_name ? undefined : 'unnamed'
  const fields = listed(
    (item.fields ?? []).map((field) => t(`field.${field}`, { defaultValue: t('story.title') })),
  )
  const to = linkTo(item.ref)
  const defaultValue = t('story.other', { who })
  return (
    <li>
      <Time at={item.at} as="clock" />
      <span>
        {t(`story.${item.what}`, { who, fields, context, defaultValue })}{' '}
        {to ? <Link to={to as never}>{item.title}</Link> : item.title}
      </span>
    </li>
  )
}
