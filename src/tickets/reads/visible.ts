// Does a ticket exist for this visitor? Row-level security answers; what may not be seen is not there.
import type { Tx } from '#shared/db/connect.ts'
import { found } from '#shared/refusals.ts'
import type { Status } from '#tickets/rules/lifecycle.ts'

/** Status and institution of a ticket the context may see, or `not-found`. */
export async function requireVisible(tx: Tx, id: number): Promise<{ status: Status; institutionId: number }> {
  const row = await tx
    .selectFrom('eprod.ticket')
    .select(['status', 'institution_id as institutionId'])
    .where('id', '=', id)
    .executeTakeFirst()
  return found(row)
}
