import { api, ask } from '@/api/client'
import type { DraftKeeper } from '@/parts/useDraft'

export interface WrittenDraft {
  kind: 'reply' | 'note'
  body: string
}

export const noDraft: WrittenDraft = { kind: 'reply', body: '' }

// What somebody writes on a ticket is kept on the server too: it is there on another computer.
export function draftKeeper(ticket: number): DraftKeeper<WrittenDraft> {
  const params = { path: { id: ticket } }
  return {
    load: async () => {
      const kept = await ask(api.GET('/tickets/{id}/draft', { params }))
      return { value: { kind: kept.kind, body: kept.body }, at: Date.parse(kept.updated_at) }
    },
    save: (value) =>
      value.body
        ? ask(api.PUT('/tickets/{id}/draft', { params, body: { ...value, files: [] } }))
        : Promise.resolve(),
    discard: () => ask(api.DELETE('/tickets/{id}/draft', { params })),
  }
}
