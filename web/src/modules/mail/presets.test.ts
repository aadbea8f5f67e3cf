import { expect, test } from 'vitest'
import { isUsualPort, presetOf, providerOf, usualPort } from './presets'

test('a provider is known by its server', () => {
  expect(providerOf('imap.exmail.qq.com')).toBe('tencent')
  expect(providerOf('mail.county.example')).toBe('other')
  expect(presetOf('microsoft').outgoing).toEqual({
    host: 'smtp.office365.com',
    port: 587,
    security: 'starttls',
    log_in: 'token',
  })
})

test('ports follow protocol and encryption, unless somebody chose one', () => {
  expect(usualPort('pop3', 'tls')).toBe(995)
  expect(usualPort('smtp', 'starttls')).toBe(587)
  expect(isUsualPort(143)).toBe(true)
  expect(isUsualPort(10143)).toBe(false)
})
