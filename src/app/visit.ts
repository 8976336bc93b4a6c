// Opens a visit: cookie → session → actor → one transaction of the side's database role. The only place that does.
import { Readable } from 'node:stream'
import { isDeepStrictEqual } from 'node:util'
import type { FastifyRequest } from 'fastify'
import type { CompiledQuery } from 'kysely'
import type { KeepTokens } from '#app/keep-token.ts'
import { readSessionCookie, SESSION_COOKIE } from '#identity/visit.ts'
import { READ_THING, type Reading, type ReadingLog } from '#journal/readings.ts'
import type { Db, Tx } from '#shared/db/connect.ts'
import { fixed } from '#shared/db/fixed.ts'
import { type Habit, inTransaction, NeedsMore } from '#shared/db/transaction.ts'
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

/** The handle of a side's role. */
export const dbOf = (doors: Pick<Doors, 'web' | 'staff'>, side: Side): Db =>
  side === 'staff' ? doors.staff : doors.web

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
  /** Lines at the bell, counted to 100. */
  unread: number
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

/** What a visit came to, and how much the visitor has not read yet. */
export interface Visited<T> {
  readonly answer: T
  readonly unread: number
}

export interface Wanted<T> {
  readonly work: (visit: Visit) => Promise<T>
  /** A GET. It is begun for the actor seen last with this cookie, and begun anew when it is another by now. */
  readonly reading: boolean
  /** Aborted: what is read is given up. */
  readonly signal?: AbortSignal | undefined
  /** Asked for by the page itself: no use of the session. A request whose header says so is quiet too. */
  readonly quiet?: boolean
}

/** What an open page says of the requests nobody's hand has made (islands/live.ts). */
const QUIET_HEADER = 'x-quiet'

/** Runs `work` in a visit, or answers undefined when there is no live session. Rolls back when `work` throws. */
export async function inVisit<T>(
  request: FastifyRequest,
  doors: Doors,
  wanted: Wanted<T>,
): Promise<Visited<T> | undefined> {
  const cookie = readSessionCookie(request.cookies[SESSION_COOKIE])
  if (!cookie) return undefined
  const guest = guestOf(request, doors)
  const quiet = wanted.quiet ?? request.headers[QUIET_HEADER] !== undefined
  let read: readonly Reading[] = []
  const done = await enter({
    db: dbOf(doors, cookie.side),
    key: keyOf(cookie),
    first: openVisit(cookie.tokenHash, guest.now, !quiet),
    reading: wanted.reading,
    signal: wanted.signal,
    habit: habitOf(`${cookie.side} ${request.method} ${request.routeOptions.url}`),
    work: (actor, tx) => {
      const begun = visitOf(guest, { actor, tx, tokens: doors.tokens })
      // Told only of whoever the answer is for: what was begun for another counts no more.
      read = begun.read
      return wanted.work(begun.visit)
    },
  })
  for (const one of read) doors.readings?.note(one)
  return done
}

/** A visit before anything was posted, and what it notes of personal data it reads. */
function visitOf(
  guest: Guest,
  { actor, tx, tokens }: { actor: Actor; tx: Tx; tokens: KeepTokens },
): { visit: Visit; read: readonly Reading[] } {
  const read: Reading[] = []
  const noteReading: Visit['noteReading'] = (what, id) =>
    read.push({ at: guest.now, person: actor.personId, what, thing: READ_THING[what], id: String(id) })
  const keepToken = keepTokenOf(tokens, actor, guest.now)
  return { visit: { ...guest, tx, actor, posted: NOTHING, keepToken, noteReading }, read }
}

/** One token for all forms of a page that lead to the same address. */
function keepTokenOf(tokens: KeepTokens, { personId, side }: Actor, now: Date): Visit['keepToken'] {
  const made = new Map<string, string>()
  return (path) => {
    const token = made.get(path) ?? tokens.sign({ personId, side, path }, now)
    made.set(path, token)
    return token
  }
}

