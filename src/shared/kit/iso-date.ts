// Days as people type them where the browser has no field for dates. Pure.

/** AAAA-MM-DD of a day that exists, from that spelling or DD-MM-AAAA with any of `- / .`; undefined otherwise. */
export function isoDate(typed: string): string | undefined {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(typed)
  const local = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/.exec(typed)
  const [year, month, day] = iso ? iso.slice(1) : local ? local.slice(1).reverse() : []
  if (!year || !month || !day) return undefined
  const value = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const time = Date.parse(`${value}T00:00:00Z`)
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== value ? undefined : value
}
