import i18next from 'i18next'
import { serverNow } from '@/api/connection'

// Times come in UTC and are shown in the time zone the person has chosen.

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

let zone: string | undefined

export function setTimeZone(name: string | undefined): void {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    zone = name
  } catch {
    zone = undefined
  }
}

// Undefined: that of the browser.
export function timeZone(): string | undefined {
  return zone
}

const formats = new Map<string, Intl.DateTimeFormat>()

function format(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const name = JSON.stringify([locale, zone, options])
  let known = formats.get(name)
  if (!known) {
    known = new Intl.DateTimeFormat(locale, { ...options, timeZone: zone })
    formats.set(name, known)
  }
  return known
}

interface Parts {
  year: number
  month: number
  day: number
  weekday: string
  clock: string
}

function partsOf(at: Date, locale: string): Parts {
  const found: Record<string, string> = {}
  const options: Intl.DateTimeFormatOptions = {
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }
  for (const part of format(locale, options).formatToParts(at)) found[part.type] = part.value
  return {
    year: Number(found.year),
    month: Number.parseInt(found.month ?? '', 10),
    day: Number(found.day),
    weekday: found.weekday ?? '',
    clock: `${found.hour}:${found.minute}`,
  }
}

const monthNames = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')

function language(): string {
  return i18next.language || 'zh-CN'
}

// 11月23日 周一 14:00; the year only where it is another one.
export function absolute(time: string | number | Date, locale = language(), now = serverNow()) {
  const parts = partsOf(new Date(time), locale)
  const isThisYear = parts.year === partsOf(new Date(now), locale).year
  if (locale.startsWith('zh')) {
    const date = `${parts.month}月${parts.day}日 ${parts.weekday} ${parts.clock}`
    return isThisYear ? date : `${parts.year}年${date}`
  }
  const date = `${parts.weekday} ${parts.day} ${monthNames[parts.month - 1]}`
  return `${isThisYear ? date : `${date} ${parts.year}`} ${parts.clock}`
}

// The same without the time of day.
export function dayOf(time: string | number | Date, locale = language(), now = serverNow()) {
  return absolute(time, locale, now).replace(/ \d\d:\d\d$/, '')
}

export function clockOf(time: string | number | Date, locale = language()): string {
  return partsOf(new Date(time), locale).clock
}

// 「5 分钟前」 within a day, the absolute time beyond.
export function relative(time: string | number | Date, locale = language(), now = serverNow()) {
  const difference = new Date(time).getTime() - now
  const size = Math.abs(difference)
  if (size >= day) return absolute(time, locale, now)
  const relativeTo = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  if (size < minute) return relativeTo.format(0, 'second')
  if (size < hour) return relativeTo.format(Math.trunc(difference / minute), 'minute')
  return relativeTo.format(Math.trunc(difference / hour), 'hour')
}

// 42:10 below an hour, 3:20 (hours and minutes) below a day, 2 天 4 小时 beyond.
export function duration(milliseconds: number, locale = language()): string {
  const seconds = Math.floor(Math.abs(milliseconds) / 1000)
  const two = (value: number) => String(value).padStart(2, '0')
  if (seconds < 3600) return `${Math.floor(seconds / 60)}:${two(seconds % 60)}`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 24 * 60) return `${Math.floor(minutes / 60)}:${two(minutes % 60)}`
  const days = Math.floor(minutes / 1440)
  const hours = Math.floor((minutes % 1440) / 60)
  return locale.startsWith('zh') ? `${days} 天 ${hours} 小时` : `${days} d ${hours} h`
}

// As short as a list wants it: 「5 分钟」, 「3 小时」, 「2 天」, then the day.
export function shortAge(time: string | number | Date, locale = language(), now = serverNow()) {
  const age = Math.max(0, now - new Date(time).getTime())
  if (age >= 7 * day) return dayOf(time, locale, now).replace(/ 周.$/, '')
  const unit = age < hour ? 'minute' : age < day ? 'hour' : 'day'
  const count = Math.max(1, Math.floor(age / { minute, hour, day }[unit]))
  const zh = locale.startsWith('zh')
  return zh
    ? `${count} ${{ minute: '分钟', hour: '小时', day: '天' }[unit]}`
    : `${count} ${{ minute: 'min', hour: 'h', day: 'd' }[unit]}`
}
