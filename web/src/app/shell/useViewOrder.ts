import { useMutation } from '@tanstack/react-query'
import { type DragEvent, type KeyboardEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask, type Schemas } from '@/api/client'
import { all, list } from '@/api/keys'
import { queryClient } from '@/api/query_client'
import { moved } from '@/parts/moved'
import { nameOf } from '@/parts/names'
import { sayFailed } from '@/parts/problems'

type View = Schemas['ViewLine']

const key = list('view', { counts: true })
const dragged = 'application/x-baijin-view'

function useOrder() {
  return useMutation({
    mutationFn: (views: readonly View[]) =>
      ask(api.PUT('/views/order', { body: { views: views.map(({ id }) => id) } })),
    onMutate: (items) => {
      void queryClient.cancelQueries({ queryKey: key })
      queryClient.setQueryData(key, { items })
    },
    onError: sayFailed,
    onSettled: () => queryClient.invalidateQueries({ queryKey: all('view') }),
  })
}

// Everybody has his views in his own order: by dragging one, or with Alt and an arrow on it.
export function useViewOrder(views: readonly View[]) {
  const { t } = useTranslation('app')
  const { mutate } = useOrder()
  const [said, setSaid] = useState('')
  const move = (from: number, to: number) => {
    const view = views[from]
    if (!view || from === to || to < 0 || to >= views.length) return
    mutate(moved(views, from, to))
    setSaid(t('view_moved', { name: nameOf(view), at: to + 1, count: views.length }))
  }
  const handlersOf = (view: View, at: number) => ({
    draggable: true,
    onDragStart: (event: DragEvent) => event.dataTransfer.setData(dragged, String(view.id)),
    onDragOver: (event: DragEvent) => {
      if (event.dataTransfer.types.includes(dragged)) event.preventDefault()
    },
    onDrop: (event: DragEvent) => {
      event.preventDefault()
      const id = Number(event.dataTransfer.getData(dragged))
      move(
        views.findIndex((one) => one.id === id),
        at,
      )
    },
    onKeyDown: (event: KeyboardEvent) => {
      if (!event.altKey || !/^Arrow(Up|Down)$/.test(event.key)) return
      event.preventDefault()
      move(at, event.key === 'ArrowUp' ? at - 1 : at + 1)
    },
  })
  return { handlersOf, said }
}
