// The provider's signing keys (ES256): made once, sealed in the database with the installation's secret, read at the start.
import { generateKeyPairSync, type JsonWebKey, randomUUID } from 'node:crypto'
import { Obstacle } from '#shared/obstacle.ts'
import { seal, unseal } from '#shared/secrets.ts'
import { keepKey, keptKeys, lockKeys } from '#soe/provider/store.ts'
import type { SoeDb, SoeTx } from '#soe/tables.ts'

const PURPOSE = 'soe signing key'

export type SigningJwk = JsonWebKey & { readonly kid: string; readonly alg: 'ES256'; readonly use: 'sig' }

/** The private keys in use, newest first; makes the first one when there is none. `key`: what they are sealed with. */
export async function signingKeys(db: SoeDb, key: Buffer, now: Date): Promise<SigningJwk[]> {
  const kept = await db.transaction().execute(async (tx) => {
    await lockKeys(tx)
    const present = await keptKeys(tx)
    return present.length > 0 ? present : [await makeKey(tx, key, now)]
  })
  return kept.map(({ kid, sealedJwk }) => {
    const text = unseal(key, `${PURPOSE} ${kid}`, sealedJwk)
    if (text === undefined)
      throw new Obstacle(
        'The secret soe.key does not open the signing keys of SOE/WEB: restore the one that belongs to this database.',
      )
    return JSON.parse(text) as SigningJwk
  })
}

async function makeKey(tx: SoeTx, key: Buffer, now: Date) {
  const kid = randomUUID()
  const jwk = {
    ...generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }),
    kid,
    alg: 'ES256',
    use: 'sig',
  }
  const made = { kid, sealedJwk: seal(key, `${PURPOSE} ${kid}`, JSON.stringify(jwk)) }
  await keepKey(tx, { ...made, now })
  return made
}