/** Who asks, as the session was seen last; undefined: there is none. */
export async function whoAsks(request: FastifyRequest, doors: Doors): Promise<Actor | undefined> {
  const cookie = readSessionCookie(request.cookies[SESSION_COOKIE])
  const seen = cookie && known.get(keyOf(cookie))
  return seen ?? (await inVisit(request, doors, { reading: true, work: async ({ actor }) => actor }))?.answer
}

interface Door<T> {
  readonly db: Db
  readonly key: string
  readonly first: CompiledQuery<SessionRow>
  readonly reading: boolean
  readonly signal: AbortSignal | undefined
  readonly habit: Habit
  readonly work: (actor: Actor, tx: Tx) => Promise<T>
}

/** What only reads is begun for the actor seen last; what changes anything, and whatever was begun for another, for who is found. */
async function enter<T>(door: Door<T>): Promise<Visited<T> | undefined> {
  const guess = door.reading ? known.get(door.key) : undefined
  return (guess && (await visitAhead(door, guess))) ?? (await visitKnown(door))
}

async function visitKnown<T>({ habit, ...door }: Door<T>): Promise<Visited<T> | undefined> {
  return await inTransaction(door, async (tx, first) => {
    const rows = await first
    const actor = actorOf(rows)
    remember(door.key, actor)
    return actor && { answer: await door.work(actor, tx), unread: rows[0]?.unread ?? 0 }
  })
}

/**
 * The statements of a page leave in one packet with the one that opens the visit, instead of waiting for it. Row-level
 * security goes by what that one finds; undefined, with all of it rolled back, when it found another than was guessed.
 */
async function visitAhead<T>(door: Door<T>, guess: Actor): Promise<Visited<T> | undefined> {
  const attempt = async (habit?: Habit) =>
    await inTransaction({ ...door, habit }, async (tx, first) => {
      const answer = door.work(guess, tx)
      answer.catch(() => {})
      const rows = await first
      if (isDeepStrictEqual(actorOf(rows), guess)) return { answer: await answer, unread: rows[0]?.unread ?? 0 }
      known.delete(door.key)
      await answer.then(discard, () => {})
      return undefined
    })
  try {
    return await attempt(door.habit)
  } catch (error) {
    if (!(error instanceof NeedsMore)) throw error
    return await attempt()
  }
}

function discard(answer: unknown): void {
  if (answer instanceof Object && 'stream' in answer && answer.stream instanceof Readable) answer.stream.destroy()
}

/** What the pages of a side were seen to need, by their routes. */
const habits = new Map<string, Habit>()

function habitOf(route: string): Habit {
  const habit = habits.get(route) ?? { streak: 0 }
  habits.set(route, habit)
  return habit
}

/** Whom a cookie named last, by its hash. */
const known = new Map<string, Actor>()
const MOST_KNOWN = 10_000
const keyOf = ({ tokenHash }: { readonly tokenHash: Buffer }): string => tokenHash.toString('latin1')

function remember(key: string, actor: Actor | undefined): void {
  known.delete(key)
  if (!actor) return
  if (known.size >= MOST_KNOWN) known.delete(known.keys().next().value ?? '')
  known.set(key, actor)
}

/** Finds the session and sets the context of the transaction (0117-quiet-visits.sql). */
function openVisit(tokenHash: Buffer, now: Date, used: boolean): CompiledQuery<SessionRow> {
  return fixed<SessionRow>`
    select session_id, person_id, institution_id, name, email, cpf, side, institution_name, classes, teams,
           (select count(*) from (select from eprod.notification n
             where n.person_id = v.person_id and n.read_at is null limit 100) x)::int as unread
      from eprod.open_visit(${tokenHash}, ${now}, ${used}) v`
}

function actorOf([row]: readonly SessionRow[]): Actor | undefined {
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
