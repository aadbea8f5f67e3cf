import { useEffect, useState } from 'react'
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

let taken = { page: '', secret: '' }

// The secret of a link; it does not stay in the address where others may see it. Taking it off is a
// step of the router's, after which a page may begin anew: what was taken is still its own.
function takeSecret(): string {
  const secret = location.hash.slice(1)
  if (secret) {
    taken = { page: location.pathname, secret }
    history.replaceState(history.state, '', location.pathname + location.search)
  }
  return taken.page === location.pathname ? taken.secret : ''
}

export function useSecret(): string {
  const [secret] = useState(takeSecret)
  useEffect(() => {
    // Another link was opened in the same tab: browsers stay on the page for that.
    const begin = () => location.hash.length > 1 && location.reload()
    window.addEventListener('hashchange', begin)
    return () => window.removeEventListener('hashchange', begin)
  }, [])
  return secret
}
