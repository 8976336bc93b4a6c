// Everybody at the same instant: approve, refuse, answer and the clock set upon one ticket at once. For a test, and for measuring.
import { sql } from 'kysely'
import type { Db } from '#shared/db/connect.ts'
import type { Actor } from '#shared/kit/actor.ts'
import { Refusal } from '#shared/refusals.ts'
import { fireDeadline } from '#tickets/actions/fire-deadlines.ts'
import { moveTicket } from '#tickets/actions/move-ticket.ts'
import type { Verb } from '#tickets/rules/lifecycle.ts'

export interface Racer {
  readonly id: number
  readonly status: 'pending' | 'solved'
  readonly person: Pick<Actor, 'personId' | 'institutionId'>
  /** The due instant. The clock comes then, people a millisecond before it: later they would be refused by the rule alone. */
  readonly due: Date
}

/** What is tried besides the clock. To approve is no move of Pendente: it would be one again when the clock has won. */
const TRIED = {
  pending: ['answer', 'answer', 'answer'],
  solved: ['approve', 'refuse', 'answer'],
} as const satisfies Record<string, readonly Verb[]>

/** Who won. The others were refused with 409 or found nothing due; whatever else happens to them is thrown. */
export async function race({ id, status, person, due }: Racer, dbs: { web: Db; worker: Db }): Promise<string[]> {
  const inTime = new Date(due.getTime() - 1)
  const actor: Actor = {
    ...{ ...person, sessionId: 0, name: '', email: '', cpf: '', side: 'institution', institutionName: '' },
    ...{ classes: [122, 151], teams: [] },
  }
  const move = async (verb: Verb): Promise<string | undefined> => {
    const done = dbs.web.transaction().execute(async (tx) => {
      await sql`select set_config('eprod.person', ${String(person.personId)}, true),
        set_config('eprod.institution', ${String(person.institutionId)}, true)`.execute(tx)
      await moveTicket({ tx, actor, now: inTime }, id, { verb, body: 'Resposta no mesmo instante.' })
      return verb
    })
    return await done.catch((error: unknown) => {
      if (error instanceof Refusal && error.status === 409) return undefined
      throw error
    })
  }
  const clock = fireDeadline(dbs.worker, id, due).then((fired) => (fired ? 'clock' : undefined))
  const all = await Promise.all([clock, ...TRIED[status].map(move)])
  return all.filter((one) => one !== undefined)
}
