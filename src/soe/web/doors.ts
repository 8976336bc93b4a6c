// The doors of SOE/WEB's own pages: who is signed in, posts of our own pages only, answers. app/ has its own for EPROD.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Provider } from 'oidc-provider'
import type { Answer, Guest } from '#shared/web/site.ts'
import { isEnough, type SecondFactorRule } from '#soe/factors/rules.ts'
import type { FirstPartyClient } from '#soe/provider/configuration.ts'
import type { SignedIn } from '#soe/sessions/reads.ts'
import { type Turn, whoIs } from '#soe/sessions/sessions.ts'
import type { SoeDb } from '#soe/tables.ts'
import { expiredPage } from '#soe/web/notices.tsx'

export interface SoePages {
  readonly db: SoeDb
  /** The provider as it is now: it is made anew when its keys change. */
  provider(): Provider
  /** Origin of the issuer, which posts must come from. */
  readonly origin: string
  /** Where the house that asked begins. */
  readonly home: string
  /** 32 bytes that seal secrets at rest and what travels in pages. */
  readonly key: Buffer
  /** The application that SOE/WEB is installed with. */
  readonly client: FirstPartyClient
  readonly secondFactor: SecondFactorRule
  guestOf(request: FastifyRequest): Guest
}

/** A page somebody signed in has asked for. */
export interface SoeVisit extends Guest {
  readonly me: SignedIn
  readonly pages: SoePages
  /** For what begins or ends sessions. */
  readonly turn: Turn
  /** The first value posted under a name, trimmed; '' when absent. */
  field(name: string): string
  /** The same as it was typed: passwords. */
  raw(name: string): string
}

export type SoeHandler = (visit: SoeVisit, request: FastifyRequest) => Promise<Answer>

export interface SignedInPages {
  get(path: string, handler: SoeHandler): void
  /** Writes: from our own pages only. */
  post(path: string, handler: SoeHandler): void
}

/** Registers pages for the signed-in. Without a session GET goes to the sign-in page and comes back. */
export function signedInPages(app: FastifyInstance, pages: SoePages): SignedInPages {
  const run = async (request: FastifyRequest, reply: FastifyReply, handler: SoeHandler) => {
    const guest = pages.guestOf(request)
    const turn = turnOf(pages, request, reply)
    const me = await whoIs(turn, guest.now)
    const raw = (name: string) => textField(request.body, name)
    const field = (name: string) => raw(name).trim()
    if (!me || !isEnough(pages.secondFactor, me))
      return reply.redirect(`/soe/entrar?destino=${encodeURIComponent(backTo(request))}`, 303)
    return send(reply, await handler({ ...guest, me, pages, turn, field, raw }, request))
  }
  return {
    get: (path, handler) => app.get(path, (request, reply) => run(request, reply, handler)),
    post: (path, handler) =>
      app.post(path, (request, reply) =>
        fromOwnPage(request, pages.origin)
          ? run(request, reply, handler)
          : send(reply, expiredPage(pages.guestOf(request), pages.home)),
      ),
  }
}

export function turnOf(pages: SoePages, request: FastifyRequest, reply: FastifyReply): Turn {
  return { request, reply, provider: pages.provider(), db: pages.db }
}

/** Where to come back to: the page itself, or for a post the page it stood on. */
function backTo(request: FastifyRequest): string {
  return request.method === 'GET' ? request.url : request.url.split('/').slice(0, 3).join('/')
}

const OWN = /^\/soe\/[A-Za-z0-9/_?=&%.-]*$/

/** A page of SOE/WEB to go to after signing in; anything else leads to the own account. */
export function ownPage(wanted: unknown): string {
  const own = typeof wanted === 'string' && wanted.length <= 500 && OWN.test(wanted) && !wanted.includes('//')
  return own && !wanted.startsWith('/soe/entrar') ? wanted : '/soe/conta'
}

/** Only our own page may post here: another site must not sign a browser in as somebody it chooses. */
export function fromOwnPage(request: FastifyRequest, origin: string): boolean {
  const site = request.headers['sec-fetch-site']
  if (site !== undefined) return site === 'same-origin'
  return request.headers.origin === origin
}

/** A posted field as it was typed. */
export function textField(body: unknown, name: string): string {
  const value = ((body ?? {}) as Readonly<Record<string, unknown>>)[name]
  return typeof value === 'string' ? value : ''
}

export function send(reply: FastifyReply, answer: Answer): FastifyReply {
  if ('redirect' in answer) return reply.redirect(answer.redirect, 303)
  if (!('html' in answer)) throw new Error('a page of SOE/WEB is HTML')
  return reply
    .code(answer.status ?? 200)
    .header('cache-control', 'no-store')
    .type('text/html; charset=utf-8')
    .send(answer.html)
}
