// The provider's own keys. Signing keys (ES256) are made here, sealed in the database with the installation's secret, and
// follow one another with an overlap; the keys of cookies follow from the secret and the month.
import { generateKeyPairSync, type JsonWebKey, randomUUID } from 'node:crypto'
import { DAY_MS } from '#shared/kit/dates.ts'
import { Obstacle } from '#shared/obstacle.ts'
import { keyFor, seal, unseal } from '#shared/secrets.ts'
import { type KeptKey, keepKey, keptKeys, lockKeys, retireKeys } from '#soe/provider/store.ts'
import type { SoeDb, SoeTx } from '#soe/tables.ts'

const PURPOSE = 'soe signing key'
/** A key signs for three months. */
const SIGNS_DAYS = 90
/** Published for a day before it signs: who keeps our public keys has fetched them anew by then. */
const AHEAD_DAYS = 1
/** Verifies for a week after it last signed; the longest session is half a day. */
const AFTER_DAYS = 7

export type SigningJwk = JsonWebKey & { readonly kid: string; readonly alg: 'ES256'; readonly use: 'sig' }

const daysBefore = (now: Date, days: number) => new Date(now.getTime() - days * DAY_MS)

/**
 * The private keys in use, the one that signs first; the others are published for verifying. Makes the first key, and the
 * next one when the newest has signed long enough. `key`: what they are sealed with.
 */
export async function signingKeys(db: SoeDb, key: Buffer, now: Date): Promise<SigningJwk[]> {
  const kept = await db.transaction().execute(async (tx) => {
    await lockKeys(tx)
    // What the newest but one signed last was signed when its successor took over.
    await retireKeys(tx, { successorsBefore: daysBefore(now, AHEAD_DAYS + AFTER_DAYS), now })
    const present = await keptKeys(tx)
    const due = !present[0] || present[0].createdAt <= daysBefore(now, SIGNS_DAYS)
    return due ? [await makeKey(tx, key, now), ...present] : present
  })
  const signs = kept.find((one) => one.createdAt <= daysBefore(now, AHEAD_DAYS)) ?? kept.at(-1)
  const inOrder = [...kept].sort((a, b) => Number(b === signs) - Number(a === signs))
  return inOrder.map((one) => opened(key, one))
}

function opened(key: Buffer, { kid, sealedJwk }: KeptKey): SigningJwk {
  const text = unseal(key, `${PURPOSE} ${kid}`, sealedJwk)
  if (text === undefined)
    throw new Obstacle(
      'The secret soe.key does not open the signing keys of SOE/WEB: restore the one that belongs to this database.',
    )
  return JSON.parse(text) as SigningJwk
}

async function makeKey(tx: SoeTx, key: Buffer, now: Date): Promise<KeptKey> {
  const kid = randomUUID()
  const jwk = {
    ...generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }),
    kid,
    alg: 'ES256',
    use: 'sig',
  }
  const made = { kid, sealedJwk: seal(key, `${PURPOSE} ${kid}`, JSON.stringify(jwk)), createdAt: now }
  await keepKey(tx, made)
  return made
}

const COOKIE_KEY_DAYS = 30

/** What cookies are signed with this month, and what those of last month are still verified with. */
export function cookieKeys(secret: Buffer, now: Date): string[] {
  const month = Math.floor(now.getTime() / (COOKIE_KEY_DAYS * DAY_MS))
  return [month, month - 1].map((one) => keyFor(secret, `cookies ${one}`).toString('base64url'))
}
