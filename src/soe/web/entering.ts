// The way in, step by step: password, second factor (or setting one up where it is demanded), passkey. What the pages show:
// sign-in.tsx and second-factor.tsx. What stands between two steps travels sealed in the page.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { seal, unseal } from '#shared/secrets.ts'
import type { Guest } from '#shared/web/site.ts'
import { checkPassword, completeSignIn, refuse } from '#soe/accounts/actions.ts'
import { stampOf } from '#soe/accounts/password.ts'
import { accountByCpf, claimsOf, triesOf } from '#soe/accounts/reads.ts'
import { addressKey, mustWait, readCredentials } from '#soe/accounts/rules.ts'
import { addAttempt, closeAttempt } from '#soe/accounts/store.ts'
import { setUpTotp, useSecondFactor } from '#soe/factors/actions.ts'
import { newSecret } from '#soe/factors/codes.ts'
import { askForPasskey, ownerOfAnswer } from '#soe/factors/passkeys.ts'
import { factorsOf, hasFactor } from '#soe/factors/reads.ts'
import { mustHaveFactor } from '#soe/factors/rules.ts'
import { beginSession } from '#soe/sessions/sessions.ts'
import { nameDevice, triedFrom } from '#soe/web/device.ts'
import { fromOwnPage, ownPage, type SoePages, send, textField, turnOf } from '#soe/web/doors.ts'
import { expiredPage } from '#soe/web/notices.tsx'
import { codesPage, enrolPage, secondFactorPage } from '#soe/web/second-factor.tsx'
import { type SignInView, signInPage } from '#soe/web/sign-in.tsx'

const TOO_MANY = 429
const UNPROCESSABLE = 422
const FORBIDDEN = 403
const STATUS = { slowed: TOO_MANY, blocked: FORBIDDEN, wrong: UNPROCESSABLE } as const
const SIGN_IN_MINUTES = 15

/** One request of a sign-in. `base`: address of its page; with `uid` it was begun by a client, else by SOE/WEB itself. */
interface Way {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly pages: SoePages
  readonly guest: Guest
  readonly uid: string
  readonly base: string
  readonly to: string
}

type Step = (way: Way) => Promise<FastifyReply>

/** Registers them at /soe/entrar (begun here) and /soe/entrar/:uid (begun by a client). */
export function enteringRoutes(app: FastifyInstance, pages: SoePages): void {
  const posts: Readonly<Record<string, Step>> = {
    '': takePassword,
    '/passkey': takePasskey,
    '/segundo': takeSecondFactor,
    '/cadastro': takeEnrolment,
    '/concluir': conclude,
  }
  for (const base of ['/soe/entrar', '/soe/entrar/:uid']) {
    app.get(base, (request, reply) => show(wayOf({ request, reply, pages })))
    for (const [path, step] of Object.entries(posts)) {
      app.post(base + path, async (request, reply) => {
        const way = wayOf({ request, reply, pages })
        const own = fromOwnPage(request, pages.origin) && (await isRunning(way))
        return own ? await step(way) : send(reply, expiredPage(way.guest, pages.home))
      })
    }
  }
}

function wayOf(given: Pick<Way, 'request' | 'reply' | 'pages'>): Way {
  const { request, pages } = given
  const uid = (request.params as { uid?: string }).uid ?? ''
  const to = ownPage((request.query as { destino?: unknown }).destino)
  const base = uid ? `/soe/entrar/${encodeURIComponent(uid)}` : '/soe/entrar'
  const path = uid ? base : `${base}?destino=${encodeURIComponent(to)}`
  return { ...given, uid, to, base, guest: { ...pages.guestOf(request), path } }
}

/** The running interaction of this browser, or undefined: expired, used, or of another browser. */
async function interactionOf({ request, reply, pages, uid }: Way) {
  const details = await pages.provider().interactionDetails(request.raw, reply.raw).catch(notFound)
  return details?.uid === uid ? details : undefined
}

function notFound(error: Error): undefined {
  if (error.name !== 'SessionNotFound') throw error
  return undefined
}

async function isRunning(way: Way): Promise<boolean> {
  return way.uid === '' || (await interactionOf(way)) !== undefined
}

/** Address of a step, with where to go afterwards. */
function addressOf(way: Way, step = ''): string {
  return way.uid ? way.base + step : `${way.base}${step}?destino=${encodeURIComponent(way.to)}`
}

