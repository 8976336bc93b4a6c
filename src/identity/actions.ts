// What can be done: enter with the provider's claims, leave. Who may enter is decided in rules/entry.ts.
import { ABSOLUTE_SECONDS, FRESH_SECONDS, IDLE_SECONDS, type IdentityOptions } from '#identity/options.ts'
import type { Provider, Told } from '#identity/provider.ts'
import { sideOf } from '#identity/reads.ts'
import { failureOf } from '#identity/refusals.ts'
import { factsOf } from '#identity/rules/claims.ts'
import { type EntryRefusal, entryOf, type Facts } from '#identity/rules/entry.ts'
import {
  closeSession,
  endById,
  freshen,
  openSession,
  recordRefusal,
  type SignedIn,
  type StaleSession,
  takeStale,
} from '#identity/store.ts'
import { newSessionToken, readSessionCookie } from '#identity/visit.ts'
import { seal, unseal } from '#shared/secrets.ts'

export interface Entering {
  readonly told: Told
  /** The cookie this browser came with. */
  readonly before: string | undefined
  /** The provider tells by itself that access has ended. */
  readonly tellsLogout: boolean
  readonly now: Date
}

export type Entered =
  | { readonly is: 'in'; readonly signedIn: SignedIn; readonly token: string }
  | { readonly is: 'refused'; readonly why: EntryRefusal; readonly facts: Facts }

/**
 * Enters a person, or says why not; both are recorded. A session this browser has (`before`: its cookie) ends first, whatever comes of it:
 * another person signing in never inherits anything.
 */
export async function enter(options: IdentityOptions, given: Entering): Promise<Entered> {
  const { told, now } = given
  await endSessionOf(options, given.before, now)
  const facts = factsOf(told.claims)
  const entry = entryOf(facts, await sideOf(options.db, facts.institution?.cnpj))
  if (!entry.may) {
    await recordRefusal(options.db, { why: entry.why, facts, now })
    return { is: 'refused', why: entry.why, facts }
  }
  const { token, tokenHash } = newSessionToken()
  const lasting = lastingOf(options, given)
  const signedIn = await openSession(options.db, {
    person: entry.person,
    tokenHash,
    idToken: told.idToken,
    providerSession: told.providerSession,
    subject: told.subject,
    ...lasting,
    idleSeconds: options.idleSeconds ?? IDLE_SECONDS,
    absoluteSeconds: options.absoluteSeconds ?? ABSOLUTE_SECONDS,
    now,
  })
  return { is: 'in', signedIn, token }
}

const REFRESH = 'refresh token'
const freshUntil = (now: Date) => new Date(now.getTime() + FRESH_SECONDS * 1000)

/**
 * How long what was told counts. Our own SOE/WEB tells by itself. A foreign provider is asked again; one that gives nothing
 * to ask with must be entered again every few minutes, unless it says that it tells.
 */
function lastingOf(options: IdentityOptions, { told, tellsLogout, now }: Entering) {
  const sealedRefresh = told.refreshToken && seal(options.cookieKey, REFRESH, told.refreshToken)
  const asked = options.foreign && (sealedRefresh !== undefined || !tellsLogout)
  return {
    sealedRefresh: asked ? sealedRefresh : undefined,
    freshUntil: asked ? freshUntil(now) : undefined,
  }
}

/** Asks this long before what was told stops counting. */
const AHEAD_SECONDS = 90

/** Asks the provider again about every session that is due. Access that has ended ends here; silence waits. */
export async function askAgain(options: IdentityOptions, provider: Provider, now: Date): Promise<void> {
  const stale = await takeStale(options.db, now, AHEAD_SECONDS)
  await Promise.all(stale.map((session) => askAbout(options, provider, { session, now })))
}

async function askAbout(
  options: IdentityOptions,
  provider: Provider,
  { session, now }: { session: StaleSession; now: Date },
): Promise<void> {
  const refreshToken = unseal(options.cookieKey, REFRESH, session.sealedRefresh)
  if (refreshToken === undefined) return await endById(options.db, session.id, now)
  const told = await provider.again(refreshToken, session.subject).catch(failureOf)
  // Silence ends nothing: the session waits, shut, until the provider answers.
  if (told === 'provider-away') return
  if (typeof told === 'string') return await endById(options.db, session.id, now)
  const facts = factsOf(told.claims)
  const entry = entryOf(facts, session.side)
  if (!entry.may || entry.person.institution.cnpj !== session.cnpj) return await endById(options.db, session.id, now)
  const sealedRefresh = seal(options.cookieKey, REFRESH, told.refreshToken ?? refreshToken)
  await freshen(options.db, {
    id: session.id,
    classes: entry.person.classes,
    freshUntil: freshUntil(now),
    sealedRefresh,
  })
}

/** Ends the session of a cookie; returns the ID token it was opened with. */
export async function endSessionOf(
  options: IdentityOptions,
  cookie: string | undefined,
  now: Date,
): Promise<string | undefined> {
  const session = readSessionCookie(cookie)
  return session && (await closeSession(options.db, session.tokenHash, now))
}
