import { describe, expect, it } from 'vitest'
import type { CustomField } from '@/parts/customFields'
import { htmlOf } from '../plain_text'
import { complete, nothingWritten, problemsOf, requestOf, type ServiceType } from './written'

const fault = {
  id: 1,
  intake: [
    { key: 'asset', required: true },
    { key: 'impact', required: false },
    { key: 'attachment', required: true },
  ],
} as unknown as ServiceType

const users = {
  key: 'users',
  kind: 'number',
  required: true,
  min: 1,
  max: 500,
} as unknown as CustomField

const written = complete({
  serviceType: 1,
  subject: ' Slow ',
  body: 'since noon',
  about: 'asset:5',
  impact: 'I2',
  severity: 'S2',
  custom: { users: 20, of_another_kind: 'x' },
  files: [{ id: 9 } as never],
})

describe('a request being written', () => {
  it('names every field that is not as it must be', () => {
    expect(problemsOf(nothingWritten, fault, [users])).toEqual({
      subject: 'required',
      body: 'required',
      asset: 'required',
      attachment: 'required',
      'custom.users': 'required',
    })
    const many = { ...written, custom: { users: 501 } }
    expect(problemsOf(many, fault, [users])).toEqual({ 'custom.users': 'out_of_range' })
    expect(problemsOf(written, fault, [users])).toEqual({})
  })

  it('sends what its kind asks for and nothing else', () => {
    const request = requestOf(written, fault, [users])
    expect(request).toMatchObject({ subject: 'Slow', asset: 5, product: null, impact: 'I2' })
    expect(request.severity).toBeNull()
    expect(request.custom).toEqual({ users: 20 })
    expect(request.files).toEqual([9])
  })

  it('keeps lines, and nothing that is typed becomes markup', () => {
    expect(htmlOf('a < b\r\nb\n\n<b>c</b> ')).toBe(
      '<p>a &lt; b<br>b</p><p>&lt;b&gt;c&lt;/b&gt;</p>',
    )
  })
})
