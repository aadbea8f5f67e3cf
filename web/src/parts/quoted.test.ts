import { expect, test } from 'vitest'
import { toldApart } from './quoted'

const long = '早上九点四十开始下单接口大面积超时，影响一百二十人左右，产线领料也停了。'.repeat(5)

test('a quote at the end of a mail is told apart, with the line that introduces it', () => {
  const said = toldApart(
    `<p>收到，谢谢。</p><p>李娜 于 11月23日 写道：</p><blockquote>${long}</blockquote>`,
  )
  expect(said.html).toBe('<p>收到，谢谢。</p>')
  expect(said.quoted).toContain('写道')
  expect(said.quoted).toContain('<blockquote>')
})

test('so is what follows the line of a mail program, also inside one wrapping element', () => {
  const said = toldApart(
    `<div><div>可以。</div><div>-----Original Message-----</div><div>${long}</div></div>`,
  )
  expect(said.html).toBe('<div>可以。</div>')
  expect(said.quoted).toContain('Original Message')
})

test('a quote in the middle, a short one and a text that is nothing else stay', () => {
  const middle = `<p>您说：</p><blockquote>${long}</blockquote><p>已处理。</p>`
  expect(toldApart(middle)).toEqual({ html: middle, quoted: '' })
  const short = '<p>好的</p><blockquote>几点？</blockquote>'
  expect(toldApart(short).quoted).toBe('')
  const nothingElse = `<blockquote>${long}</blockquote>`
  expect(toldApart(nothingElse)).toEqual({ html: nothingElse, quoted: '' })
})
