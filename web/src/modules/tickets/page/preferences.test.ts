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
    const sending = { body: long, channel: 'portal', at: at('10:00') }
    expect(hintsFor(wishes, sending).map((hint) => hint.key)).toEqual(['address'])
    expect(hintsFor(wishes, { ...sending, body: `<p>陈工：</p>${long}` })).toEqual([])
    expect(hintsFor(undefined, sending)).toEqual([])
  })

  it('says so where somebody wants to be called instead', () => {
    const sending = { body: '', channel: 'portal', at: at('10:00') }
    const keys = (channel: 'phone' | 'email' | 'wechat', by: string) =>
      hintsFor({ channel }, { ...sending, channel: by }).map((hint) => hint.key)
    expect(keys('phone', 'portal')).toEqual(['channel'])
    expect(keys('wechat', 'wechat')).toEqual([])
    expect(keys('email', 'portal')).toEqual([])
  })
})
