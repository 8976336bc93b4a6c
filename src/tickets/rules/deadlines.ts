// When Pendente and Solucionado fall due (guide, step 4), and when the clock reminds. The due instant becomes a stored fact. Pure.
import { endOf } from '#settings/rules/working-days.ts'
import type { DeadlineRules } from '#settings/rules.ts'
import type { Status, Verb } from '#tickets/rules/lifecycle.ts'

/** The institution is reminded when so many days are left (product, section 3). The longest first. */
export const REMINDER_DAYS = [3, 1] as const

/**
 * The due instant of a status entered at `at`: 7 days of Pendente, 10 of Solucionado by default, to the second of the
 * same hour; null for a status that waits for nobody.
 */
export function deadlineOf(status: Status, at: Date, rules: DeadlineRules): Date | null {
  if (status === 'pending') return endOf(at, rules.pendingDays, rules.calendar)
  if (status === 'solved') return endOf(at, rules.solvedDays, rules.calendar)
  return null
}

/** What a deadline waits for, or what would put it off. */
const ENDING: ReadonlySet<Verb> = new Set(['answer', 'ask', 'solve', 'approve', 'refuse'])

/**
 * Does this verb come too late? From the due instant on a ticket that waits is the clock's alone (product, section 3), however
 * long the clock takes to come to it: who was in time is told by stored instants, not by which process was faster.
 */
export function isTooLate(ticket: { readonly due_at: Date | null }, verb: Verb, now: Date): boolean {
  return ENDING.has(verb) && ticket.due_at !== null && ticket.due_at.getTime() <= now.getTime()
}
