import { api, ask, type Schemas } from '@/api/client'
import { Problem } from '@/api/problem'
import { queryClient } from '@/api/query_client'
import { keepCsrfToken } from '@/api/session'

type SignedIn = Schemas['SignedIn']

export interface Credentials {
  login: string
  password: string
  code: string
}

export async function signIn({ login, password, code }: Credentials): Promise<SignedIn> {
  const body = { login: login.trim(), password, ...(code ? { code: code.trim() } : {}) }
  return ask(api.POST('/sessions', { body }))
}

export function wantsCode(error: unknown): boolean {
  return error instanceof Problem && error.reason === 'code_required'
}

// Nothing that was read as somebody else stays.
export function cameIn(session: SignedIn): void {
  queryClient.clear()
  keepCsrfToken(session.csrf_token)
}

// The secret of a link, once; it does not stay in the address where others may see it.
export function takeSecret(): string {
  const secret = location.hash.slice(1)
  if (secret) history.replaceState(history.state, '', location.pathname + location.search)
  return secret
}
