// Builds the Site: parses posts, opens visits, keeps what an expired session sent, and sends answers after the commit.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { setCookie } from '#app/cookies.ts'
import { noteTyped, wantsJson } from '#app/errors.tsx'
import { type Gate, makeGate } from '#app/gate.ts'
import type { KeepClaim } from '#app/keep-token.ts'
import { keepPost } from '#app/kept.ts'
import { fromOwnPages } from '#app/origin.ts'
import { readPosted } from '#app/posted.ts'
import { type Doors, guestOf, inVisit, type Visited, whoAsks } from '#app/visit.ts'
import type { FileStore } from '#attachments/files.ts'
import type { Db } from '#shared/db/connect.ts'
import { Refusal } from '#shared/refusals.ts'
import { withUnread } from '#shared/ui/shell.tsx'
import {
  type Answer,
  type GuestHandler,
  type Heavy,
  NOT_KEPT,
  type Posted,
  type Site,
  type Visit,
  type VisitHandler,
} from '#shared/web/site.ts'

export interface SiteDoors extends Doors {
  /** The role of what is done without a visit, as keeping what an expired session sent. */
  readonly entry: Db
  /** Public address without a trailing slash. */
  readonly url: string
  readonly store: FileStore
  /** Bytes after which a received file is cut. */
  readonly fileBytes: number
}

/** How many files a post may carry that arrives after its session has ended (issue A, bad input). */
const KEPT_FILES = 5

/** The doors that rooms register their routes with. */
export function makeSite(app: FastifyInstance, doors: SiteDoors): Site {
  const own = new URL(doors.url).origin
  const checkOrigin = (request: FastifyRequest) => {
    if (!fromOwnPages(request, own)) throw new Refusal('foreign-origin')
  }
  // Downloads last as long as the line is slow: they are not to keep their reader from the lists.
  const [pages, downloads] = [makeHeavily(doors, makeGate()), makeHeavily(doors, makeGate())]
  return {
    get: (path, handler, heavy) =>
      app.get(path, async (request, reply) => {
        await pages({ request, reply, doors }, heavy, (signal) => visitPage({ request, reply, doors }, handler, signal))
      }),
    post: (path, handler) =>
      app.post(path, async (request, reply) => {
        checkOrigin(request)
        await visitPost({ request, reply, doors }, handler)
      }),
    openGet: (path, handler) => app.get(path, (request, reply) => openPage({ request, reply, doors }, handler)),
    eitherGet: (path, handler) =>
      app.get(path, (request, reply) => eitherPage({ request, reply, doors }, handler, true)),
    machinePost: (path, handler) => app.post(path, (request, reply) => openPage({ request, reply, doors }, handler)),
    openPost: (path, handler) =>
      app.post(path, async (request, reply) => {
        checkOrigin(request)
        await openPage({ request, reply, doors }, handler)
      }),
    eitherPost: (path, handler) =>
      app.post(path, async (request, reply) => {
        checkOrigin(request)
        await eitherPage({ request, reply, doors }, handler, false)
      }),
    stream: (method, url, handler, heavy) =>
      app.route({
        method,
        url,
        handler: async (request, reply) => {
          if (method !== 'HEAD') checkOrigin(request)
          await downloads({ request, reply, doors }, heavy, async (signal) => {
            const visit = <T>(work: (visit: Visit) => Promise<T>) =>
              visitOrRefuse({ request, reply, doors }, work, signal)
            await handler({ request, reply, visit })
          })
        },
      }),
  }
}

type Heavily = (turn: Turn, heavy: Heavy | undefined, work: (signal?: AbortSignal) => Promise<void>) => Promise<void>

/** Runs what is heavy through a gate, for as long as somebody waits for it. */
function makeHeavily(doors: SiteDoors, gate: Gate): Heavily {
  const last = new Map<string, AbortController>()
  return async ({ request, reply }, heavy, work) => {
    if (!heavy || heavy.when?.(request.url) === false) return await work()
    const who = await whoAsks(request, doors)
    if (!who) return await work()
    const mine = new AbortController()
    const stop = () => mine.abort(new Refusal('too-many-at-once'))
    reply.raw.once('close', stop)
    const key = `${who.personId} ${request.routeOptions.url}`
    if (heavy.latest) {
      last.get(key)?.abort(new Refusal('too-many-at-once'))
      last.set(key, mine)
    }
    try {
      await gate(who, mine.signal, () => work(mine.signal))
    } catch (error) {
      mine.signal.throwIfAborted()
      throw error
    } finally {
      reply.raw.off('close', stop)
      if (last.get(key) === mine) last.delete(key)
    }
  }
}

async function visitOrRefuse<T>(
  { request, doors }: Turn,
  work: (visit: Visit) => Promise<T>,
  signal: AbortSignal | undefined,
): Promise<T> {
  const done = await inVisit(request, doors, { reading: false, work, signal })
  if (!done) throw new Refusal('sign-in-first')
  return done.answer
}

interface Turn {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly doors: SiteDoors
}

