import { expect, test } from 'vitest'
import { filesShownIn, placeOf } from './SafeHtml'

test('an image beside the text is a file of the message, and of no other', () => {
  expect(placeOf('cid:file-17', [17])).toBe('/api/v1/files/17')
  expect(placeOf('cid:file-4', [17])).toBe('')
  expect(placeOf('cid:logo@mail', [17])).toBe('')
  expect(placeOf('cid:part-2', [17])).toBe('')
  expect(placeOf('cid:part-2', [], (part) => `/parts/${part}`)).toBe('/parts/2')
  expect(placeOf('https://other.example/x.png', [17])).toBe('https://other.example/x.png')
})

test('what is shown within the text is not shown below it once more', () => {
  const html = '<p><img src="cid:file-17" alt="a"></p>'
  expect(filesShownIn(html, [17, 1])).toEqual([17])
})
