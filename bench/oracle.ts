// npm run bench oracle: is another institution's ticket told from a missing one by how long its 404 takes?
import { sql } from 'kysely'
import { connect } from '#shared/db/connect.ts'
import { maintaining, type Place } from './place.ts'
import { figure, keep } from './results.ts'
import { launchSite, signIn } from './site.ts'

const CALLS = 1000
const WARM_CALLS = 100
/** Of the medians, in percent (issue E, figures). */
const MOST_APART = 5
/** Far beyond every number there is. */
const MISSING = 900_000_000

export async function measureOracle(place: Place): Promise<void> {
  const { actor, cookie } = await signIn(place)
  const others = await ticketsOfOthers(place, actor.institutionId)
  const site = await launchSite(place)
  const timed = async (id: number): Promise<number> => {
    const began = performance.now()
    const answer = await fetch(`${site.address}/chamados/${id}`, { headers: { cookie, accept: 'text/html' } })
    await answer.arrayBuffer()
    if (answer.status !== 404) throw new Error(`/chamados/${id}: ${answer.status}`)
    return performance.now() - began
  }
  try {
    const taken: { others: number[]; missing: number[] } = { others: [], missing: [] }
    for (let call = 0; call < CALLS + WARM_CALLS; call += 1) {
      // By turns first: whoever comes second might find things warm.
      const pair = { others: others[call % others.length] ?? 0, missing: MISSING + call }
      const order = call % 2 === 0 ? (['others', 'missing'] as const) : (['missing', 'others'] as const)
      for (const one of order) {
        const ms = await timed(pair[one])
        if (call >= WARM_CALLS) taken[one].push(ms)
      }
    }
    report(middle(taken.others), middle(taken.missing))
  } finally {
    await site.stop()
  }
}

function middle(ms: readonly number[]): number {
  return [...ms].sort((a, b) => a - b)[Math.floor(ms.length / 2)] ?? 0
}

function report(others: number, missing: number): void {
  keep({
    title: 'oracle',
    command: 'npm run bench oracle',
    head: ['404 for', 'middle ms'],
    rows: [
      ["another institution's ticket", figure(others)],
      ['a ticket that does not exist', figure(missing)],
      [`apart, % (limit ${MOST_APART})`, figure((Math.abs(others - missing) / missing) * 100)],
    ],
    notes: [`${CALLS} calls of each, in turns, one connection.`],
  })
}

async function ticketsOfOthers(place: Place, institutionId: number): Promise<readonly number[]> {
  const owner = connect(maintaining(place.urls.owner), { max: 1, statementSeconds: 120 })
  try {
    const { rows } = await sql<{ id: number }>`select id from eprod.ticket where institution_id <> ${institutionId}
      order by hashint8(id) limit ${sql.lit(CALLS)}`.execute(owner.db)
    return rows.map(({ id }) => id)
  } finally {
    await owner.close()
  }
}
