// The own account at /soe/conta: password, second factors, sessions. What it shows: account-page.tsx.
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { seal, unseal } from '#shared/secrets.ts'
import type { Answer } from '#shared/web/site.ts'
import { checkPassword } from '#soe/accounts/actions.ts'
import { checkNewPassword, keepNewPassword } from '#soe/accounts/new-password.ts'
import { LONGEST_PASSWORD } from '#soe/accounts/rules.ts'
import { closeAttempt } from '#soe/accounts/store.ts'
import { addPasskey, newCodes, setUpTotp, takeFactorAway } from '#soe/factors/actions.ts'
import { newSecret } from '#soe/factors/codes.ts'
import { askForNewPasskey, passkeyOfAnswer } from '#soe/factors/passkeys.ts'
import { type Factors, factorsOf, hasFactor } from '#soe/factors/reads.ts'
import { sessionsOf, sessionUidsOf } from '#soe/sessions/reads.ts'
import { endSessionsOf } from '#soe/sessions/sessions.ts'
import { type AccountView, accountPage, type Done, isDone } from '#soe/web/account-page.tsx'
import { newCodesPage, newPasskeyPage, newTotpPage } from '#soe/web/account-steps.tsx'
import { triedFrom } from '#soe/web/device.ts'
import { type SoePages, type SoeVisit, signedInPages } from '#soe/web/doors.ts'

const UNPROCESSABLE = 422
const PAGE = '/soe/conta'
const MINUTES = 15
const LONGEST_NAME = 60

/** Registers them. */
export function accountRoutes(app: FastifyInstance, pages: SoePages): void {
  const own = signedInPages(app, pages)
  own.get(PAGE, async (visit, request) => {
    const { feito } = request.query as { feito?: unknown }
    return await account(visit, isDone(feito) ? { done: feito } : {})
  })
  own.post(`${PAGE}/senha`, changePassword)
  own.post(`${PAGE}/codigos`, (visit) => withPassword(visit, 'codigos-senha', () => beginTotp(visit)))
  own.post(`${PAGE}/codigos/confirmar`, confirmTotp)
  own.post(`${PAGE}/codigos/tirar`, (visit) => withPassword(visit, 'codigos-senha', () => takeAway(visit, undefined)))
  own.post(`${PAGE}/recuperacao`, (visit) => withPassword(visit, 'recuperacao-senha', () => renewCodes(visit)))
  own.post(`${PAGE}/passkey`, (visit) => withPassword(visit, 'passkey-senha', () => beginPasskey(visit)))
  own.post(`${PAGE}/passkey/nova`, confirmPasskey)
  own.post(`${PAGE}/passkey/tirar`, (visit) =>
    withPassword(visit, 'passkey-senha', () => takeAway(visit, visit.field('passkey'))),
  )
  own.post(`${PAGE}/sessoes`, endOthers)
}

async function account(visit: SoeVisit, view: Pick<AccountView, 'done' | 'problems'>): Promise<Answer> {
  const { me, pages, now } = visit
  const [factors, sessions] = await Promise.all([
    factorsOf(pages.db, me.accountId),
    sessionsOf(pages.db, me.accountId, now),
  ])
  const answer = accountPage(visit, { ...view, factors, sessions })
  return view.problems?.length && 'html' in answer ? { ...answer, status: UNPROCESSABLE } : answer
}

const done = (what: Done): Answer => ({ redirect: `${PAGE}?feito=${what}` })
const ownerOf = ({ me, now }: SoeVisit) => ({ accountId: me.accountId, institutionId: me.institutionId, now })

/** An open session is not enough to change how one enters: the password is asked again, and wrong ones are counted. */
async function withPassword(visit: SoeVisit, field: string, then: () => Promise<Answer>): Promise<Answer> {
  const code = await passwordProblem(visit)
  return code ? await account(visit, { problems: [{ field, code }] }) : await then()
}

async function passwordProblem(visit: SoeVisit): Promise<string | undefined> {
  const { me, pages, turn, now } = visit
  const password = visit.raw('atual')
  if (password === '') return 'password-missing'
  if (password.length > LONGEST_PASSWORD) return 'password-long'
  const result = await checkPassword(pages.db, { cpf: me.cpf, password, from: triedFrom(turn.request) }, now)
  if (result.is !== 'right') return result.is === 'wrong' ? 'own-password-wrong' : result.is
  await closeAttempt(pages.db, result.attempt, 'in')
  return undefined
}

