import { apiPath } from './base_path'
import { connection, heardDate } from './connection'
import { freshKey } from './fresh_key'
import { noConnection, problemOf } from './problem'
import { getCsrfToken, keepCsrfToken, waitForSignIn } from './session'

const repeatsWhenBusy = 3

function isUnsafe(method: string): boolean {
  return method !== 'GET' && method !== 'HEAD'
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}

async function sendOnce(request: Request): Promise<Response> {
  const token = getCsrfToken()
  const sent = request.clone()
  if (isUnsafe(request.method) && token) sent.headers.set('X-CSRF-Token', token)
  let answer: Response
  try {
    answer = await fetch(sent)
  } catch (error) {
    // Who asked may have lost interest: that says nothing about the connection.
    if (request.signal.aborted) throw error
    connection.set('offline')
    throw noConnection()
  }
  heardDate(answer.headers.get('Date'))
  if (answer.status === 502 || answer.status === 504) connection.set('offline')
  else connection.set(answer.status === 503 ? 'busy' : 'fine')
  return answer
}

// Somebody may have signed in anew in another tab: the cookie is new and the token here is not.
async function learnCsrfToken(): Promise<boolean> {
  const answer = await sendOnce(new Request(new URL(apiPath('/me'), location.href)))
  if (!answer.ok) return false
  keepCsrfToken(((await answer.json()) as { csrf_token?: string | null }).csrf_token)
  return true
}

async function reasonOf(answer: Response): Promise<string> {
  return (await problemOf(answer)).reason
}

// Every request goes through here. It comes back with an answer that is about the request itself:
// what only concerns the session or a busy server has been dealt with.
export async function send(request: Request): Promise<Response> {
  // The same key for every attempt: the server does once what it is asked several times.
  if (request.method === 'POST' && !request.headers.has('Idempotency-Key')) {
    request.headers.set('Idempotency-Key', freshKey())
  }
  const canRepeat = !isUnsafe(request.method) || request.headers.has('Idempotency-Key')
  let renewed = false
  for (let busy = 0; ; ) {
    const answer = await sendOnce(request)
    if (answer.status === 503 && canRepeat && busy < repeatsWhenBusy) {
      busy += 1
      await pause(Number(answer.headers.get('Retry-After') ?? 1) * 1000 * busy)
    } else if (answer.status === 401 && (await reasonOf(answer)) === 'sign_in' && getCsrfToken()) {
      await waitForSignIn()
    } else if (answer.status === 403 && !renewed && (await reasonOf(answer)) === 'csrf') {
      renewed = true
      if (!(await learnCsrfToken())) return answer
    } else {
      return answer
    }
  }
}
