import { afterEach, expect, test, vi } from 'vitest'
import { pathBefore } from './base_path'
import { connection } from './connection'
import { staleAfter } from './events'
import { Problem, problemOf } from './problem'
import { send } from './send'
import { keepCsrfToken, sessionEnded, signedInAgain } from './session'

function answer(status: number, body: object = {}): Response {
  return new Response(JSON.stringify(body), { status })
}

function ask(method = 'POST'): Request {
  return new Request('http://desk.test/api/v1/tickets', { method })
}

afterEach(() => {
  vi.unstubAllGlobals()
  keepCsrfToken(null)
  connection.set('fine')
})

test('a creating request carries its keys', async () => {
  const fetched = vi.fn(async (_request: Request) => answer(201))
  vi.stubGlobal('fetch', fetched)
  keepCsrfToken('mine')
  await send(ask())
  const sent = fetched.mock.calls[0]?.[0]
  expect(sent?.headers.get('X-CSRF-Token')).toBe('mine')
  expect(sent?.headers.get('Idempotency-Key')).toMatch(/^[0-9a-f]{32}$/)
})

test('a session that ran out is renewed in place and the request repeated', async () => {
  const keys: (string | null)[] = []
  const answers = [answer(401, { reason: 'sign_in' }), answer(201)]
  vi.stubGlobal('fetch', async (request: Request) => {
    keys.push(request.headers.get('Idempotency-Key'), request.headers.get('X-CSRF-Token'))
    return answers.shift()
  })
  keepCsrfToken('old')
  const sent = send(ask())
  await vi.waitFor(() => expect(sessionEnded.get()).toBe(true))
  signedInAgain('new')
  expect((await sent).status).toBe(201)
  expect(keys[0]).toBe(keys[2])
  expect([keys[1], keys[3]]).toEqual(['old', 'new'])
})

test('who has not signed in is not asked in place', async () => {
  vi.stubGlobal('fetch', async () => answer(401, { reason: 'sign_in' }))
  expect((await send(ask('GET'))).status).toBe(401)
  expect(sessionEnded.get()).toBe(false)
})

test('a lost connection is told once and thrown as a problem that passes', async () => {
  vi.stubGlobal('fetch', async () => {
    throw new TypeError('failed')
  })
  const problem = await send(ask('GET')).catch((error: unknown) => error)
  expect(problem).toBeInstanceOf(Problem)
  expect((problem as Problem).passes).toBe(true)
  expect(connection.get()).toBe('offline')
})

test('a problem says what was wrong', async () => {
  const body = { reason: 'invalid_fields', request: 'r-1', fields: [{ field: 'a', reason: 'b' }] }
  const problem = await problemOf(answer(400, body))
  expect(problem).toMatchObject({ status: 400, ...body })
  expect((await problemOf(new Response('<html>', { status: 502 }))).reason).toBe('internal')
})

test('the path before the desk is found in the address of the program', () => {
  expect(pathBefore('https://a.test/assets/agent-1.js')).toBe('')
  expect(pathBefore('https://a.test/x/desk/assets/agent-1.js')).toBe('/x/desk')
})

test('an event makes stale what shows its subject', () => {
  const event = { seq: 1, kind: 'tickets.moved', subject: 'ticket:17' }
  expect(staleAfter(event)).toEqual([['ticket', 'one', 17], ['ticket', 'list'], ['view']])
  expect(staleAfter({ ...event, kind: 'tickets.draft_kept', subject: 'draft:3' })).toEqual([])
  expect(
    staleAfter({ seq: 2, kind: 'accounts.user_changed', subject: 'user:4' }, 4),
  ).toContainEqual(['me'])
})
