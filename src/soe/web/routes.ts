// The routes of SOE/WEB that are its own pages: sign-in and help. All other addresses below /soe belong to the provider.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Provider } from 'oidc-provider'
import type { Problem } from '#shared/problems.ts'
import type { Answer, Guest } from '#shared/web/site.ts'
import { checkSignIn } from '#soe/accounts/actions.ts'
import { readCredentials } from '#soe/accounts/rules.ts'
import type { SoeDb } from '#soe/tables.ts'
import { helpPage } from '#soe/web/help.tsx'
import { expiredPage } from '#soe/web/notices.tsx'
import { type SignInView, signInPage } from '#soe/web/sign-in.tsx'

export interface SoePages {
  readonly db: SoeDb
  readonly provider: Provider
  /** Origin of the issuer, which posts must come from. */
  readonly origin: string
  /** Where the house that asked begins. */
  readonly home: string
  guestOf(request: FastifyRequest): Guest
}

const TOO_MANY = 429
const UNPROCESSABLE = 422
const FORBIDDEN = 403

/** Registers them; the caller has prepared the raw request for the provider. */
export function soeRoutes(app: FastifyInstance, pages: SoePages): void {
  app.get('/soe', async (_request, reply) => reply.redirect('/soe/ajuda', 303))
  app.get('/soe/ajuda', async (request, reply) => send(reply, helpPage(pages.guestOf(request), pages.home)))
  app.get<{ Params: { uid: string } }>('/soe/entrar/:uid', (request, reply) => showSignIn({ request, reply, pages }))
  app.post<{ Params: { uid: string } }>('/soe/entrar/:uid', (request, reply) => takeSignIn({ request, reply, pages }))
}

interface Turn {
  readonly request: FastifyRequest<{ Params: { uid: string } }>
  readonly reply: FastifyReply
  readonly pages: SoePages
}

/** The running interaction of this browser, or undefined: expired, used, or of another browser. */
async function interactionOf({ request, reply, pages }: Turn) {
  const details = await pages.provider.interactionDetails(request.raw, reply.raw).catch(notFound)
  return details?.uid === request.params.uid ? details : undefined
}

function notFound(error: Error): undefined {
  if (error.name !== 'SessionNotFound') throw error
  return undefined
}

async function showSignIn(turn: Turn): Promise<FastifyReply> {
  const guest = turn.pages.guestOf(turn.request)
  const { home } = turn.pages
  if (!(await interactionOf(turn))) return send(turn.reply, expiredPage(guest, home))
  return send(turn.reply, signInPage(guest, { cpf: '', problems: [], home }))
}

async function takeSignIn(turn: Turn): Promise<FastifyReply> {
  const { request, reply, pages } = turn
  const guest = pages.guestOf(request)
  if (!fromOwnPage(request, pages.origin) || !(await interactionOf(turn)))
    return send(reply, expiredPage(guest, pages.home))
  const typed = typedIn(request.body)
  const again = (problems: readonly Problem[], status: number) => {
    const view: SignInView = { cpf: typed.cpf, problems, status, home: pages.home }
    return send(reply, signInPage(guest, view))
  }
  const credentials = readCredentials(typed)
  if (!credentials.ok) return again(credentials.problems, UNPROCESSABLE)
  const result = await checkSignIn(pages.db, { ...credentials.value, ip: request.ip }, guest.now)
  if (result.is === 'in') return await finish(turn, result.accountId)
  const status = { slowed: TOO_MANY, blocked: FORBIDDEN, wrong: UNPROCESSABLE }[result.is]
  return again([{ field: 'cpf', code: result.is }], status)
}

/** Hands the account to the provider and the browser back to it. */
async function finish(turn: Turn, accountId: string): Promise<FastifyReply> {
  const { request, reply, pages } = turn
  await leaveOtherAccount(turn, accountId)
  const result = { login: { accountId, remember: false, amr: ['pwd'] } }
  const next = await pages.provider.interactionResult(request.raw, reply.raw, result, {
    mergeWithLastSubmission: false,
  })
  return reply.redirect(next, 303)
}

/** Another person signed in on this browser before: that session ends, nothing of it is inherited. */
async function leaveOtherAccount(turn: Turn, accountId: string): Promise<void> {
  const { request, reply, pages } = turn
  const context = pages.provider.createContext(request.raw, reply.raw)
  const session = await pages.provider.Session.get(context)
  if (!session.accountId || session.accountId === accountId) return
  await session.destroy()
  const details = await interactionOf(turn)
  if (!details?.session) return
  details.session = undefined
  await details.persist()
}

/** Only our own page may post here: another site must not sign a browser in as somebody it chooses. */
function fromOwnPage(request: FastifyRequest, origin: string): boolean {
  const site = request.headers['sec-fetch-site']
  if (site !== undefined) return site === 'same-origin'
  return request.headers.origin === origin
}

function typedIn(body: unknown): { cpf: string; password: string } {
  const fields = (body ?? {}) as Readonly<Record<string, unknown>>
  const text = (name: string) => (typeof fields[name] === 'string' ? (fields[name] as string) : '')
  return { cpf: text('cpf').slice(0, 40), password: text('senha') }
}

function send(reply: FastifyReply, answer: Answer): FastifyReply {
  if (!('html' in answer)) throw new Error('a page of SOE/WEB is HTML')
  return reply
    .code(answer.status ?? 200)
    .header('cache-control', 'no-store')
    .type('text/html; charset=utf-8')
    .send(answer.html)
}
