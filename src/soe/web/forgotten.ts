// A forgotten password: asking for a link at /soe/senha, and setting another password with it. Pages: forgotten-pages.tsx.
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { cleanCpf, isCpf } from '#shared/kit/cpf.ts'
import { postLetter } from '#shared/mail/store.ts'
import type { Answer, Guest } from '#shared/web/site.ts'
import { checkNewPassword, keepNewPassword } from '#soe/accounts/new-password.ts'
import { accountByCpf, triesOf } from '#soe/accounts/reads.ts'
import { addressKey, mustWait } from '#soe/accounts/rules.ts'
import { addAttempt, closeAttempt, writeAudit } from '#soe/accounts/store.ts'
import { lookAtLink, makeLink, useLink } from '#soe/links/actions.ts'
import { sessionUidsOf } from '#soe/sessions/reads.ts'
import { endSessionsOf } from '#soe/sessions/sessions.ts'
import { triedFrom } from '#soe/web/device.ts'
import { fromOwnPage, type SoePages, send, textField } from '#soe/web/doors.ts'
import { askPage, doneLinkPage, linkPage, resetLetter, sentPage } from '#soe/web/forgotten-pages.tsx'
import { deadLinkPage, expiredPage } from '#soe/web/notices.tsx'

interface Turn {
  readonly request: FastifyRequest
  readonly guest: Guest
  readonly pages: SoePages
}
type Handler = (turn: Turn) => Promise<Answer> | Answer
const GONE = 410

/** Registers them. */
export function forgottenRoutes(app: FastifyInstance, pages: SoePages): void {
  const turnOf = (request: FastifyRequest): Turn => ({ request, guest: pages.guestOf(request), pages })
  const get = (path: string, handler: Handler) =>
    app.get(path, async (request, reply) => send(reply, await handler(turnOf(request))))
  const post = (path: string, handler: Handler) =>
    app.post(path, async (request, reply) => {
      const turn = turnOf(request)
      const own = fromOwnPage(request, pages.origin)
      return send(reply, own ? await handler(turn) : expiredPage(turn.guest, pages.home))
    })
  get('/soe/senha', ({ guest }) => askPage(guest, { cpf: '', problems: [] }))
  post('/soe/senha', takeAsking)
  get('/soe/senha/:token', showLink)
  post('/soe/senha/:token', takePassword)
}

/** The answer is the same whatever CPF was typed, and takes the same time. */
async function takeAsking({ request, guest, pages }: Turn): Promise<Answer> {
  const typed = textField(request.body, 'cpf').slice(0, 40)
  const cpf = cleanCpf(typed)
  if (!isCpf(cpf)) {
    const code = typed.trim() === '' ? 'cpf-missing' : 'cpf-wrong'
    return askPage(guest, { cpf: typed, problems: [{ field: 'cpf', code }] })
  }
  // Counted with the tries at the password: nobody's mailbox is flooded, and CPFs cannot be tried through.
  const given = { ...triedFrom(request), cpf, now: guest.now }
  const attempt = await addAttempt(pages.db, given)
  if (mustWait(await triesOf(pages.db, given))) {
    await closeAttempt(pages.db, attempt, 'slowed')
    return askPage(guest, { cpf: typed, problems: [{ field: 'cpf', code: 'slowed' }] })
  }
  await closeAttempt(pages.db, attempt, 'refused')
  // After the answer, so that its time tells nothing about the CPF.
  setImmediate(() => {
    sendLink({ request, guest, pages }, cpf).catch((error: Error) => request.log.error({ err: error }, 'no reset link'))
  })
  return sentPage(guest)
}

async function sendLink({ request, guest, pages }: Turn, cpf: string): Promise<void> {
  const { db, origin } = pages
  const { now } = guest
  const account = await accountByCpf(db, cpf)
  if (account?.status !== 'active') return
  const { id: accountId, institutionId, name, email } = account
  await db.transaction().execute(async (tx) => {
    const token = await makeLink(tx, { accountId, purpose: 'reset', by: null }, now)
    await postLetter(tx, resetLetter(guest, { to: email, name, link: `${origin}/soe/senha/${token}` }), now)
    const facts = { address: addressKey(request.ip) }
    await writeAudit(tx, { at: now, event: 'reset-asked', actorId: null, accountId, institutionId, facts })
  })
}

const tokenOf = (request: FastifyRequest) => (request.params as { token: string }).token

/** Looking does not use the link: programs that check mail open links. Its address is told to no other page. */
async function showLink(turn: Turn): Promise<Answer> {
  const { request, guest, pages } = turn
  const state = await lookAtLink(pages.db, tokenOf(request), guest.now)
  if (state.is !== 'good' || state.purpose !== 'reset')
    return deadLinkPage(turn, { is: state.is === 'good' ? 'wrong' : state.is, status: GONE })
  return linkPage(guest, { problems: [] })
}

async function takePassword(turn: Turn): Promise<Answer> {
  const { request, guest, pages } = turn
  const { now } = guest
  const token = tokenOf(request)
  const looked = await lookAtLink(pages.db, token, now)
  if (looked.is !== 'good' || looked.purpose !== 'reset') return await showLink(turn)
  const { accountId } = looked
  const checked = await checkNewPassword(pages.db, { accountId, password: textField(request.body, 'nova') })
  if (!checked.ok) return linkPage(guest, { problems: checked.problems })
  const used = await pages.db.transaction().execute(async (tx) => {
    const state = await useLink(tx, token, now)
    if (state.is === 'good') await keepNewPassword(tx, checked.value, { event: 'password-reset', now })
    return state
  })
  if (used.is !== 'good') return await showLink(turn)
  const given = { db: pages.db, provider: pages.provider() }
  await endSessionsOf(given, await sessionUidsOf(pages.db, accountId), now)
  return doneLinkPage(guest)
}
