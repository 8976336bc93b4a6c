// What signing in reads: on which side of the counter an institution stands.
import { sql } from 'kysely'
import type { Db } from '#shared/db/connect.ts'
import type { Side } from '#shared/kit/actor.ts'

/** The side of a CNPJ: staff only for institutions the installation has marked so; every other is an institution. */
export async function sideOf(db: Db, cnpj: string | undefined): Promise<Side> {
  if (cnpj === undefined) return 'institution'
  const { rows } = await sql<{ side: Side }>`select eprod.side_of(${cnpj}) as side`.execute(db)
  return rows[0]!.side
}