async function openPage(turn: Turn, handler: GuestHandler): Promise<void> {
  await send(turn, await handler(guestOf(turn.request, turn.doors), turn.request))
}

async function eitherPage(turn: Turn, handler: GuestHandler, reading: boolean): Promise<void> {
  const done = await inVisit(turn.request, turn.doors, { reading, work: (visit) => handler(visit, turn.request) })
  if (done) await sendVisited(turn, done)
  else await openPage(turn, handler)
}

async function visitPage(turn: Turn, handler: VisitHandler, signal?: AbortSignal): Promise<void> {
  const work = (visit: Visit) => handler(visit, turn.request)
  const done = await inVisit(turn.request, turn.doors, { reading: true, work, signal })
  if (done) return await sendVisited(turn, done)
  if (wantsJson(turn.request)) throw new Refusal('sign-in-first')
  const path = turn.request.url
  await send(turn, { redirect: path === '/' ? '/entrar' : `/entrar?destino=${encodeURIComponent(path)}` })
}

/** Signed in: receives, then acts in one transaction. Expired: keeps what was sent, then asks to sign in. */
async function visitPost(turn: Turn, handler: VisitHandler): Promise<void> {
  const { request, doors } = turn
  const signedIn = await inVisit(request, doors, { reading: true, work: async () => true }).catch((error: unknown) =>
    failUnread(turn, error),
  )
  if (!signedIn) return await expiredPost(turn)
  const posted = await readPosted(request, doors)
  try {
    const done = await inVisit(request, doors, {
      reading: false,
      work: (visit) => handler({ ...visit, posted }, request),
    })
    if (!done) throw new Refusal('sign-in-first')
    await sendVisited(turn, done)
  } catch (error) {
    noteTyped(request, posted.fields)
    throw error
  } finally {
    await doors.store.discard(posted.files)
  }
}

/** Throws on what failed before the post was read: its texts are read for the page of the failure, under our token alone. */
async function failUnread(turn: Turn, error: unknown): Promise<never> {
  const admits = (fields: Posted['fields']) => claimOf(turn, fields) !== undefined
  const posted = await readPosted(turn.request, { ...turn.doors, files: 0, admits }).catch(() => undefined)
  if (posted) noteTyped(turn.request, posted.fields)
  throw error
}

/** Whose post this is by the token that came with it; undefined: none of ours, or for another path. */
function claimOf(turn: Turn, fields: Posted['fields']): KeepClaim | undefined {
  return turn.doors.tokens.read(fields.guarda?.[0] ?? '', pathOf(turn), turn.doors.now())
}

const pathOf = ({ request, doors }: Turn): string => new URL(request.url, doors.url).pathname

async function expiredPost(turn: Turn): Promise<void> {
  const { request, doors } = turn
  const admits = (fields: Posted['fields']) => claimOf(turn, fields) !== undefined
  const left: string[] = []
  const passedOver = ({ field, name }: { field: string; name: string }) => left.push(`${field}/${name}`)
  const sent = await readPosted(request, { ...doors, files: KEPT_FILES, admits, passedOver })
  const posted = left.length > 0 ? { ...sent, fields: { ...sent.fields, [NOT_KEPT]: left } } : sent
  const keeper = claimOf(turn, posted.fields)
  try {
    if (keeper) await keepPost(doors, keeper, posted)
  } catch (error) {
    noteTyped(request, sent.fields)
    throw error
  } finally {
    await doors.store.discard(posted.files)
  }
  if (wantsJson(request)) throw new Refusal('sign-in-first')
  const back = pathOf(turn).replace(/^(\/chamados\/\d+)\/.*$/, '$1')
  await send(turn, { redirect: `/entrar?destino=${encodeURIComponent(back)}&feito=${keeper ? 'guardado' : 'expirou'}` })
}

/** The bell counts on every page, also where no script asks. */
async function sendVisited(turn: Turn, { answer, unread }: Visited<Answer>): Promise<void> {
  const { words } = guestOf(turn.request, turn.doors)
  await send(turn, 'html' in answer ? { ...answer, html: withUnread(answer.html, unread, words) } : answer)
}

/** Sends an answer. Pages of signed-in people are never stored by a browser or a proxy. */
async function send(turn: Turn, answer: Answer): Promise<void> {
  const { reply } = turn
  reply.header('cache-control', 'no-store')
  if ('cookies' in answer) for (const one of answer.cookies ?? []) setCookie(reply, one, turn.doors.url)
  if ('redirect' in answer) return void (await reply.redirect(answer.redirect, 303))
  if ('json' in answer) {
    const problem = (answer.status ?? 200) >= 400
    const type = problem ? 'application/problem+json' : 'application/json'
    return void (await reply
      .code(answer.status ?? 200)
      .type(type)
      .send(JSON.stringify(answer.json)))
  }
  if ('stream' in answer) {
    return void (await reply
      .code(answer.status ?? 200)
      .headers(answer.headers)
      .send(answer.stream))
  }
  await reply
    .code(answer.status ?? 200)
    .type('text/html; charset=utf-8')
    .send(Buffer.from(answer.html))
}
