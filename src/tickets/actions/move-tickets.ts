// Moves several tickets one after the other, each by its own rules: what one is refused stops none of the others.
import { sql } from 'kysely'
import { Refusal, type RefusalCode } from '#shared/refusals.ts'
import { admitMove, type Mover, moveTicket } from '#tickets/actions/move-ticket.ts'
import type { Move } from '#tickets/rules/moves.ts'

/** `same`: it was so already, and nothing was written; so the same post twice writes once. */
export interface MovedOne {
  readonly id: number
  readonly how: 'moved' | 'same' | RefusalCode
}

/** Moves of people who only give tickets to each other. */
export type AssigningVerb = 'take' | 'assign' | 'give-back'
type Assigning = Move & { readonly verb: AssigningVerb }

/** In the order of their numbers, which keeps two such posts from waiting for each other. */
export async function moveTickets(mover: Mover, ids: readonly number[], move: Assigning): Promise<MovedOne[]> {
  const outcomes: MovedOne[] = []
  for (const id of [...new Set(ids)].sort((a, b) => a - b)) {
    await sql`savepoint one_ticket`.execute(mover.tx)
    const how = await moveOne(mover, id, move)
    if (how !== 'moved') await sql`rollback to one_ticket`.execute(mover.tx)
    await sql`release one_ticket`.execute(mover.tx)
    outcomes.push({ id, how })
  }
  return outcomes
}

async function moveOne(mover: Mover, id: number, move: Assigning): Promise<MovedOne['how']> {
  try {
    const { ticket } = await admitMove(mover, id, move)
    if (ticket.assignee_id === assigneeAfter(mover, move)) return 'same'
    return (await moveTicket(mover, id, move)).ok ? 'moved' : 'bad-request'
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
}

function assigneeAfter({ actor }: Mover, move: Assigning): number | null {
  if (move.verb === 'give-back') return null
  if (move.verb === 'assign') return move.assigneeId ?? null
  return actor === 'clock' ? null : actor.personId
}
