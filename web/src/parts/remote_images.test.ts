import { expect, test } from 'vitest'
import { standingOf } from './remote_images'
import type { RemoteImage, RemoteImages } from './useRemoteImages'

const addresses = ['https://a.test/1', 'https://a.test/2', 'https://a.test/3']

function images(...known: [RemoteImage['state'], RemoteImage['trouble']?][]): RemoteImages {
  const cards = known.map(([state, trouble], at) => {
    const address = addresses[at] ?? ''
    return [address, { id: at + 1, address, state, trouble }] as const
  })
  return { asked: true, load: () => undefined, known: new Map(cards) }
}

test('nothing is on its way before somebody asks', () => {
  const nobody: RemoteImages = { asked: false, load: () => undefined }
  for (const way of [undefined, nobody]) {
    expect(standingOf(addresses, way)).toEqual({ off: 3, coming: 0, failed: 0, troubles: [] })
  }
})

test('what is asked for comes, is here, or says why not', () => {
  const asked: RemoteImages = { asked: true, load: () => undefined }
  expect(standingOf(addresses, asked).coming).toBe(3)
  expect(standingOf(addresses, images(['here'], ['waiting'], ['failed', 'too_large']))).toEqual({
    off: 0,
    coming: 1,
    failed: 1,
    troubles: ['too_large'],
  })
  expect(standingOf(addresses, images(['here'], ['here'], ['here'])).failed).toBe(0)
})

test('what the server did not take is told, each reason once', () => {
  const two = images(['failed', 'unreachable'], ['failed', 'unreachable'])
  expect(standingOf(addresses, two)).toMatchObject({
    failed: 3,
    troubles: ['unreachable', 'too_many'],
  })
})
