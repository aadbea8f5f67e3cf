import createClient, { type Middleware } from 'openapi-fetch'
import { basePath } from './base_path'
import { problemOf } from './problem'
import type { components, paths } from './schema'
import { send } from './send'

export type Schemas = components['schemas']

const throwProblems: Middleware = {
  async onResponse({ response }) {
    if (!response.ok) throw await problemOf(response)
  },
}

// `api.GET('/tickets/{id}', { params: { path: { id } } })`, with the types of the API. What is not
// a success is thrown as a Problem.
export const api = createClient<paths>({
  baseUrl: `${basePath()}/api/v1`,
  fetch: send,
  // The server reads lists as one value with commas between.
  querySerializer: { array: { style: 'form', explode: false } },
})
api.use(throwProblems)

// What was asked for: `const me = await ask(api.GET('/me'))`.
export async function ask<Answer>(call: Promise<{ data?: Answer }>): Promise<Answer> {
  return (await call).data as Answer
}

// For edits: refused with 409 changed_meanwhile when somebody was faster.
export function ifVersion(version: number): { 'If-Match': string } {
  return { 'If-Match': `"${version}"` }
}
