// What the clock will do: the same decisions as when it fires, asked beforehand and written nowhere.
import { sql } from 'kysely'
import { deadlineRules } from '#settings/reads.ts'
import type { Tx } from '#shared/db/connect.ts'
import { lastRequests } from '#tickets/reads/request.ts'
import { clockStep, type DueTicket } from '#tickets/rules/clock.ts'
import { REMINDER_DAYS } from '#tickets/rules/deadlines.ts'
import type { Status } from '#tickets/rules/lifecycle.ts'

export interface Planned {
  /** When: the due instant, or now for what is overdue. */
  readonly at: Date
  readonly ticketId: number
  readonly title: string
  readonly institution: string
  /** `remind` with days left, else the clock's verb. */
  readonly event: 'remind' | 'lapse' | 'expire'
  readonly from: Status
  readonly to: Status
  readonly days?: number
  /** The deadline that begins with it. */
  readonly due: Date | null
}

export interface ClockPlan {
  readonly planned: readonly Planned[]
  /** There is more than is listed. */
  readonly more: boolean
}

interface Row extends DueTicket {
  readonly id: number
  readonly title: string
  readonly institution: string
}

/** Everything until `until`, by instant; at most `most` lines. */
export async function clockPlan(tx: Tx, span: { now: Date; until: Date; most: number }): Promise<ClockPlan> {
  const { now, until, most } = span
  const rules = await deadlineRules(tx)
  const due = await dueUntil(tx, until, most)
  const requests = await lastRequests(
    tx,
    due.filter(({ status }) => status === 'pending').map(({ id }) => id),
  )
  const moves = due.map((ticket): Planned => {
    const at = later(ticket.due_at ?? now, now)
    const { move, next, change } = clockStep({ ticket, asked: requests.get(ticket.id) }, at, rules)
    const { id: ticketId, title, institution, status: from } = ticket
    const event = move.verb as 'lapse' | 'expire'
    return { at, ticketId, title, institution, event, from, to: next, due: change.due_at ?? null }
  })
  const all = [...moves, ...(await remindersUntil(tx, span))].sort((a, b) => a.at.getTime() - b.at.getTime())
  return { planned: all.slice(0, most), more: all.length > most }
}

/** Numbers of the tickets overdue at `now`, the longest due first. */
export async function dueTickets(tx: Tx, now: Date): Promise<number[]> {
  const rows = await tx.selectFrom('eprod.ticket').select('id').where('due_at', '<=', now).orderBy('due_at').execute()
  return rows.map(({ id }) => id)
}

const later = (one: Date, other: Date) => (one > other ? one : other)

async function dueUntil(tx: Tx, until: Date, most: number): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select t.id, t.title, i.name as institution, t.status, t.assignee_id, t.due_at
      from eprod.ticket t join eprod.institution i on i.id = t.institution_id
     where t.due_at <= ${until} order by t.due_at, t.id limit ${sql.lit(most + 1)}`.execute(tx)
  return rows
}

/** Reminders yet to come or waiting to be sent, by the rule of `insertReminders`. */
async function remindersUntil(tx: Tx, span: { now: Date; until: Date; most: number }): Promise<Planned[]> {
  const { now, until, most } = span
  const { rows } = await sql<Omit<Planned, 'event' | 'due' | 'to'>>`
    select greatest(t.due_at - make_interval(hours => 24 * n), ${now}) as at, t.id as "ticketId", t.title, i.name as institution,
           t.status as "from", n as days
      from eprod.ticket t
      join eprod.institution i on i.id = t.institution_id
      cross join unnest(${[...REMINDER_DAYS]}::int[]) n
     where t.due_at > ${now}
       and (t.due_at - make_interval(hours => 24 * n) > ${now} or n = (
         select min(m) from unnest(${[...REMINDER_DAYS]}::int[]) m where t.due_at - make_interval(hours => 24 * m) <= ${now}))
       and not exists (select from eprod.reminder m where m.ticket_id = t.id and m.due_at = t.due_at and m.days = n)
       and t.due_at - make_interval(hours => 24 * n) <= ${until}
       and t.due_at <= ${until}::timestamptz + make_interval(hours => 24 * ${Math.max(...REMINDER_DAYS)}::int)
       and exists (select from eprod.follow_up f where f.ticket_id = t.id and f.due_at = t.due_at
                      and f.created_at <= t.due_at - make_interval(hours => 24 * n))
     order by 1, 2 limit ${sql.lit(most + 1)}`.execute(tx)
  return rows.map((row) => ({ ...row, event: 'remind', to: row.from, due: null }))
}