async function show(way: Way): Promise<FastifyReply> {
  if (!(await isRunning(way))) return send(way.reply, expiredPage(way.guest, way.pages.home))
  return await again(way, { cpf: '', problems: [] })
}

async function again(way: Way, view: Pick<SignInView, 'cpf' | 'problems' | 'status'>): Promise<FastifyReply> {
  const { guest, pages, reply } = way
  const passkey = { ...(await askForPasskey(pages, guest.now)), action: addressOf(way, '/passkey') }
  return send(reply, signInPage(guest, { ...view, action: addressOf(way), home: pages.home, passkey }))
}

async function takePassword(way: Way): Promise<FastifyReply> {
  const { request, pages, guest } = way
  const typed = { cpf: textField(request.body, 'cpf').slice(0, 40), password: textField(request.body, 'senha') }
  const credentials = readCredentials(typed)
  if (!credentials.ok) return again(way, { cpf: typed.cpf, problems: credentials.problems, status: UNPROCESSABLE })
  const result = await checkPassword(pages.db, { ...credentials.value, from: triedFrom(request) }, guest.now)
  if (result.is !== 'right')
    return again(way, { cpf: typed.cpf, problems: [{ field: 'cpf', code: result.is }], status: STATUS[result.is] })
  const { cpf } = credentials.value
  const until = guest.now.getTime() + SIGN_IN_MINUTES * 60_000
  const passed = { ...result, cpf, until, given: result.stamp }
  const factors = await factorsOf(pages.db, result.accountId)
  if (hasFactor(factors)) return await askSecond(way, passed)
  const claims = await claimsOf(pages.db, result.accountId, guest.now)
  if (mustHaveFactor(pages.secondFactor, claims?.classes ?? [])) return await askEnrolment(way, passed, newSecret())
  return await finish(way, passed, ['pwd'])
}

const passedSchema = z.object({
  accountId: z.string(),
  institutionId: z.number(),
  cpf: z.string(),
  attempt: z.number(),
  /** Milliseconds since 1970: what follows the password takes no longer, however often it is tried. */
  until: z.number(),
  /** Of the password that was given. */
  given: z.string(),
  /** Of one-time codes that are being set up. */
  secret: z.string().optional(),
  /** All is there: only the recovery codes are still being shown. */
  methods: z.array(z.string()).optional(),
})
/** Who has given the right password and is not in yet. */
type Passed = z.infer<typeof passedSchema>

function sealPassed(way: Way, passed: Passed): string {
  return seal(way.pages.key, `sign-in ${way.uid}`, JSON.stringify(passed))
}

/** undefined: it took too long, or the account was blocked or given another password meanwhile. */
async function readPassed(way: Way): Promise<Passed | undefined> {
  const text = unseal(way.pages.key, `sign-in ${way.uid}`, textField(way.request.body, 'andamento'))
  const passed = text === undefined ? undefined : passedSchema.parse(JSON.parse(text))
  if (!passed || passed.until <= way.guest.now.getTime()) return undefined
  const stamp = stampOf(await accountByCpf(way.pages.db, passed.cpf))
  return stamp !== undefined && stamp === passed.given ? passed : undefined
}

async function askSecond(way: Way, passed: Passed, problem?: 'code-wrong' | 'slowed' | 'passkey-refused') {
  const { guest, pages, reply } = way
  const factors = await factorsOf(pages.db, passed.accountId)
  const question = factors.passkeys.length > 0 ? await askForPasskey(pages, guest.now) : undefined
  const view = {
    action: addressOf(way, '/segundo'),
    start: addressOf(way),
    sealed: sealPassed(way, passed),
    totp: factors.totpSince !== null,
    problem,
    passkey: question && { ...question, action: addressOf(way, '/passkey') },
  }
  return send(reply, secondFactorPage(guest, view))
}