async function changePassword(visit: SoeVisit): Promise<Answer> {
  return await withPassword(visit, 'senha-atual', async () => {
    const { me, pages, now } = visit
    const checked = await checkNewPassword(pages.db, { accountId: me.accountId, password: visit.raw('nova') })
    if (!checked.ok) return await account(visit, { problems: checked.problems })
    const how = { event: 'password-changed', now } as const
    await pages.db.transaction().execute((tx) => keepNewPassword(tx, checked.value, how))
    await endTheOthers(visit)
    return done('senha')
  })
}

async function endOthers(visit: SoeVisit): Promise<Answer> {
  await endTheOthers(visit)
  return done('sessoes')
}

async function endTheOthers({ me, pages, turn, now }: SoeVisit): Promise<void> {
  // Not those of the list alone, which is short.
  const others = (await sessionUidsOf(pages.db, me.accountId)).filter((uid) => uid !== me.sessionUid)
  await endSessionsOf({ db: pages.db, provider: turn.provider }, others, now)
}

/** What a page carries to its own answer, for this account alone. */
function sealed(visit: SoeVisit, purpose: string, text: string): string {
  const until = visit.now.getTime() + MINUTES * 60_000
  return seal(visit.pages.key, `${purpose} ${visit.me.accountId}`, JSON.stringify({ text, until }))
}

function opened(visit: SoeVisit, purpose: string): string | undefined {
  const json = unseal(visit.pages.key, `${purpose} ${visit.me.accountId}`, visit.raw('andamento'))
  const read =
    json === undefined ? undefined : z.object({ text: z.string(), until: z.number() }).parse(JSON.parse(json))
  return read && read.until > visit.now.getTime() ? read.text : undefined
}

async function beginTotp(visit: SoeVisit): Promise<Answer> {
  const secret = newSecret()
  return await newTotpPage(visit, { secret, sealed: sealed(visit, 'totp', secret), wrong: false })
}

async function confirmTotp(visit: SoeVisit): Promise<Answer> {
  const { pages } = visit
  const secret = opened(visit, 'totp')
  if (secret === undefined)
    return await account(visit, { problems: [{ field: 'codigos-senha', code: 'step-expired' }] })
  const given = { ...ownerOf(visit), key: pages.key, secret, typed: visit.field('codigo').slice(0, 60) }
  const codes = await setUpTotp(pages.db, given)
  if (!codes) return await newTotpPage(visit, { secret, sealed: visit.raw('andamento'), wrong: true })
  return newCodesPage(visit, codes)
}

async function renewCodes(visit: SoeVisit): Promise<Answer> {
  const factors = await factorsOf(visit.pages.db, visit.me.accountId)
  if (!hasFactor(factors)) return await account(visit, {})
  return newCodesPage(visit, await newCodes(visit.pages.db, ownerOf(visit)))
}

/** How many factors an account has: with the last one the recovery codes go too. */
const countOf = (factors: Factors) => factors.passkeys.length + (factors.totpSince ? 1 : 0)

async function takeAway(visit: SoeVisit, passkeyId: string | undefined): Promise<Answer> {
  const factors = await factorsOf(visit.pages.db, visit.me.accountId)
  const present = passkeyId === undefined ? factors.totpSince : factors.passkeys.some((one) => one.id === passkeyId)
  if (!present) return done('tirado')
  await takeFactorAway(visit.pages.db, { ...ownerOf(visit), passkeyId, last: countOf(factors) === 1 })
  return done('tirado')
}

async function beginPasskey(visit: SoeVisit): Promise<Answer> {
  const { me, pages, now } = visit
  const name = visit.field('nome').slice(0, LONGEST_NAME)
  if (name === '') return await account(visit, { problems: [{ field: 'passkey-nome', code: 'passkey-name-missing' }] })
  const { passkeys } = await factorsOf(pages.db, me.accountId)
  const present = passkeys.map((one) => one.id)
  const question = await askForNewPasskey(pages, { id: me.accountId, cpf: me.cpf, name: me.name, present }, now)
  return newPasskeyPage(visit, { ...question, name })
}

async function confirmPasskey(visit: SoeVisit): Promise<Answer> {
  const { me, pages, now } = visit
  const name = visit.field('nome').slice(0, LONGEST_NAME) || 'passkey'
  const given = { answer: visit.raw('resposta'), sealed: visit.raw('pergunta'), accountId: me.accountId, name }
  const passkey = await passkeyOfAnswer(pages, given, now)
  const first = !hasFactor(await factorsOf(pages.db, me.accountId))
  const added = passkey && (await addPasskey(pages.db, { ...ownerOf(visit), passkey, first }))
  if (!added) return await account(visit, { problems: [{ field: 'passkey-nome', code: 'passkey-refused' }] })
  return added.codes.length > 0 ? newCodesPage(visit, added.codes) : done('passkey')
}
