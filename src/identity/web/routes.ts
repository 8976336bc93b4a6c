// The routes of entering and leaving: /entrar, /entrar/retorno, /sair. What they show: entry.tsx.
import type { FastifyRequest } from 'fastify'
import { endSessionOf, enter } from '#identity/actions.ts'
import { endedFlow, endedLeave, flowCookies, leaveCookie, readFlow, readLeave } from '#identity/flow-cookie.ts'
import { clientAddresses, type IdentityOptions } from '#identity/options.ts'
import { type Flow, failureOf, makeProvider, type Provider, type Told } from '#identity/provider.ts'
import { ownPath } from '#identity/rules/own-path.ts'
import { endedSessionCookie, SESSION_COOKIE, sessionCookie } from '#identity/visit.ts'
import { type Done, type EntryFailure, entryPage, entryRefusedPage } from '#identity/web/entry.tsx'
import type { Answer, Cookie, Guest, Site } from '#shared/web/site.ts'

interface Turn {
  readonly guest: Guest
  readonly request: FastifyRequest
  readonly options: IdentityOptions
  readonly provider: Provider
}

/** Registers them. */
export function routes(site: Site, options: IdentityOptions): void {
  const provider = makeProvider(options)
  const turn = (guest: Guest, request: FastifyRequest): Turn => ({ guest, request, options, provider })
  site.openGet('/entrar', async (guest, request) => showEntry(turn(guest, request)))
  site.openPost('/entrar', (guest, request) => start(turn(guest, request)))
  site.openGet('/entrar/retorno', (guest, request) => comeBack(turn(guest, request)))
  site.openPost('/sair', (guest, request) => leave(turn(guest, request)))
}

function asked(request: FastifyRequest, name: string): string | undefined {
  const value = (request.query as Readonly<Record<string, unknown>>)[name]
  return typeof value === 'string' ? value : undefined
}

function showEntry({ guest, request, options }: Turn): Answer {
  const feito = asked(request, 'feito')
  const done = feito !== undefined && Object.hasOwn(guest.words.identity.done, feito) ? (feito as Done) : undefined
  return entryPage(guest, { to: ownPath(asked(request, 'destino')) ?? '/', done, demo: options.demo })
}

async function start(turn: Turn): Promise<Answer> {
  const { guest, request, options, provider } = turn
  const to = ownPath(asked(request, 'destino')) ?? '/'
  const begun = await provider.start(to).catch((error: unknown) => failed(turn, error))
  if (typeof begun === 'string') return entryPage(guest, { to, failure: begun, demo: options.demo })
  const cookies = flowCookies(options.cookieKey, begun.flow, { present: request.cookies, now: guest.now })
  return { redirect: begun.address, cookies }
}

/** Logs a failure without codes, tokens or addresses: they are secrets. */
function failed({ request }: Turn, error: unknown): EntryFailure {
  const failure = failureOf(error)
  const { code, name, message } = error as { code?: string; name?: string; message?: string }
  request.log.warn({ failure, code, error: name, why: message }, 'signing in failed')
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

function redeem(turn: Turn & { readonly address: string }, flow: Flow): Promise<Told | EntryFailure> {
  const { redirectUri } = clientAddresses(turn.options.url)
  const address = new URL(redirectUri)
  address.search = new URL(turn.address, redirectUri).search
  return turn.provider.finish(address, flow).catch((error: unknown) => failed(turn, error))
}

async function admit(turn: Turn, flow: Flow, told: Told): Promise<Answer> {
  const { guest, request, options } = turn
  const entered = await enter(options, { told, before: request.cookies[SESSION_COOKIE], now: guest.now })
  const over = endedFlow(flow.state)
  if (entered.is === 'refused') {
    const cookies = [over, endedSessionCookie(), ...leaveCookie(options.cookieKey, told.idToken)]
    return entryRefusedPage(guest, { why: entered.why, facts: entered.facts, to: flow.to, cookies })
  }
  const { personId, side } = entered.signedIn
  const elsewhere = await options.afterSignIn?.(personId, side)
  return { redirect: elsewhere ?? flow.to, cookies: [over, endedLeave(), sessionCookie(side, entered.token)] }
}

/** Ends EPROD's session, then the provider's. Also without a session: after a refused entry, to enter as somebody else. */
async function leave(turn: Turn): Promise<Answer> {
  const { guest, request, options, provider } = turn
  const kept = await endSessionOf(options, request.cookies[SESSION_COOKIE], guest.now)
  const hint = kept ?? readLeave(options.cookieKey, request.cookies)
  const onwards = await provider.leaveAddress(hint).catch((error: unknown) => void failed(turn, error))
  const cookies = [endedSessionCookie(), endedLeave()]
  return { redirect: onwards ?? clientAddresses(options.url).postLogoutRedirectUri, cookies }
}

function withCookies(answer: Answer, cookies: readonly Cookie[]): Answer {
  return 'html' in answer ? { ...answer, cookies } : answer
}
