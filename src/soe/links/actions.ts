// One-time links: made, looked at, used. What they let a person do is decided by who asks.
import { createHash, randomBytes } from 'node:crypto'
import { LINK_HOURS, type LinkPurpose, type LinkState, stateOf } from '#soe/links/rules.ts'
import { addLink, linkByHash, markUsed } from '#soe/links/store.ts'
import type { SoeDb, SoeTx } from '#soe/tables.ts'

const TOKEN_BYTES = 32
const HOUR_MS = 3_600_000
const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest()

/**
 * Makes a link and returns its secret, which is kept nowhere: put it at the end of an address. An earlier one of the same
 * account and purpose is worth nothing from now on. `by`: who made it; null: the person itself, or the installation.
 */
export async function makeLink(
  tx: SoeTx,
  given: { accountId: string; purpose: LinkPurpose; by: string | null },
  now: Date,
): Promise<string> {
  const token = randomBytes(TOKEN_BYTES).toString('base64url')
  const expiresAt = new Date(now.getTime() + LINK_HOURS[given.purpose] * HOUR_MS)
  await addLink(tx, { ...given, tokenHash: hashOf(token), now, expiresAt })
  return token
}

/** What a link is worth now. Looking does not use it: programs that check mail open links. */
export async function lookAtLink(db: SoeDb | SoeTx, token: string, now: Date): Promise<LinkState> {
  return stateOf(await linkByHash(db, hashOf(token)), now)
}

/** Uses a link up in the transaction of what it is for; only the answer `good` entitles to that. */
export async function useLink(tx: SoeTx, token: string, now: Date): Promise<LinkState> {
  const state = await lookAtLink(tx, token, now)
  if (state.is !== 'good') return state
  return (await markUsed(tx, { tokenHash: hashOf(token), now })) ? state : { is: 'used' }
}
