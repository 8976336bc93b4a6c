// Opens a visit: cookie → session → actor → one transaction of the side's database role. The only place that does.
import type { FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import type { KeepTokens } from '#app/keep-token.ts'
import { readSessionCookie, SESSION_COOKIE } from '#identity/visit.ts'
import type { ReadingLog } from '#journal/readings.ts'
import type { Db, Tx } from '#shared/db/connect.ts'
import type { Actor, Side } from '#shared/kit/actor.ts'
import type { Guest, Posted, Visit } from '#shared/web/site.ts'
import { LANGS, type Lang, wordsFor } from '#words/words.ts'

export interface Doors {
  readonly web: Db
  readonly staff: Db
  readonly tokens: KeepTokens
  readonly demo: boolean
  readonly now: () => Date
  /** Left out where nothing is read but what the visitor wrote, as in tests of forms. */
  readonly readings?: ReadingLog | undefined
}

interface SessionRow {
  session_id: number
  person_id: number
  institution_id: number
  name: string
  email: string
  cpf: string
  side: Side
  institution_name: string
  classes: number[]
  teams: number[]
}

const NOTHING: Posted = { fields: {}, files: [] }

/** What any page knows: language and theme by cookie, pt-BR unless chosen. */
export function guestOf(request: FastifyRequest, doors: Pick<Doors, 'demo' | 'now'>): Guest {
  const chosen = request.cookies.idioma as Lang
  const lang = LANGS.includes(chosen) ? chosen : 'pt-BR'
  const theme = request.cookies.tema
  return {
    words: wordsFor(lang),
    lang,
    theme: theme === 'light' || theme === 'dark' ? theme : undefined,
    now: doors.now(),
    path: request.url,
    demo: doors.demo,
  }
}

/** Runs `work` in a visit, or answers undefined when there is no live session. Rolls back when `work` throws. */
export async function inVisit<T>(
  request: FastifyRequest,
  doors: Doors,
  work: (visit: Visit) => Promise<T>,
): Promise<{ answer: T } | undefined> {
  const cookie = readSessionCookie(request.cookies[SESSION_COOKIE])
  if (!cookie) return undefined
  const guest = guestOf(request, doors)
  const db = cookie.side === 'staff' ? doors.staff : doors.web
  return await db.transaction().execute(async (tx) => {
    const actor = await openVisit(tx, cookie.tokenHash, guest.now)
    if (!actor) return undefined
    const keepToken = (path: string) =>
      doors.tokens.sign({ personId: actor.personId, side: actor.side, path }, guest.now)
    const noteReading: Visit['noteReading'] = (what, ticketId) =>
      doors.readings?.note({ at: guest.now, person: actor.personId, what, thing: 'ticket', id: String(ticketId) })
    const visit: Visit = { ...guest, tx, actor, posted: NOTHING, keepToken, noteReading }
    return { answer: await work(visit) }
  })
}

/** Finds the session and sets the context of the transaction (0002-people.sql). */
async function openVisit(tx: Tx, tokenHash: Buffer, now: Date): Promise<Actor | undefined> {
  const { rows } = await sql<SessionRow>`
    select session_id, person_id, institution_id, name, email, cpf, side, institution_name, classes, teams
      from eprod.open_visit(${tokenHash}, ${now})`.execute(tx)
  const row = rows[0]
  return (
    row && {
      personId: row.person_id,
      sessionId: row.session_id,
      name: row.name,
      email: row.email,
      cpf: row.cpf,
      side: row.side,
      institutionId: row.institution_id,
      institutionName: row.institution_name,
      classes: row.classes,
      teams: row.teams,
    }
  )
}
