import { describe, expect, it } from 'vitest'
import { hintsFor, isQuiet } from './preferences'

const at = (time: string) => new Date(`2026-11-23T${time}:00+08:00`)

describe('CUS-5: what somebody wishes', () => {
  it.each([
    ['12:30', '13:30', '12:30', true],
    ['12:30', '13:30', '13:30', false],
    ['22:00', '07:00', '23:15', true],
    ['22:00', '07:00', '06:59', true],
    ['22:00', '07:00', '12:00', false],
  ])('is quiet from %s to %s: at %s %s', (quiet_from, quiet_to, time, quiet) => {
    expect(isQuiet({ quiet_from, quiet_to, quiet_zone: 'Asia/Shanghai' }, at(time))).toBe(quiet)
  })

  it('is hinted at while a reply is written', () => {
    const wishes = { form_of_address: '陈工', quiet_zone: 'Asia/Shanghai' }
    const long = '<p>您好，问题已经定位，是连接池的默认值被补丁覆盖了。</p>'
    expect(hintsFor(wishes, long, at('10:00')).map((hint) => hint.key)).toEqual(['address'])
    expect(hintsFor(wishes, `<p>陈工：</p>${long}`, at('10:00'))).toEqual([])
    expect(hintsFor(undefined, long, at('10:00'))).toEqual([])
  })
})
