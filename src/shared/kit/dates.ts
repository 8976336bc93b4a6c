// Instants as people read them: DD-MM-AAAA hh:mm, America/Sao_Paulo (guide, Figure 07). Pure.

export const DAY_MS = 86_400_000
const MINUTE_MS = 60_000
/** Since the summer time ended for good (Decree 9.772/2019) São Paulo is always UTC−3; arithmetic is 30 times faster than Intl. */
const FIXED_SINCE = Date.UTC(2019, 1, 17, 3)
const OFFSET_MS = -3 * 60 * MINUTE_MS

const old = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'America/Sao_Paulo',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})

const two = (n: number): string => (n < 10 ? `0${n}` : String(n))

/** Day and hour in São Paulo as shown: `{ day: '09-03-2021', time: '17:56' }`. */
export function showParts(instant: Date): { day: string; time: string } {
  const ms = instant.getTime()
  if (ms < FIXED_SINCE) {
    const part = Object.fromEntries(old.formatToParts(instant).map((p) => [p.type, p.value]))
    return { day: `${part.day}-${part.month}-${part.year}`, time: `${part.hour}:${part.minute}` }
  }
  const local = new Date(ms + OFFSET_MS)
  return {
    day: `${two(local.getUTCDate())}-${two(local.getUTCMonth() + 1)}-${local.getUTCFullYear()}`,
    time: `${two(local.getUTCHours())}:${two(local.getUTCMinutes())}`,
  }
}

/** The day in São Paulo, `2021-03-09`. */
export function dayOf(instant: Date): string {
  return showParts(instant).day.split('-').reverse().join('-')
}

/** `09-03-2021 17:56`. */
export function showInstant(instant: Date): string {
  const { day, time } = showParts(instant)
  return `${day} ${time}`
}

/** `09-03-2021 17:56:03`, for records, of which many are of one minute. */
export function showSecond(instant: Date): string {
  return `${showInstant(instant)}:${two(instant.getUTCSeconds())}`
}

/** What is left until `due`, floored to minutes, never below zero. */
export function timeLeft(due: Date, now: Date): { days: number; hours: number; minutes: number; over: boolean } {
  const ms = Math.max(0, due.getTime() - now.getTime())
  const minutes = Math.floor(ms / MINUTE_MS)
  return {
    days: Math.floor(minutes / 1440),
    hours: Math.floor((minutes % 1440) / 60),
    minutes: minutes % 60,
    over: due.getTime() <= now.getTime(),
  }
}
