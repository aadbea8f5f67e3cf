import { createStore } from './store'

// Proves that a request comes from our own page; told at sign-in and by GET /me. Kept in memory
// only, where no other page can read it.
let csrfToken: string | null = null

export function keepCsrfToken(token: string | null | undefined): void {
  csrfToken = token ?? null
}

export function getCsrfToken(): string | null {
  return csrfToken
}

// True while the session has run out and the password is asked for in place. Requests that met the
// end of the session wait here; what somebody was writing stays where it is.
export const sessionEnded = createStore(false)

let waiting: (() => void)[] = []

export function waitForSignIn(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve)
    sessionEnded.set(true)
  })
}

export function signedInAgain(token: string): void {
  keepCsrfToken(token)
  const released = waiting
  waiting = []
  sessionEnded.set(false)
  for (const go of released) go()
}
