// A door of the room: kept searches that count more than somebody wanted to know of. Each is counted as its person would, through
// that side's own role; who is told is told once, until it has counted less again.
import { sql } from 'kysely'
import { alertLetter } from '#notifications/letters.ts'
import { type Alert, alertsToCheck } from '#notifications/reads.ts'
import type { LetterPlace } from '#notifications/rules/links.ts'
import { insertAlertLine } from '#notifications/store.ts'
import { noteCounted } from '#searches/actions.ts'
import { countOf, savedSearch } from '#searches/reads.ts'
import type { Db, Tx } from '#shared/db/connect.ts'
import type { Actor, Side } from '#shared/kit/actor.ts'
import { isMailAddress } from '#shared/kit/mail-address.ts'
import { postLetter } from '#shared/mail/store.ts'
import { wordsFor } from '#words/words.ts'

export interface AlertDoors {
  /** The worker's own, and those of the two sides that searches are counted through. */
  readonly db: Db
  readonly sides: Readonly<Record<Side, Db>>
  readonly place: LetterPlace
}

/** A count may take so long; nobody waits for it. */
const COUNT_MS = 500

/**
 * Counts what has not been counted for some minutes, the longest ago first, and tells whose number has been passed. What fails
 * for one keeps no other from its turn; the first failure is thrown at the end.
 */
export async function checkAlerts(doors: AlertDoors, now: Date): Promise<void> {
  const failures: unknown[] = []
  for (const alert of await doors.db.transaction().execute((tx) => alertsToCheck(tx, now))) {
    await checkOne(doors, alert, now).catch((error: unknown) => failures.push(error))
  }
  if (failures.length > 0) throw failures[0]
}

async function checkOne(doors: AlertDoors, alert: Alert, now: Date): Promise<void> {
  const count = await countFor(doors.sides[alert.side], alert, now)
  await doors.db.transaction().execute((tx) => tell(tx, { alert, count, place: doors.place, now }))
}

/** As its person sees it now; undefined: the person may not open it any more, or it was not counted in time. */
async function countFor(db: Db, alert: Alert, now: Date): Promise<number | undefined> {
  return await db.transaction().execute(async (tx) => {
    const actor = await actorOf(tx, alert)
    const search = await savedSearch(tx, actor, alert.searchId)
    const asking = { tx, actor, now, lang: alert.lang, words: wordsFor(alert.lang) }
    return search && (await countOf(asking, search.query, COUNT_MS))
  })
}

/** Row-level security goes by the context, as in a visit. */
async function actorOf(tx: Tx, { personId, institutionId, side, name, email }: Alert): Promise<Actor> {
  await sql`select set_config('eprod.person', ${String(personId)}, true),
                   set_config('eprod.institution', ${String(institutionId)}, true)`.execute(tx)
  const { rows } = await sql<{ teams: number[] }>`select eprod.context_teams() as teams`.execute(tx)
  const nobody = { sessionId: 0, cpf: '', institutionName: '', classes: [] }
  return { ...nobody, personId, institutionId, side, name, email, teams: rows[0]?.teams ?? [] }
}

interface Telling {
  readonly alert: Alert
  readonly count: number | undefined
  readonly place: LetterPlace
  readonly now: Date
}

async function tell(tx: Tx, { alert, count, place, now }: Telling): Promise<void> {
  const passed = await noteCounted(tx, alert, { count, at: now })
  if (!passed || count === undefined) return
  await insertAlertLine(tx, alert, { amount: count, at: now })
  if (!alert.byMail || alert.scope === 'none' || !isMailAddress(alert.email)) return
  await postLetter(tx, alertLetter(place, alert, { count, at: now }), now)
}
