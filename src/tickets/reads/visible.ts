// Does a ticket exist for this visitor? Row-level security answers; what may not be seen is not there.
import type { Tx } from '#shared/db/connect.ts'
import { found } from '#shared/refusals.ts'
import type { Status } from '#tickets/rules/lifecycle.ts'

export interface VisibleTicket {
  readonly status: Status
  readonly assigned: boolean
  readonly institutionId: number
}

/** What a ticket is, if the context may see it, or `not-found`. */
export async function requireVisible(tx: Tx, id: number): Promise<VisibleTicket> {
  const row = await tx
    .selectFrom('eprod.ticket')
    .select(['status', 'institution_id as institutionId', 'assignee_id as assigneeId'])
    .where('id', '=', id)
    .executeTakeFirst()
  const { assigneeId, ...ticket } = found(row)
  return { ...ticket, assigned: assigneeId !== null }
}
