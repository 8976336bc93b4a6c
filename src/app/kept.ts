// What an expired session sent: kept for an hour, given back to the same person once signed in again.
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { KeepClaim } from '#app/keep-token.ts'
import type { SiteDoors } from '#app/site.ts'
import { dbOf } from '#app/visit.ts'
import { offerKeptPosts } from '#forms/actions.ts'
import type { Side } from '#shared/kit/actor.ts'
import type { Posted } from '#shared/web/site.ts'

/** Keeps a post under its person and path, beside two older ones at most; its hidden fields are of no use later and stay out. */
export async function keepPost(doors: SiteDoors, claim: KeepClaim, posted: Posted): Promise<void> {
  const id = randomUUID()
  const files = await doors.store.keep(posted.files, id)
  const { guarda: _, ...fields } = posted.fields
  const { rows } = await sql<{ gone: string[] }>`
    select eprod.keep_post(${id}::uuid, ${claim.personId}::int, ${claim.path}, ${JSON.stringify(fields)}::jsonb,
      ${JSON.stringify(files)}::jsonb, ${doors.now()}) as gone`.execute(doors.entry)
  for (const old of rows[0]?.gone ?? []) await doors.store.forgetKept(old)
}

/** Where a person who has just signed in finds what was kept; undefined: nothing. */
export async function keptPath(
  doors: SiteDoors,
  person: { personId: number; side: Side },
): Promise<string | undefined> {
  return await dbOf(doors, person.side)
    .transaction()
    .execute(async (tx) => {
      await sql`select set_config('eprod.person', ${String(person.personId)}, true)`.execute(tx)
      return await offerKeptPosts(tx, person.personId, doors.now())
    })
}
