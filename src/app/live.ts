// Live pages: GET /eventos, server-sent events fed from what the database tells (ear.ts). An event says only that something
// changed; what, each page asks again as any visit.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { listen } from '#app/ear.ts'
import { type Doors, dbOf, inVisit } from '#app/visit.ts'
import { liveSessions, unreadCount, unreadOf } from '#notifications/reads.ts'
import { hears, type LiveEntry } from '#notifications/rules/live.ts'
import type { Actor } from '#shared/kit/actor.ts'
import { Refusal } from '#shared/refusals.ts'

const BEAT_MS = 20_000
/** A reader so far behind is gone. */
const MOST_WAITING_BYTES = 65_536
const MOST_OF_A_SESSION = 6

interface Stream {
  readonly actor: Actor
  readonly reply: FastifyReply
}

export interface Live {
  close(): Promise<void>
}

/** Registers the address and begins to listen. `url`: of any role; it needs no rights but to listen. */
export function startLive(app: FastifyInstance, doors: Doors, url: string): Live {
  const streams = makeStreams(doors)
  const hearing = hearingOf(streams, doors)
  const hear = (channel: string, payload: string) => {
    hearing[channel as Channel](payload).catch((error: unknown) => app.log.warn(error))
  }
  app.get('/eventos', (request, reply) => openStream({ request, reply }, doors, streams))
  // Where the database is away the next beat asks again.
  const beat = setInterval(() => streams.beat().catch(() => {}), BEAT_MS)
  const ear = listen(url, Object.keys(hearing), { hear, missed: () => hear('eprod_live', EVERYTHING) })
  app.addHook('preClose', async () => streams.end(streams.all()))
  return {
    close: async () => {
      clearInterval(beat)
      await ear.close()
    },
  }
}

type Streams = ReturnType<typeof makeStreams>

/** The streams that are open in this process. */
function makeStreams(doors: Doors) {
  const open = new Set<Stream>()
  const end = (those: Iterable<Stream>) => {
    for (const one of those) if (open.delete(one)) one.reply.raw.end()
  }
  /** Those whose sessions still live; the others' end. */
  const stillIn = async (asked: readonly Stream[]): Promise<Stream[]> => {
    const parts = (['institution', 'staff'] as const).map(async (side) => {
      const here = asked.filter(({ actor }) => actor.side === side)
      if (here.length === 0) return []
      const ids = [...new Set(here.map(({ actor }) => actor.sessionId))]
      const living = await liveSessions(dbOf(doors, side), ids, doors.now())
      end(here.filter((one) => !living.has(one.actor.sessionId)))
      return here.filter((one) => living.has(one.actor.sessionId))
    })
    return (await Promise.all(parts)).flat()
  }
  return {
    all: (): readonly Stream[] => [...open],
    end,
    stillIn,
    add: (stream: Stream) => {
      open.add(stream)
      stream.reply.raw.on('close', () => open.delete(stream))
    },
    tell: (stream: Stream, said: { readonly tickets: readonly number[] } | { readonly unread: number }) => {
      const { raw } = stream.reply
      if (raw.writableLength > MOST_WAITING_BYTES) end([stream])
      else raw.write(`data: ${JSON.stringify(said)}\n\n`)
    },
    /** Shows proxies that the streams are in use. */
    beat: async () => {
      for (const { reply } of open) reply.raw.write(': \n\n')
      await stillIn([...open])
    },
  }
}

type Channel = 'eprod_live' | 'eprod_bell' | 'eprod_session_ended'

/** Tickets changed that this process does not know of: every page asks again. */
const EVERYTHING = '[[0, 0, false]]'

/** What is done with what is told on each channel (migrations 0026, 0041 and 0059). */
function hearingOf(streams: Streams, doors: Doors): Readonly<Record<Channel, (payload: string) => Promise<void>>> {
  const { all, end, stillIn, tell } = streams
  return {
    eprod_live: async (payload) => {
      const entries = JSON.parse(payload) as LiveEntry[]
      const concerned = all().filter(({ actor }) => hears(actor, entries).length > 0)
      for (const one of await stillIn(concerned)) tell(one, { tickets: hears(one.actor, entries) })
    },
    eprod_bell: async (payload) => {
      const persons = new Set(payload.split(',').map(Number))
      for (const one of await stillIn(all().filter(({ actor }) => persons.has(actor.personId))))
        tell(one, { unread: await unreadOf(dbOf(doors, one.actor.side), one.actor.personId) })
    },
    eprod_session_ended: async (payload) => {
      end(all().filter(({ actor }) => actor.sessionId === Number(payload)))
    },
  }
}

interface Turn {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

/** Opens a stream, which says at once how much is unread. Refuses `sign-in-first`. */
async function openStream({ request, reply }: Turn, doors: Doors, streams: Streams): Promise<void> {
  const opened = await inVisit(request, doors, {
    reading: false,
    quiet: true,
    work: async ({ tx, actor }) => ({ actor, unread: await unreadCount(tx, actor.personId) }),
  })
  if (!opened) throw new Refusal('sign-in-first')
  reply.hijack()
  // Whoever has gone away meanwhile closes nothing any more, and would be kept for as long as the session lives.
  if (reply.raw.destroyed) return
  const { actor, unread } = opened.answer
  const [oldest, ...others] = streams.all().filter((one) => one.actor.sessionId === actor.sessionId)
  if (oldest && others.length + 1 >= MOST_OF_A_SESSION) streams.end([oldest])
  request.raw.socket.setNoDelay(true)
  reply.raw.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
    'x-content-type-options': 'nosniff',
  })
  const stream = { actor, reply }
  streams.add(stream)
  streams.tell(stream, { unread })
}
