// What can be done: enter with the provider's claims, leave. Who may enter is decided in rules/entry.ts.
import { ABSOLUTE_SECONDS, IDLE_SECONDS, type IdentityOptions } from '#identity/options.ts'
import type { Told } from '#identity/provider.ts'
import { sideOf } from '#identity/reads.ts'
import { factsOf } from '#identity/rules/claims.ts'
import { type EntryRefusal, entryOf, type Facts } from '#identity/rules/entry.ts'
import { closeSession, openSession, type SignedIn } from '#identity/store.ts'
import { newSessionToken, readSessionCookie } from '#identity/visit.ts'

export type Entered =
  | { readonly is: 'in'; readonly signedIn: SignedIn; readonly token: string }
  | { readonly is: 'refused'; readonly why: EntryRefusal; readonly facts: Facts }

/**
 * Enters a person, or says why not. A session this browser has (`before`: its cookie) ends first, whatever comes of it:
 * another person signing in never inherits anything.
 */
export async function enter(
  options: IdentityOptions,
  given: { readonly told: Told; readonly before: string | undefined; readonly now: Date },
): Promise<Entered> {
  const { told, now } = given
  await endSessionOf(options, given.before, now)
  const facts = factsOf(told.claims)
  const entry = entryOf(facts, await sideOf(options.db, facts.institution?.cnpj))
  if (!entry.may) return { is: 'refused', why: entry.why, facts }
  const { token, tokenHash } = newSessionToken()
  const signedIn = await openSession(options.db, {
    person: entry.person,
    tokenHash,
    idToken: told.idToken,
    providerSession: told.providerSession,
    idleSeconds: options.idleSeconds ?? IDLE_SECONDS,
    absoluteSeconds: options.absoluteSeconds ?? ABSOLUTE_SECONDS,
    now,
  })
  return { is: 'in', signedIn, token }
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
