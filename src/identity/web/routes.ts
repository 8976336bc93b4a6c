// The routes of entering and leaving: /entrar, /entrar/retorno, /entrar/encerramento, /sair. What they show: entry.tsx.
import type { FastifyRequest } from 'fastify'
import { endSessionOf, enter } from '#identity/actions.ts'
import { endedFlow, endedLeave, flowCookies, leaveCookie, readFlow, readLeave } from '#identity/flow-cookie.ts'
import { clientAddresses, type IdentityOptions } from '#identity/options.ts'
import { type Flow, makeProvider, type Provider, type Told } from '#identity/provider.ts'
import { type Failure, failureOf } from '#identity/refusals.ts'
import { destinationOf } from '#identity/rules/destination.ts'
import { endTold, limitsOf } from '#identity/store.ts'
import { endedLimits, endedSessionCookie, limitsCookie, SESSION_COOKIE, sessionCookie } from '#identity/visit.ts'
import { type Done, entryPage, entryRefusedPage } from '#identity/web/entry.tsx'
import { sessionRoutes } from '#identity/web/session.tsx'
import type { Answer, Cookie, Guest, Site } from '#shared/web/site.ts'

interface Turn {
  readonly guest: Guest
  readonly request: FastifyRequest
  readonly options: IdentityOptions
  readonly provider: Provider
}

/** The page of SOE/WEB where a master gives itself classes (src/soe/web/master). */
const OWN_ACCESS = '/soe/operadores/eu'

/** Registers them. */
export function routes(site: Site, options: IdentityOptions): void {
  const provider = makeProvider(options)
  const turn = (guest: Guest, request: FastifyRequest): Turn => ({ guest, request, options, provider })
  site.openGet('/entrar', async (guest, request) => showEntry(turn(guest, request)))
  site.openPost('/entrar', (guest, request) => start(turn(guest, request)))
  site.openGet('/entrar/retorno', (guest, request) => comeBack(turn(guest, request)))
  site.openPost('/sair', (guest, request) => leave(turn(guest, request)))
  sessionRoutes(site, options)
  site.machinePost('/entrar/encerramento', (guest, request) => endAsTold(turn(guest, request)))
}

function asked(request: FastifyRequest, name: string): string | undefined {
  const value = (request.query as Readonly<Record<string, unknown>>)[name]
  return typeof value === 'string' ? value : undefined
}

function showEntry({ guest, request, options }: Turn): Answer {
  const feito = asked(request, 'feito')
  const done = feito !== undefined && Object.hasOwn(guest.words.identity.done, feito) ? (feito as Done) : undefined
  return entryPage(guest, { to: destinationOf(asked(request, 'destino')) ?? '/', done, demo: options.demo })
}

async function start(turn: Turn): Promise<Answer> {
  const { guest, request, options, provider } = turn
  const to = destinationOf(asked(request, 'destino')) ?? '/'
  const begun = await provider.start(to).catch((error: unknown) => failed(turn, error))
  if (typeof begun === 'string') return entryPage(guest, { to, failure: begun, demo: options.demo })
  const cookies = flowCookies(options.cookieKey, begun.flow, { present: request.cookies, now: guest.now })
  return { redirect: begun.address, cookies }
}

/** Logs a failure without codes, tokens or addresses: they are secrets. */
function failed({ request }: Turn, error: unknown): Failure {
  const failure = failureOf(error)
  const { code, name } = error as { code?: string; name?: string }
  request.log.warn({ failure, code, error: name }, 'signing in failed')
  return failure
}

/** The page shown at the callback must not offer to come back there (language, theme): its answer is used up. */
async function comeBack(given: Turn): Promise<Answer> {
  const turn = { ...given, guest: { ...given.guest, path: '/entrar' }, address: given.guest.path }
  const { guest, request, options } = turn
  const state = asked(request, 'state') ?? ''
  const flow = readFlow(options.cookieKey, state, { present: request.cookies, now: guest.now })
  if (!flow) {
    request.log.warn({ failure: 'flow-lost' }, 'signing in failed')
    return entryPage(guest, { to: '/', failure: 'flow-lost', demo: options.demo })
  }
  const told = await redeem(turn, flow)
  if (typeof told !== 'string') return await admit(turn, flow, told)
  return withCookies(entryPage(guest, { to: flow.to, failure: told, demo: options.demo }), [endedFlow(state)])
}

function redeem(turn: Turn & { readonly address: string }, flow: Flow): Promise<Told | Failure> {
  const { redirectUri } = clientAddresses(turn.options.url)
  const address = new URL(redirectUri)
  address.search = new URL(turn.address, redirectUri).search
  return turn.provider.finish(address, flow).catch((error: unknown) => failed(turn, error))
}

async function admit(turn: Turn, flow: Flow, told: Told): Promise<Answer> {
  const { guest, request, options } = turn
  const tellsLogout = await turn.provider.tellsLogout()
  const before = request.cookies[SESSION_COOKIE]
  const entered = await enter(options, { told, before, tellsLogout, now: guest.now })
  const over = endedFlow(flow.state)
  if (entered.is === 'refused') {
    const cookies = [over, endedSessionCookie(), endedLimits(), ...leaveCookie(options.cookieKey, told.idToken)]
    const ownAccess = options.foreign ? undefined : OWN_ACCESS
    return entryRefusedPage(guest, { why: entered.why, facts: entered.facts, to: flow.to, ownAccess, cookies })
  }
  const { personId, side, sessionId } = entered.signedIn
  const limits = limitsCookie(await limitsOf(options.db, sessionId))
  const elsewhere = await options.afterSignIn?.(personId, side)
  return { redirect: elsewhere ?? flow.to, cookies: [over, endedLeave(), limits, sessionCookie(side, entered.token)] }
}

/** Ends EPROD's session, then the provider's. Also without a session: after a refused entry, to enter as somebody else. */
async function leave(turn: Turn): Promise<Answer> {
  const { guest, request, options, provider } = turn
  const kept = await endSessionOf(options, request.cookies[SESSION_COOKIE], guest.now)
  const hint = kept ?? readLeave(options.cookieKey, request.cookies)
  const onwards = await provider.leaveAddress(hint).catch((error: unknown) => void failed(turn, error))
  const cookies = [endedSessionCookie(), endedLimits(), endedLeave()]
  return { redirect: onwards ?? clientAddresses(options.url).postLogoutRedirectUri, cookies }
}

const FINE = 200
const BAD_REQUEST = 400

/** The provider says that somebody's access has ended. Proof is the token's signature: this post comes from no page. */
async function endAsTold({ guest, request, options, provider }: Turn): Promise<Answer> {
  const token = ((request.body ?? {}) as Readonly<Record<string, unknown>>).logout_token
  const notice = await provider.logoutNotice(typeof token === 'string' ? token : '').catch((error: Error) => {
    request.log.warn({ error: error.name, code: (error as { code?: string }).code }, 'a logout token was refused')
  })
  if (!notice) return { json: { error: 'invalid_request' }, status: BAD_REQUEST }
  await endTold(options.db, { ...notice, issuedAt: upTo(notice.issuedAt), now: guest.now })
  return { json: {}, status: FINE }
}

/** Two houses have two clocks: what was opened shortly after, by ours, is meant too. Entering again is all it costs. */
const upTo = (issuedAt: Date) => new Date(issuedAt.getTime() + 30_000)

function withCookies(answer: Answer, cookies: readonly Cookie[]): Answer {
  return 'html' in answer ? { ...answer, cookies } : answer
}
