// The way in, step by step: password or passkey, and what follows where a password is not enough (entering-factor.ts). What the
// page shows: sign-in.tsx.
import type { FastifyInstance, FastifyReply } from 'fastify'
import { checkPassword, refuse } from '#soe/accounts/actions.ts'
import { claimsOf } from '#soe/accounts/reads.ts'
import { addressKey, readCredentials } from '#soe/accounts/rules.ts'
import { addAttempt } from '#soe/accounts/store.ts'
import { newSecret } from '#soe/factors/codes.ts'
import { askForPasskey, ownerOfAnswer } from '#soe/factors/passkeys.ts'
import { factorsOf, hasFactor } from '#soe/factors/reads.ts'
import { mustHaveFactor } from '#soe/factors/rules.ts'
import { triedFrom } from '#soe/web/device.ts'
import { fromOwnPage, type SoePages, send, textField } from '#soe/web/doors.ts'
import { askEnrolment, askSecond, conclude, takeEnrolment, takeSecondFactor } from '#soe/web/entering-factor.ts'
import { expiredPage } from '#soe/web/notices.tsx'
import { type SignInView, signInPage } from '#soe/web/sign-in.tsx'
import { addressOf, finish, isRunning, type Way, wayOf } from '#soe/web/way.ts'

const TOO_MANY = 429
const UNPROCESSABLE = 422
const FORBIDDEN = 403
const STATUS = { slowed: TOO_MANY, blocked: FORBIDDEN, wrong: UNPROCESSABLE } as const
const SIGN_IN_MINUTES = 15

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
