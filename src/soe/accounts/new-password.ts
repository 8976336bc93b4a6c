// Setting a password: what is wrong with a new one, and keeping it. Used by invitations, resets and the own account.
import { bad, type Checked, good, type Problem } from '#shared/problems.ts'
import { hashPassword, isPassword } from '#soe/accounts/password.ts'
import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from '#soe/accounts/rules.ts'
import { keepPassword, writeAudit } from '#soe/accounts/store.ts'
import { isGuessable } from '#soe/accounts/strength.ts'
import type { SoeDb, SoeTx } from '#soe/tables.ts'

interface Holder {
  readonly cpf: string
  readonly name: string
  readonly email: string
  /** The hash of the password before; null: there is none. */
  readonly kept: string | null
}

/** What is wrong with a new password; empty: nothing. */
async function newPasswordProblems(password: string, holder: Holder): Promise<Problem[]> {
  const field = 'nova'
  const length = [...password].length
  if (length < SHORTEST_PASSWORD) return [{ field, code: 'password-short' }]
  if (password.length > LONGEST_PASSWORD) return [{ field, code: 'password-long' }]
  if (holder.kept && (await isPassword(password, holder.kept))) return [{ field, code: 'password-same' }]
  if (await isGuessable(password, [holder.cpf, holder.name, holder.email])) return [{ field, code: 'password-common' }]
  return []
}

/** A password that may be set, hashed: made by `checkNewPassword` alone. */
export interface NewPassword {
  readonly accountId: string
  readonly institutionId: number
  readonly hash: string
}

/** Checks a password for an account; hashing it takes time, so do this before a transaction begins. */
export async function checkNewPassword(
  db: SoeDb,
  given: { readonly accountId: string; readonly password: string },
): Promise<Checked<NewPassword>> {
  const holder = await db
    .selectFrom('soe.account')
    .select(['institution_id as institutionId', 'cpf', 'name', 'email', 'password_hash as kept'])
    .where('id', '=', given.accountId)
    .executeTakeFirst()
  if (!holder) return bad({ field: 'nova', code: 'account-unknown' })
  const problems = await newPasswordProblems(given.password, holder)
  if (problems.length > 0) return bad(...problems)
  const { accountId } = given
  return good({ accountId, institutionId: holder.institutionId, hash: await hashPassword(given.password) })
}

/**
 * Sets a checked password. The clients are told by the database (0025), so that sessions opened with the old one end.
 * `event`: how it came about, for the audit.
 */
export async function keepNewPassword(
  tx: SoeTx,
  password: NewPassword,
  given: { readonly event: 'password-changed' | 'password-reset' | 'password-set'; readonly now: Date },
): Promise<void> {
  const { accountId, institutionId } = password
  await keepPassword(tx, password)
  await writeAudit(tx, { at: given.now, event: given.event, actorId: accountId, accountId, institutionId, facts: {} })
}