async function takeSecondFactor(way: Way): Promise<FastifyReply> {
  const { request, pages, guest } = way
  const passed = await readPassed(way)
  if (!passed) return send(way.reply, expiredPage(guest, pages.home))
  const typed = textField(request.body, 'codigo').slice(0, 60)
  const attempt = await tryOf(way, passed)
  if (attempt === undefined) return await askSecond(way, passed, 'slowed')
  const used = await useSecondFactor(pages.db, { ...passed, key: pages.key, typed, now: guest.now })
  if (used) {
    await closeAttempt(pages.db, attempt, 'in')
    return await finish(way, passed, ['pwd', used === 'otp' ? 'otp' : 'kba'])
  }
  const account = { id: passed.accountId, institutionId: passed.institutionId }
  await refuse(pages.db, { attempt, address: addressKey(request.ip), account, why: 'second-factor', now: guest.now })
  return await askSecond(way, passed, 'code-wrong')
}

/** Counts a try at the second factor with those at the password; undefined: there were too many. */
async function tryOf(way: Way, passed: Passed): Promise<number | undefined> {
  const { db } = way.pages
  const given = { ...triedFrom(way.request), cpf: passed.cpf, now: way.guest.now }
  const attempt = await addAttempt(db, given)
  if (!mustWait(await triesOf(db, given))) return attempt
  await closeAttempt(db, attempt, 'slowed')
  return undefined
}

async function askEnrolment(
  way: Way,
  passed: Passed,
  secret: string,
  problem?: 'code-wrong' | 'slowed',
): Promise<FastifyReply> {
  const { guest, reply } = way
  const sealed = sealPassed(way, { ...passed, secret })
  const view = { action: addressOf(way, '/cadastro'), start: addressOf(way), sealed, secret, cpf: passed.cpf, problem }
  return send(reply, await enrolPage(guest, view))
}

/** One-time codes set up in the middle of signing in, where the account's classes demand a second factor. */
async function takeEnrolment(way: Way): Promise<FastifyReply> {
  const { request, pages, guest } = way
  const passed = await readPassed(way)
  if (!passed?.secret || hasFactor(await factorsOf(pages.db, passed.accountId)))
    return send(way.reply, expiredPage(guest, pages.home))
  const { secret, ...rest } = passed
  const typed = textField(request.body, 'codigo').slice(0, 60)
  const attempt = await tryOf(way, passed)
  if (attempt === undefined) return await askEnrolment(way, rest, secret, 'slowed')
  const codes = await setUpTotp(pages.db, { ...rest, key: pages.key, secret, typed, now: guest.now })
  if (!codes) {
    await closeAttempt(pages.db, attempt, 'refused')
    return await askEnrolment(way, rest, secret, 'code-wrong')
  }
  await closeAttempt(pages.db, attempt, 'in')
  const sealed = sealPassed(way, { ...rest, methods: ['pwd', 'otp'] })
  return send(way.reply, codesPage(guest, { codes, action: addressOf(way, '/concluir'), sealed }))
}

/** The recovery codes have been seen. */
async function conclude(way: Way): Promise<FastifyReply> {
  const passed = await readPassed(way)
  if (!passed?.methods) return send(way.reply, expiredPage(way.guest, way.pages.home))
  return await finish(way, passed, passed.methods)
}

/** A passkey alone is both factors: what unlocks it is asked on its device. */
async function takePasskey(way: Way): Promise<FastifyReply> {
  const { request, pages, guest } = way
  const given = { answer: textField(request.body, 'resposta'), sealed: textField(request.body, 'pergunta') }
  const owner = await ownerOfAnswer(pages, given, guest.now)
  const attempt = await addAttempt(pages.db, {
    ...triedFrom(request),
    cpf: owner?.cpf ?? '0'.repeat(11),
    now: guest.now,
  })
  if (owner?.status === 'active') return await finish(way, { ...owner, attempt }, ['pop', 'user'])
  const account = owner && { id: owner.accountId, institutionId: owner.institutionId }
  const why = owner ? 'blocked' : 'passkey'
  await refuse(pages.db, { attempt, address: addressKey(request.ip), account, why, now: guest.now })
  const code = owner ? 'blocked' : 'passkey-refused'
  return await again(way, { cpf: '', problems: [{ field: 'cpf', code }], status: owner ? FORBIDDEN : UNPROCESSABLE })
}

/** Begins the session and hands the browser on: back to the client that asked, or to the page of SOE/WEB. */
async function finish(
  way: Way,
  who: Pick<Passed, 'accountId' | 'institutionId' | 'attempt'>,
  methods: readonly string[],
): Promise<FastifyReply> {
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
