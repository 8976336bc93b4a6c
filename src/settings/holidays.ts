// The public holidays of the nation and of Rio Grande do Sul, from date-holidays (its data: CC-BY-3.0). Porto Alegre's and
// the DETRAN's optional days are rows (eprod.calendar_day).
import type { HolidaysTypes } from 'date-holidays'

export interface PublicHoliday {
  /** `AAAA-MM-DD`. */
  readonly day: string
  readonly name: string
}

type Finder = { getHolidays(year: number, language?: string): HolidaysTypes.Holiday[] }

let finder: Finder | undefined
const years = new Map<number, readonly PublicHoliday[]>()

/** Loads the library, which is large, when the first calendar is asked for; the answer tells the holidays of a year. */
export async function publicHolidays(): Promise<(year: number) => readonly PublicHoliday[]> {
  if (!finder) {
    const { default: Holidays } = await import('date-holidays')
    finder = new Holidays('BR', 'RS')
  }
  const loaded = finder
  return (year) => {
    const known = years.get(year)
    if (known) return known
    const found = loaded
      .getHolidays(year, 'pt')
      .filter((one) => one.type === 'public')
      .map((one) => ({ day: one.date.slice(0, 10), name: one.name }))
    years.set(year, found)
    return found
  }
}
