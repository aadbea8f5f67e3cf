import { expect, test } from 'vitest'
import { PageKeeper } from './pages'

test('far from what is seen a page is read again only when one comes near', () => {
  const keeper = new PageKeeper<string>()
  for (const name of ['a', 'b', 'c', 'd']) keeper.keep(name, `page ${name}`)
  expect(keeper.look(3)).toBe(false)
  expect(keeper.rested('a')).toBe('page a')
  expect(keeper.rested('c')).toBeUndefined()
  expect(keeper.rested('d')).toBeUndefined()
  expect(keeper.rested('never read')).toBeUndefined()
  expect(keeper.look(2)).toBe(false)
  expect(keeper.look(1)).toBe(true)
  keeper.keep('a', 'newer')
  expect(keeper.look(0)).toBe(false)
})
