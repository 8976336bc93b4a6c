// Other tickets of a vehicle, told before one more is filed (product, section 5.5). Pure SQL over the walls: an institution is
// told of its own tickets; of another's nothing shows, not even that there is one.
import { sql } from 'kysely'
import type { SameVehicle } from '#forms/rules/same-vehicle.ts'
import type { Tx } from '#shared/db/connect.ts'

/** At most three tickets by canonical plate or chassis: those at work first, then the newest. */
export async function sameVehicle(
  tx: Tx,
  [plate, chassis]: readonly [plate: string | null, chassis: string | null],
): Promise<SameVehicle[]> {
  if (plate === null && chassis === null) return []
  const { rows } = await sql<SameVehicle>`
    select id, status, opened_at as "openedAt" from (
      select id, status, opened_at from eprod.ticket where plate = ${plate}
      union
      select id, status, opened_at from eprod.ticket where chassis = ${chassis}) t
     order by status = 'closed', opened_at desc, id desc limit 3`.execute(tx)
  return rows
}
