// Small reference rows that ticket screens and actions need.
import { definitionOf } from '#forms/reads.ts'
import { documentOf } from '#forms/rules/definition.ts'
import type { Tx } from '#shared/db/connect.ts'
import type { Problem } from '#shared/problems.ts'
import type { Move } from '#tickets/rules/moves.ts'
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

/** What a move names that does not exist: a waiting type, an assignee who works in no team, a document the form has not. */
export async function referenceProblems(
  tx: Tx,
  ticket: { readonly form_version_id: number },
  move: Move,
): Promise<Problem[]> {
  const problems: Problem[] = []
  if (move.verb === 'assign' && move.assigneeId && !(await assignees(tx)).some(({ id }) => id === move.assigneeId)) {
    problems.push({ field: 'tecnico', code: 'assignee-needed' })
  }
  if (move.verb !== 'ask') return problems
  const types = await waitingTypes(tx, 'pt-BR')
  if (move.waitingTypeId && !types.some(({ id }) => id === move.waitingTypeId)) {
    problems.push({ field: 'tipo', code: 'waiting-type-needed' })
  }
  const definition = await definitionOf(tx, ticket.form_version_id)
  if (move.documents?.some(({ document }) => !documentOf(definition, document))) {
    problems.push({ field: 'texto', code: 'document-unknown' })
  }
  return problems
}
