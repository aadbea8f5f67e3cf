// Moments as a place's clock shows them. The browser's own fields know no zone: what they hold is
// the time on the wall.

const parts: Intl.DateTimeFormatOptions = {
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
}

// "2026-11-23T14:00" in that zone; without a zone, in the browser's.
export function wallTime(moment: string | number, zone?: string): string {
  const at = new Date(moment)
  if (Number.isNaN(at.getTime())) return ''
  const format = new Intl.DateTimeFormat('en-CA', { ...parts, timeZone: zone })
  const of = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]))
  return `${of.year}-${of.month}-${of.day}T${of.hour}:${of.minute}`
}

// The moment at which that zone's clock shows it, as ISO text in UTC. A time that the clock skips
// in spring is the one an hour later; of one that it shows twice in autumn, the first.
export function momentOf(wall: string, zone?: string): string | null {
  if (!/^\d{4,6}-\d\d-\d\dT\d\d:\d\d$/.test(wall)) return null
  const asUtc = Date.parse(`${wall}:00Z`)
  if (Number.isNaN(asUtc)) return null
  const off = (moment: number) => Date.parse(`${wallTime(moment, zone)}:00Z`) - moment
  const day = 86_400_000
  const fits = [off(asUtc - day), off(asUtc + day)].map((offset) => asUtc - offset)
  const exact = fits.filter((moment) => wallTime(moment, zone) === wall)
  const found = exact.length > 0 ? Math.min(...exact) : Math.max(...fits)
  return new Date(found).toISOString()
}
