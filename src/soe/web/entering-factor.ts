// What follows the password where it is not enough: the second factor, or setting one up. Who has given the right password and is
// not in yet travels sealed in the page. What the pages show: second-factor.tsx.
import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import { seal, unseal } from '#shared/secrets.ts'
import { refuse } from '#soe/accounts/actions.ts'
import { stampOf } from '#soe/accounts/password.ts'
import { accountByCpf, triesOf } from '#soe/accounts/reads.ts'
import { addressKey, mustWait } from '#soe/accounts/rules.ts'
import { addAttempt, closeAttempt } from '#soe/accounts/store.ts'
import { setUpTotp, useSecondFactor } from '#soe/factors/actions.ts'
import { askForPasskey } from '#soe/factors/passkeys.ts'
import { factorsOf, hasFactor } from '#soe/factors/reads.ts'
import { triedFrom } from '#soe/web/device.ts'
import { send, textField } from '#soe/web/doors.ts'
import { expiredPage } from '#soe/web/notices.tsx'
import { codesPage, enrolPage, secondFactorPage } from '#soe/web/second-factor.tsx'
import { addressOf, finish, type Way } from '#soe/web/way.ts'

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
export type Passed = z.infer<typeof passedSchema>

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

export async function askSecond(way: Way, passed: Passed, problem?: 'code-wrong' | 'slowed' | 'passkey-refused') {
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

export async function takeSecondFactor(way: Way): Promise<FastifyReply> {
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

export async function askEnrolment(
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
export async function takeEnrolment(way: Way): Promise<FastifyReply> {
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
export async function conclude(way: Way): Promise<FastifyReply> {
  const passed = await readPassed(way)
  if (!passed?.methods) return send(way.reply, expiredPage(way.guest, way.pages.home))
  return await finish(way, passed, passed.methods)
}
