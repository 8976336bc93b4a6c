// The clock's two moves: 7 days of Pendente become Solucionado, 10 of Solucionado become Fechado (guide, step 4).
import { sql } from 'kysely'
import type { Db } from '#shared/db/connect.ts'
import { showInstant } from '#shared/kit/dates.ts'
import { moveTicket } from '#tickets/actions/move-ticket.ts'
import { lastRequest } from '#tickets/reads/request.ts'
import { lapsedText } from '#tickets/rules/lapsed-text.ts'

const BATCH = 100

/** Fires every deadline due at `now`, oldest first, each in its own transaction and exactly once; returns how many. */
export async function fireDeadlines(db: Db, now: Date): Promise<number> {
  let fired = 0
  for (;;) {
    const due = await db
      .selectFrom('eprod.ticket')
      .select('id')
      .where('due_at', '<=', now)
      .orderBy('due_at')
      .limit(sql.lit(BATCH))
      .execute()
    let progress = 0
    for (const { id } of due) if (await fireDeadline(db, id, now)) progress += 1
    fired += progress
    if (due.length < BATCH || progress === 0) return fired
  }
}

/**
 * Fires one ticket's deadline if it is due at `now`. Locks the row first, so that an answer in the same second wins or
 * loses as a whole. Returns whether it moved; another worker holding the row means it is being handled.
 */
export async function fireDeadline(db: Db, ticketId: number, now: Date): Promise<boolean> {
  return await db.transaction().execute(async (tx) => {
    const row = await tx
      .selectFrom('eprod.ticket')
      .select(['id', 'status', 'due_at'])
      .where('id', '=', ticketId)
      .forUpdate()
      .skipLocked()
      .executeTakeFirst()
    if (!row?.due_at || row.due_at.getTime() > now.getTime()) return false
    if (row.status === 'solved') {
      await moveTicket({ tx, actor: 'clock', now }, row.id, { verb: 'expire' })
      return true
    }
    const request = await lastRequest(tx, row.id)
    const body = lapsedText({
      ...request,
      askedAt: showInstant(request.askedAt),
      dueAt: showInstant(row.due_at),
    })
    await moveTicket({ tx, actor: 'clock', now }, row.id, { verb: 'lapse', outcome: 'no-answer', body })
    return true
  })
}
