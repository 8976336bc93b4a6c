// When Pendente and Solucionado fall due (guide, step 4). Calendar days; the due instant becomes a stored fact. Pure.
import type { Settings } from '#settings/rules.ts'
import { DAY_MS } from '#shared/kit/dates.ts'
import type { Status } from '#tickets/rules/lifecycle.ts'

/**
 * The due instant of a status entered at `at`: 7 days of Pendente, 10 of Solucionado by default, to the second of the
 * same hour; null for a status that waits for nobody. São Paulo has no summer time, so a day is 24 hours.
 */
export function deadlineOf(
  status: Status,
  at: Date,
  settings: Pick<Settings, 'pendingDays' | 'solvedDays'>,
): Date | null {
  if (status === 'pending') return new Date(at.getTime() + settings.pendingDays * DAY_MS)
  if (status === 'solved') return new Date(at.getTime() + settings.solvedDays * DAY_MS)
  return null
}
