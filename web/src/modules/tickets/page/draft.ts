import { api, ask, type Schemas } from '@/api/client'
import type { DraftKeeper } from '@/parts/useDraft'

export type DraftFile = Pick<Schemas['FileCard'], 'id' | 'name' | 'bytes' | 'type'>

export interface WrittenDraft {
  kind: 'reply' | 'note'
  body: string
  files?: readonly DraftFile[]
  // When writing began, by the server's clock: what others have said since is shown before sending.
  since?: number
}

export const noDraft: WrittenDraft = { kind: 'reply', body: '', files: [] }

export function isEmptyDraft({ body, files = [] }: WrittenDraft): boolean {
  return body === '' && files.length === 0
}

// A file that is gone meanwhile is left out.
async function filesOf(ids: readonly number[]): Promise<DraftFile[]> {
  const cards = await Promise.all(
    ids.map((id) =>
      ask(api.GET('/files/{id}/meta', { params: { path: { id } } })).catch(() => null),
    ),
  )
  return cards.filter((card) => card !== null)
}

export function keepDraft(ticket: number, { kind, body, files = [] }: WrittenDraft) {
  const params = { path: { id: ticket } }
  const kept = { kind, body: body || '<p></p>', files: files.map((file) => file.id) }
  return ask(api.PUT('/tickets/{id}/draft', { params, body: kept }))
}

// What somebody writes on a ticket is kept on the server too: it is there on another computer.
export function draftKeeper(ticket: number): DraftKeeper<WrittenDraft> {
  const params = { path: { id: ticket } }
  const discard = () => ask(api.DELETE('/tickets/{id}/draft', { params }))
  return {
    load: async () => {
      const kept = await ask(api.GET('/tickets/{id}/draft', { params }))
      if (kept.version === 0) return null
      const at = Date.parse(kept.updated_at)
      const files = await filesOf(kept.files ?? [])
      const body = kept.body === '<p></p>' ? '' : kept.body
      return { value: { kind: kept.kind, body, files, since: at }, at }
    },
    save: (value) => (isEmptyDraft(value) ? discard() : keepDraft(ticket, value)),
    discard,
  }
}
