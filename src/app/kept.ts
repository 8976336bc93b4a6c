// What an expired session sent: kept for an hour, given back to the same person once signed in again.
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { KeepClaim } from '#app/keep-token.ts'
import type { SiteDoors } from '#app/site.ts'
import type { Side } from '#shared/kit/actor.ts'
import type { Posted } from '#shared/web/site.ts'

/** Keeps a post under its person and path; its hidden fields are of no use later and stay out. */
export async function keepPost(doors: SiteDoors, claim: KeepClaim, posted: Posted): Promise<void> {
  const id = randomUUID()
  const files = await doors.store.keep(posted.files, id)
  const { guarda: _, ...fields } = posted.fields
  const db = claim.side === 'staff' ? doors.staff : doors.web
  await sql`select eprod.keep_post(${id}::uuid, ${claim.personId}::int, ${claim.path}, ${JSON.stringify(fields)}::jsonb,
    ${JSON.stringify(files)}::jsonb, ${doors.now()})`.execute(db)
}

/** Where a person who has just signed in finds what was kept: the newest unexpired post, or undefined. */
export async function keptPath(
  doors: SiteDoors,
  person: { personId: number; side: Side },
): Promise<string | undefined> {
  const db = person.side === 'staff' ? doors.staff : doors.web
  return await db.transaction().execute(async (tx) => {
    await sql`select set_config('eprod.person', ${String(person.personId)}, true)`.execute(tx)
    const row = await tx
      .selectFrom('eprod.kept_post')
      .select(['id', 'path'])
      .where('person_id', '=', person.personId)
      .where('kept_until', '>', doors.now())
      .orderBy('created_at', 'desc')
      .executeTakeFirst()
    if (!row) return undefined
    const page = row.path.replace(/^(\/(?:chamados|rascunhos)\/[^/]+).*$/, '$1')
    return `${page}?retomar=${row.id}`
  })
}
