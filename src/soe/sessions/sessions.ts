// Sessions of SOE/WEB: begun when somebody has shown who it is, ended by the person, by another sign-in, or from afar.
// They are the provider's own, so that whoever has one enters every house that trusts SOE/WEB.
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Provider } from 'oidc-provider'
import { addressKey } from '#soe/accounts/rules.ts'
import { removeGrant } from '#soe/provider/store.ts'
import { type SignedIn, signedInOf } from '#soe/sessions/reads.ts'
import { addNotice, closeSessions, keepSession, touchSession } from '#soe/sessions/store.ts'
import type { SoeDb } from '#soe/tables.ts'

export interface Turn {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly provider: Provider
  readonly db: SoeDb
}

/** Seconds; the same as EPROD's longest session. */
export const SESSION_SECONDS = 12 * 60 * 60

type Session = InstanceType<Provider['Session']>

async function sessionOf({ request, reply, provider }: Turn): Promise<Session> {
  return await provider.Session.get(provider.createContext(request.raw, reply.raw))
}

/** Who is signed in on this browser, or undefined. */
export async function whoIs(turn: Turn, now: Date): Promise<SignedIn | undefined> {
  const { accountId, uid } = await sessionOf(turn)
  if (!accountId) return undefined
  const found = await signedInOf(turn.db, { uid, accountId, now })
  if (found) await touchSession(turn.db, uid, now)
  return found
}

/**
 * Begins the session of an account on this browser. The session of another account ends first with all that was granted in
 * it: nothing of it is inherited. The session's name changes, so that one planted before is worth nothing.
 */
export async function beginSession(
  turn: Turn,
  given: { readonly accountId: string; readonly methods: readonly string[]; readonly now: Date },
): Promise<void> {
  const { request, reply, provider, db } = turn
  const before = await sessionOf(turn)
  const another = before.accountId !== undefined && before.accountId !== given.accountId
  if (another) await endSession(turn, before, given.now)
  const session = another ? new provider.Session() : before
  session.loginAccount({ accountId: given.accountId, amr: [...given.methods], transient: true })
  session.resetIdentifier()
  await session.save(SESSION_SECONDS)
  const context = provider.createContext(request.raw, reply.raw)
  context.cookies.set(provider.cookieName('session'), session.jti, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    signed: true,
    secure: context.secure,
  })
  const agent = request.headers['user-agent'] ?? ''
  await keepSession(db, { ...given, uid: session.uid, address: addressKey(request.ip), agent })
}

/** Ends a session of the provider: what was granted in it is taken back, and its clients are told. */
export async function endSession(turn: Pick<Turn, 'db'>, session: Session, now: Date): Promise<void> {
  const { db } = turn
  for (const [clientId, { grantId, sid }] of Object.entries(session.authorizations ?? {})) {
    if (grantId) await removeGrant(db, grantId)
    if (sid && session.accountId) await addNotice(db, { accountId: session.accountId, clientId, sid })
  }
  await closeSessions(db, [session.uid], now)
  await session.destroy()
}

/** Ends sessions by their names, as from the list that their owner sees. */
export async function endSessionsOf(
  given: { readonly db: SoeDb; readonly provider: Provider },
  uids: readonly string[],
  now: Date,
): Promise<void> {
  for (const uid of uids) {
    const session = await given.provider.Session.findByUid(uid)
    if (session) await endSession(given, session, now)
  }
  await closeSessions(given.db, uids, now)
}
