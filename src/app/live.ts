// Live pages: GET /eventos, server-sent events fed from PostgreSQL's NOTIFY over one connection of the process. An event says
// only that something changed; what, each page asks again as any visit.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import pg from 'pg'
import { type Doors, inVisit } from '#app/visit.ts'
import { liveSessions, unreadCount, unreadOf } from '#notifications/reads.ts'
import { hears, type LiveEntry } from '#notifications/rules/live.ts'
import type { Actor } from '#shared/kit/actor.ts'
import { Refusal } from '#shared/refusals.ts'

const BEAT_MS = 20_000
/** A reader so far behind is gone. */
const MOST_WAITING_BYTES = 65_536
const MOST_OF_A_SESSION = 6
const AGAIN_MS = 1000

interface Listener {
  readonly actor: Actor
  readonly reply: FastifyReply
}

export interface Live {
  close(): Promise<void>
}

/** Registers the address and begins to listen. `url`: of any role; it needs no rights but to listen. */
export function startLive(app: FastifyInstance, doors: Doors, url: string): Live {
  const listeners = new Set<Listener>()
  const end = (listener: Listener) => {
    if (!listeners.delete(listener)) return
    listener.reply.raw.end()
  }
  const tell = (listener: Listener, said: object) => {
    const { raw } = listener.reply
    if (raw.writableLength > MOST_WAITING_BYTES) end(listener)
    else raw.write(`data: ${JSON.stringify(said)}\n\n`)
  }
  /** Those whose sessions still live; the others' streams end. */
  const stillIn = async (asked: readonly Listener[]): Promise<Listener[]> => {
    const parts = (['institution', 'staff'] as const).map(async (side) => {
      const here = asked.filter(({ actor }) => actor.side === side)
      if (here.length === 0) return []
      const ids = [...new Set(here.map(({ actor }) => actor.sessionId))]
      const living = await liveSessions(side === 'staff' ? doors.staff : doors.web, ids, doors.now())
      for (const one of here) if (!living.has(one.actor.sessionId)) end(one)
      return here.filter((one) => living.has(one.actor.sessionId))
    })
    return (await Promise.all(parts)).flat()
  }
  const hear = async (channel: string, payload: string) => {
    if (channel === 'eprod_session_ended') {
      for (const one of listeners) if (one.actor.sessionId === Number(payload)) end(one)
      return
    }
    if (channel === 'eprod_live') {
      const entries = JSON.parse(payload) as LiveEntry[]
      const concerned = [...listeners].filter(({ actor }) => hears(actor, entries).length > 0)
      for (const one of await stillIn(concerned)) tell(one, { tickets: hears(one.actor, entries) })
      return
    }
    const persons = new Set(payload.split(',').map(Number))
    for (const one of await stillIn([...listeners].filter(({ actor }) => persons.has(actor.personId)))) {
      tell(one, { unread: await unreadOf(one.actor.side === 'staff' ? doors.staff : doors.web, one.actor.personId) })
    }
  }
  app.get('/eventos', async (request, reply) => {
    const opened = await inVisit(request, doors, {
      reading: false,
      quiet: true,
      work: async ({ tx, actor }) => ({ actor, unread: await unreadCount(tx, actor.personId) }),
    })
    if (!opened) throw new Refusal('sign-in-first')
    // Whoever has gone away meanwhile closes nothing any more, and would be kept for as long as the session lives.
    if (reply.raw.destroyed) return reply.hijack()
    const { actor, unread } = opened.answer
    const same = [...listeners].filter((one) => one.actor.sessionId === actor.sessionId)
    if (same.length >= MOST_OF_A_SESSION && same[0]) end(same[0])
    const listener = { actor, reply: open(request, reply) }
    listeners.add(listener)
    reply.raw.on('close', () => listeners.delete(listener))
    tell(listener, { unread })
  })
  const beat = setInterval(() => {
    for (const { reply } of listeners) reply.raw.write(': \n\n')
    stillIn([...listeners]).catch(() => {})
  }, BEAT_MS)
  const ear = listen(url, (channel, payload) => {
    hear(channel, payload).catch((error: unknown) => app.log.warn(error))
  })
  app.addHook('preClose', async () => {
    for (const one of listeners) end(one)
  })
  return {
    close: async () => {
      clearInterval(beat)
      await ear.close()
    },
  }
}

function open(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  reply.hijack()
  request.raw.socket.setNoDelay(true)
  reply.raw.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
    'x-content-type-options': 'nosniff',
  })
  return reply
}

/** What happened while nobody listened is not known: every page asks again. */
const EVERYTHING = '[[0, 0, false]]'

/** One connection for all streams; opened again when it is lost, for as long as it takes. */
function listen(url: string, hear: (channel: string, payload: string) => void): { close(): Promise<void> } {
  let client: pg.Client | undefined
  let over = false
  let deaf = false
  let again: NodeJS.Timeout | undefined
  const start = async (): Promise<void> => {
    const fresh = new pg.Client({ connectionString: url, keepAlive: true })
    client = fresh
    const lost = () => {
      if (over || client !== fresh) return
      client = undefined
      deaf = true
      again = setTimeout(() => void start(), AGAIN_MS)
    }
    fresh.on('error', lost)
    fresh.on('end', lost)
    fresh.on('notification', ({ channel, payload }) => hear(channel, payload ?? ''))
    await fresh
      .connect()
      .then(() => fresh.query('listen eprod_live; listen eprod_bell; listen eprod_session_ended'))
      .then(() => deaf && hear('eprod_live', EVERYTHING))
      .catch(lost)
  }
  void start()
  return {
    close: async () => {
      over = true
      clearTimeout(again)
      await client?.end().catch(() => {})
    },
  }
}
