import type { components } from './schema'

type ProblemBody = components['schemas']['Problem']

export interface WrongField {
  field: string
  reason: string
}

// The one thing that is thrown for a request that did not succeed. `reason` is a stable word that
// the texts `reasons:…` translate; under the number `request` the server's log has the rest.
export class Problem extends Error {
  readonly status: number
  readonly reason: string
  readonly fields: WrongField[]
  readonly request: string
  readonly detail: string

  constructor(body: Pick<ProblemBody, 'status' | 'reason'> & Partial<ProblemBody>) {
    super(`${body.status} ${body.reason}`)
    this.name = 'Problem'
    this.status = body.status
    this.reason = body.reason
    this.fields = body.fields ?? []
    this.request = body.request ?? ''
    this.detail = body.detail ?? ''
  }

  // Nothing was wrong with what was asked: the same may be asked again.
  get passes(): boolean {
    return this.status === 0 || this.status === 429 || this.status === 502 || this.status >= 503
  }
}

export const noConnection = () => new Problem({ status: 0, reason: 'no_connection' })

export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error
  return new Problem({ status: 500, reason: 'page_failed', detail: String(error) })
}

export async function problemOf(answer: Response): Promise<Problem> {
  const unknown = { status: answer.status, reason: answer.status >= 500 ? 'internal' : 'refused' }
  try {
    const body = (await answer.clone().json()) as Partial<ProblemBody>
    return new Problem({ ...unknown, ...body, status: answer.status })
  } catch {
    return new Problem(unknown)
  }
}
