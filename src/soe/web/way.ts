// The way of a sign-in through its pages: where it was begun, whether it still runs, its end, which leads back. Its steps: entering.ts.
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Guest } from '#shared/web/site.ts'
import { completeSignIn } from '#soe/accounts/actions.ts'
import { beginSession } from '#soe/sessions/sessions.ts'
import { nameDevice } from '#soe/web/device.ts'
import { ownPage, type SoePages, turnOf } from '#soe/web/doors.ts'

/** One request of a sign-in. `base`: address of its page; with `uid` it was begun by a client, else by SOE/WEB itself. */
export interface Way {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly pages: SoePages
  readonly guest: Guest
  readonly uid: string
  readonly base: string
  readonly to: string
}

export function wayOf(given: Pick<Way, 'request' | 'reply' | 'pages'>): Way {
  const { request, pages } = given
  const uid = (request.params as { uid?: string }).uid ?? ''
  const to = ownPage((request.query as { destino?: unknown }).destino)
  const at = { uid, to, base: uid ? `/soe/entrar/${encodeURIComponent(uid)}` : '/soe/entrar' }
  return { ...given, ...at, guest: { ...pages.guestOf(request), path: addressOf(at) } }
}

/** The running interaction of this browser; undefined: expired, used, or of another browser. */
async function interactionOf({ request, reply, pages, uid }: Way) {
  const details = await pages.provider().interactionDetails(request.raw, reply.raw).catch(notFound)
  return details?.uid === uid ? details : undefined
}

function notFound(error: Error): undefined {
  if (error.name !== 'SessionNotFound') throw error
  return undefined
}

/** False: it has expired, was used, or belongs to another browser. */
export async function isRunning(way: Way): Promise<boolean> {
  return way.uid === '' || (await interactionOf(way)) !== undefined
}

/** Address of a step, with where to go afterwards. */
export function addressOf(way: Pick<Way, 'uid' | 'base' | 'to'>, step = ''): string {
  return way.uid ? way.base + step : `${way.base}${step}?destino=${encodeURIComponent(way.to)}`
}

/** Who has shown all that is asked for, by which try (of `sign_in_attempt`). */
export interface Shown {
  readonly accountId: string
  readonly institutionId: number
  readonly attempt: number
}

/** Begins the session and hands the browser on: back to the client that asked, or to the page of SOE/WEB. */
export async function finish(way: Way, who: Shown, methods: readonly string[]): Promise<FastifyReply> {
  const { request, reply, pages, guest } = way
  const details = way.uid ? await interactionOf(way) : undefined
  const from = nameDevice(request, reply, pages.origin.startsWith('https:'))
  // First, so that no session begins which the audit does not tell of.
  await completeSignIn(pages.db, { ...who, from, methods }, guest.now)
  const turn = turnOf(pages, request, reply)
  await beginSession(turn, { accountId: who.accountId, methods, now: guest.now })
  if (!details) return reply.redirect(way.to, 303)
  // The interaction may have begun under a session that is over now.
  details.session = undefined
  details.result = { login: { accountId: who.accountId, remember: false, amr: [...methods] } }
  await details.persist()
  return reply.redirect(details.returnTo, 303)
}
