import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { solve } from './puzzle'

describe('the puzzle before a request of a guest', () => {
  it('is solved as the desk looks at it', async () => {
    const { challenge, answer } = await solve({ challenge: '17.abc.mac', bits: 10 })
    expect(challenge).toBe('17.abc.mac')
    const hash = createHash('sha256').update(`17.abc.mac:${answer}`).digest()
    expect(hash.readUInt16BE(0) >> 6).toBe(0)
  })

  it('takes the first number there is', async () => {
    expect((await solve({ challenge: 'x', bits: 0 })).answer).toBe(0)
  })
})
