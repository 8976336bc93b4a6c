// Small reference rows that ticket screens and actions need.
import type { Tx } from '#shared/db/connect.ts'
import type { Lang } from '#words/words.ts'

/** The team that new tickets of financial institutions go to (guide: *equipe do Reconet*). */
export const TEAM_FOR_NEW_TICKETS = 'RECONET'

/** Its id, or null where an installation has not made it yet. */
export async function teamForNewTickets(tx: Tx): Promise<number | null> {
  const row = await tx
    .selectFrom('eprod.team as t')
    .innerJoin('eprod.institution as i', 'i.id', 't.institution_id')
    .select('t.id')
    .where('i.side', '=', 'staff')
    .where('t.name', '=', TEAM_FOR_NEW_TICKETS)
    .executeTakeFirst()
  return row?.id ?? null
}

export interface WaitingType {
  readonly id: number
  readonly name: string
}

/** The tree of waiting types (*Tipos de espera*) in its order, named in the reader's language. */
export async function waitingTypes(tx: Tx, lang: Lang): Promise<WaitingType[]> {
  const rows = await tx.selectFrom('eprod.waiting_type').select(['id', 'name']).orderBy('position').execute()
  return rows.map((row) => ({ id: row.id, name: row.name[lang] }))
}

/** Staff members a supervisor may assign a ticket to: those of a team. */
export async function assignees(tx: Tx): Promise<{ id: number; name: string }[]> {
  return await tx
    .selectFrom('eprod.person as p')
    .select(['p.id', 'p.name'])
    .where('p.side', '=', 'staff')
    .where('p.id', 'in', (query) => query.selectFrom('eprod.team_member').select('person_id'))
    .orderBy('p.name')
    .execute()
}
