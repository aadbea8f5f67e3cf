import { describe, expect, it } from 'vitest'
import { changedFields, storyOf } from './story'
import type { Message, StoryItem } from './useTicket'

const message = (at: string) => ({ id: 1, created_at: at }) as Message
const event = (at: string, what: string, details = {}) =>
  ({ at, what, kind: 'event', details }) as StoryItem
const dayOf = (at: string) => at.slice(0, 10)

describe('the story of a ticket', () => {
  it('is in the order of time, with a line for each day, and what the desk did gathered', () => {
    const story = storyOf({
      messages: [message('2026-11-23T03:00:00Z'), message('2026-11-24T01:00:00Z')],
      items: [
        event('2026-11-23T02:00:00Z', 'tickets.opened'),
        event('2026-11-23T02:30:00Z', 'tickets.assigned'),
        event('2026-11-23T03:00:00Z', 'tickets.answered'),
      ],
      dayOf,
    })
    expect(story.map((entry) => entry.kind)).toEqual(['day', 'system', 'message', 'day', 'message'])
    expect(story[1]).toMatchObject({
      items: [{ what: 'tickets.opened' }, { what: 'tickets.assigned' }],
    })
  })

  it('says where the new messages begin, once', () => {
    const story = storyOf({
      messages: [1, 2, 3].map((hour) => message(`2026-11-23T0${hour}:00:00Z`)),
      items: [],
      readUntil: '2026-11-23T01:30:00Z',
      dayOf,
    })
    expect(story.map((entry) => entry.kind)).toEqual([
      'day',
      'message',
      'new',
      'message',
      'message',
    ])
  })

  it("takes nobody's own words for news", () => {
    const mine = { ...message('2026-11-23T02:00:00Z'), author: 7 }
    const story = storyOf({
      messages: [message('2026-11-23T01:00:00Z'), mine],
      items: [],
      readUntil: '2026-11-23T01:30:00Z',
      me: 7,
      dayOf,
    })
    expect(story.map((entry) => entry.kind)).toEqual(['day', 'message', 'message'])
  })

  it('names what was changed, not what always changes', () => {
    const changed = { priority: ['P3', 'P1'], updated_at: ['a', 'b'] }
    expect(changedFields(event('x', 'tickets.changed', { changed }))).toEqual(['priority'])
  })
})
