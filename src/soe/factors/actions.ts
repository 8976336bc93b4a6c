// What can be done with second factors: set up, use, take away. Each writes its audit; none writes a secret there.
import { seal, unseal } from '#shared/secrets.ts'
import { writeAudit } from '#soe/accounts/store.ts'
import { newRecoveryCodes, recoveryHash, stepOf } from '#soe/factors/codes.ts'
import { sealedSecretOf } from '#soe/factors/reads.ts'
import {
  keepCodes,
  keepPasskey,
  keepTotp,
  type NewPasskey,
  removePasskey,
  removeTotp,
  useCode,
  useStep,
} from '#soe/factors/store.ts'
import type { SoeDb, SoeTx } from '#soe/tables.ts'

export interface Owner {
  readonly accountId: string
  readonly institutionId: number
  readonly now: Date
}

const purpose = (accountId: string) => `totp ${accountId}`

async function audit(tx: SoeTx, owner: Owner, event: string): Promise<void> {
  const { accountId, institutionId, now } = owner
  await writeAudit(tx, { at: now, event, actorId: accountId, accountId, institutionId, facts: {} })
}

/**
 * Sets up one-time codes when the typed code proves that the authenticator has the secret. Returns new recovery codes, to
 * be shown once; undefined: the code is not right.
 */
export async function setUpTotp(
  db: SoeDb,
  given: Owner & { readonly key: Buffer; readonly secret: string; readonly typed: string },
): Promise<string[] | undefined> {
  const step = stepOf(given.secret, given.typed, given.now)
  if (step === undefined) return undefined
  const sealedSecret = seal(given.key, purpose(given.accountId), given.secret)
  return await db.transaction().execute(async (tx) => {
    await keepTotp(tx, { ...given, sealedSecret, step })
    await audit(tx, given, 'totp-set-up')
    return await renewCodes(tx, given.accountId)
  })
}

async function renewCodes(tx: SoeTx, accountId: string): Promise<string[]> {
  const codes = newRecoveryCodes()
  await keepCodes(
    tx,
    accountId,
    codes.map((code) => recoveryHash(accountId, code)),
  )
  return codes
}

/** New recovery codes in place of the earlier ones. */
export async function newCodes(db: SoeDb, owner: Owner): Promise<string[]> {
  return await db.transaction().execute(async (tx) => {
    await audit(tx, owner, 'recovery-codes-renewed')
    return await renewCodes(tx, owner.accountId)
  })
}

/** Which second factor the typed text is, and uses it up; undefined: none that counts. */
export async function useSecondFactor(
  db: SoeDb,
  given: Owner & { readonly key: Buffer; readonly typed: string },
): Promise<'otp' | 'recovery' | undefined> {
  const { accountId, typed, now } = given
  const sealed = await sealedSecretOf(db, accountId)
  const secret = sealed === undefined ? undefined : unseal(given.key, purpose(accountId), sealed)
  const step = secret === undefined ? undefined : stepOf(secret, typed, now)
  if (step !== undefined) return (await useStep(db, { accountId, step })) ? 'otp' : undefined
  return await db.transaction().execute(async (tx) => {
    if (!(await useCode(tx, { accountId, hash: recoveryHash(accountId, typed), now }))) return undefined
    await audit(tx, given, 'recovery-code-used')
    return 'recovery'
  })
}

/** Keeps a passkey; new recovery codes come with an account's first factor. undefined: the passkey is known already. */
export async function addPasskey(
  db: SoeDb,
  given: Owner & { readonly passkey: NewPasskey; readonly first: boolean },
): Promise<{ readonly codes: string[] } | undefined> {
  return await db.transaction().execute(async (tx) => {
    if (!(await keepPasskey(tx, given.passkey))) return undefined
    await audit(tx, given, 'passkey-added')
    return { codes: given.first ? await renewCodes(tx, given.accountId) : [] }
  })
}

/** Takes a factor away: the one-time codes, or a passkey by its id. `last`: the recovery codes go with it. */
export async function takeFactorAway(
  db: SoeDb,
  given: Owner & { readonly passkeyId: string | undefined; readonly last: boolean },
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    if (given.passkeyId === undefined) await removeTotp(tx, given.accountId)
    else await removePasskey(tx, { id: given.passkeyId, accountId: given.accountId })
    if (given.last) await keepCodes(tx, given.accountId, [])
    await audit(tx, given, given.passkeyId === undefined ? 'totp-taken-away' : 'passkey-taken-away')
  })
}
