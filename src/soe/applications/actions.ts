// What the administrator does with applications: register, change, suspend, rotate secrets; and whether a secret counts.
// Each: lock, decide, write, audit with before and after. A secret itself is written nowhere (docs/decisions/0018).
import { createHash, randomBytes } from 'node:crypto'
import { bad, type Checked, good } from '#shared/problems.ts'
import { found, Refusal } from '#shared/refusals.ts'
import { writeAudit } from '#soe/accounts/store.ts'
import { applicationById, holdsSecret, secretKept } from '#soe/applications/reads.ts'
import type { ApplicationData } from '#soe/applications/rules.ts'
import { addApplication, addSecret, changeApplication, changeStatus, endSecrets } from '#soe/applications/store.ts'
import type { Doing } from '#soe/operators/actions.ts'
import type { SoeDb } from '#soe/tables.ts'

const SECRET_BYTES = 32
const HOUR_MS = 3_600_000
/** 256 random bits need no slow hash: there is nothing to guess. */
const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest()

/** A secret that counts for nothing until it is kept. */
export const newSecret = (): string => randomBytes(SECRET_BYTES).toString('base64url')

/** Does a secret count for an application now? */
export async function isSecretOf(db: SoeDb, given: { clientId: string; secret: string; now: Date }): Promise<boolean> {
  return await holdsSecret(db, { clientId: given.clientId, hash: hashOf(given.secret), now: given.now })
}

async function audit(doing: Doing, event: string, facts: Record<string, unknown>): Promise<void> {
  const { tx, manager, now } = doing
  await writeAudit(tx, { at: now, event, actorId: manager.accountId, accountId: null, facts })
}

function onlyAdministrator({ manager }: Doing): void {
  if (!manager.administrator) throw new Refusal('not-found')
}

/** Registers an application with its first secret. The same form sent twice registers it once. */
export async function registerApplication(
  doing: Doing,
  id: string,
  given: { data: ApplicationData; secret: string; reserved: string },
): Promise<Checked<undefined>> {
  onlyAdministrator(doing)
  const { tx, manager, now } = doing
  const { data } = given
  const hash = hashOf(given.secret)
  // What the installation itself is known by comes first wherever names are looked up.
  if (id === given.reserved) return bad({ field: 'identificador', code: 'app-id-taken' })
  if (!(await addApplication(tx, id, { ...data, now }))) {
    const again = await secretKept(tx, { clientId: id, hash })
    return again ? good(undefined) : bad({ field: 'identificador', code: 'app-id-taken' })
  }
  await addSecret(tx, { clientId: id, hash, by: manager.accountId, now })
  await audit(doing, 'application-added', { application: id, after: data })
  return good(undefined)
}

const FIELDS = ['name', 'redirectUris', 'postLogoutUris', 'backchannelLogoutUri'] as const

/** Changes name and addresses. Nothing changed leaves no entry. */
export async function editApplication(doing: Doing, id: string, data: ApplicationData): Promise<void> {
  onlyAdministrator(doing)
  const before = found(await applicationById(doing.tx, id, true))
  const changed = FIELDS.filter((key) => JSON.stringify(before[key]) !== JSON.stringify(data[key]))
  if (changed.length === 0) return
  await changeApplication(doing.tx, id, data)
  const pick = (from: ApplicationData) => Object.fromEntries(changed.map((key) => [key, from[key]]))
  await audit(doing, 'application-edited', { application: id, before: pick(before), after: pick(data) })
}

/** A suspended application signs nobody in, and its secrets open nothing. */
export async function setApplicationStatus(doing: Doing, id: string, status: 'active' | 'suspended'): Promise<void> {
  onlyAdministrator(doing)
  const before = found(await applicationById(doing.tx, id, true))
  if (before.status === status) return
  await changeStatus(doing.tx, id, status)
  const facts = { application: id, before: { status: before.status }, after: { status } }
  await audit(doing, 'application-status', facts)
}

/** Puts another secret in use; the one before counts for `hours` more. The same form sent twice rotates once. */
export async function rotateSecret(doing: Doing, id: string, given: { secret: string; hours: number }): Promise<void> {
  onlyAdministrator(doing)
  const { tx, manager, now } = doing
  found(await applicationById(tx, id, true))
  const hash = hashOf(given.secret)
  if (await secretKept(tx, { clientId: id, hash })) return
  const until = new Date(now.getTime() + given.hours * HOUR_MS)
  await endSecrets(tx, id, until)
  await addSecret(tx, { clientId: id, hash, by: manager.accountId, now })
  await audit(doing, 'application-secret-rotated', { application: id, until })
}
