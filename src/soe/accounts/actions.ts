// What can be done with accounts: keep an institution, create an account, check a sign-in. Each writes its audit.

import { bad, type Checked, good } from '#shared/problems.ts'
import { hashPassword, isPassword } from '#soe/accounts/password.ts'
import { accountByCpf, type SignInAccount, triesOf } from '#soe/accounts/reads.ts'
import {
  accountProblems,
  addressKey,
  type Credentials,
  isCnpj,
  mustWait,
  type NewAccount,
} from '#soe/accounts/rules.ts'
import {
  addAccount,
  addAttempt,
  addClass,
  closeAttempt,
  keepInstitution,
  setInstitutionStatus,
  writeAudit,
} from '#soe/accounts/store.ts'
import type { SoeDb, SoeTx } from '#soe/tables.ts'

/** Keeps an institution (known by its CNPJ, 14 characters without mask) under a name. `runsSoe`: it is the DETRAN-RS. */
export async function nameInstitution(
  tx: SoeTx,
  given: { cnpj: string; name: string; runsSoe?: boolean; now: Date },
): Promise<Checked<number>> {
  if (!isCnpj(given.cnpj)) return bad({ field: 'cnpj', code: 'cnpj-wrong' })
  return good(await keepInstitution(tx, given))
}

/** Suspends an institution or makes it active again; its operators' next sign-in says so. */
export async function changeInstitutionStatus(
  tx: SoeTx,
  given: { cnpj: string; status: 'active' | 'suspended'; now: Date },
): Promise<Checked<number>> {
  const id = await setInstitutionStatus(tx, given)
  if (id === undefined) return bad({ field: 'cnpj', code: 'institution-unknown' })
  const facts = { status: given.status }
  await writeAudit(tx, {
    at: given.now,
    event: 'institution-status',
    actorId: null,
    accountId: null,
    institutionId: id,
    facts,
  })
  return good(id)
}

/** Creates an account with its classes. A CPF that has one already stays as it is: problem `cpf-taken`. */
export async function createAccount(
  tx: SoeTx,
  account: NewAccount & { institutionId: number },
  now: Date,
): Promise<Checked<string>> {
  const problems = accountProblems(account)
  if (problems.length > 0) return bad(...problems)
  const passwordHash = account.password === undefined ? null : await hashPassword(account.password)
  const id = await addAccount(tx, { ...account, passwordHash, now })
  if (id === undefined) return bad({ field: 'cpf', code: 'cpf-taken' })
  for (const number of account.classes) await addClass(tx, { accountId: id, class: number, by: null, now })
  await writeAudit(tx, {
    at: now,
    event: 'account-created',
    actorId: null,
    accountId: id,
    institutionId: account.institutionId,
    facts: { master: account.master, classes: account.classes },
  })
  return good(id)
}

/** `wrong` is the answer for an unknown CPF, a wrong password and an account without one: the same, after the same work. */
export type SignInResult =
  | { readonly is: 'in'; readonly accountId: string }
  | { readonly is: 'wrong' | 'blocked' | 'slowed' }

/** Checks CPF and password. `ip`: the caller's address; tries are counted by it and by the CPF. */
export async function checkSignIn(
  db: SoeDb,
  given: Credentials & { readonly ip: string },
  now: Date,
): Promise<SignInResult> {
  const address = addressKey(given.ip)
  const attempt = await addAttempt(db, { cpf: given.cpf, address, now })
  if (mustWait(await triesOf(db, { cpf: given.cpf, address, now }))) {
    await closeAttempt(db, attempt, 'slowed')
    return { is: 'slowed' }
  }
  const account = await accountByCpf(db, given.cpf)
  const result = decide(account, await isPassword(given.password, account?.passwordHash))
  await db.transaction().execute(async (tx) => {
    await closeAttempt(tx, attempt, result.is === 'in' ? 'in' : 'refused')
    await writeAudit(tx, {
      at: now,
      event: result.is === 'in' ? 'signed-in' : 'sign-in-refused',
      actorId: result.is === 'in' ? result.accountId : null,
      accountId: account?.id ?? null,
      institutionId: account?.institutionId ?? null,
      facts: { address, why: result.is },
    })
  })
  return result
}

/** That an account is blocked is told only to who knows its password. */
function decide(account: SignInAccount | undefined, passwordIsRight: boolean): SignInResult {
  if (!account || !passwordIsRight) return { is: 'wrong' }
  return account.status === 'blocked' ? { is: 'blocked' } : { is: 'in', accountId: account.id }
}
