// The clock's own moves: what a ticket whose instant has come does by itself. Asked by the clock and by its dry run. Pure.
import type { DeadlineRules } from '#settings/rules.ts'
import { showInstant } from '#shared/kit/dates.ts'
import { type Before, changeOf, type Step, type TicketChange } from '#tickets/rules/change.ts'
import { lapsedText } from '#tickets/rules/lapsed-text.ts'
import { decide } from '#tickets/rules/lifecycle.ts'
import type { Move } from '#tickets/rules/moves.ts'

/** The last request of a Pendente ticket, as the text of the solution tells it. */
export interface Asked {
  readonly question: string
  readonly reason: string
  readonly waitingType: string
  readonly askedAt: Date
  readonly documents: readonly string[]
}

export interface DueTicket extends Before {
  readonly due_at: Date | null
}

/** The clock's move of a ticket: 10 days of Solucionado expire, 7 of Pendente lapse into a composed solution. */
export function clockMove(ticket: DueTicket, asked: Asked | undefined): Move {
  if (ticket.status === 'solved') return { verb: 'expire' }
  if (!asked || !ticket.due_at) throw new Error(`no request was made before ${ticket.status} fell due`)
  const body = lapsedText({ ...asked, askedAt: showInstant(asked.askedAt), dueAt: showInstant(ticket.due_at) })
  return { verb: 'lapse', outcome: 'no-answer', body }
}

/** That move through the one table of the life cycle, with what it changes. */
export function clockStep(
  due: { ticket: DueTicket; asked: Asked | undefined },
  now: Date,
  rules: DeadlineRules,
): Step & { change: TicketChange } {
  const { ticket, asked } = due
  const move = clockMove(ticket, asked)
  const decision = decide({ status: ticket.status, assigned: ticket.assignee_id !== null }, move.verb, 'clock')
  if (!decision.ok) throw new Error(`the clock may not ${move.verb} what is ${ticket.status}`)
  const step = { ticket, move, next: decision.next }
  return { ...step, change: changeOf(step, { actor: 'clock', now }, rules) }
}
