// What can be done with accounts: create one, check a sign-in. Each writes its audit.

import { bad, type Checked, good } from '#shared/problems.ts'
import { hashPassword, isPassword, stampOf } from '#soe/accounts/password.ts'
import { accountByCpf, type SignInAccount, triesOf } from '#soe/accounts/reads.ts'
import { accountProblems, type Credentials, mustWait, type NewAccount, type TriedFrom } from '#soe/accounts/rules.ts'
import { addAccount, addAttempt, addClass, closeAttempt, closeSignIn, writeAudit } from '#soe/accounts/store.ts'
import type { SoeDb, SoeTx } from '#soe/tables.ts'

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

/**
 * `wrong` is the answer for an unknown CPF, a wrong password and an account without one: the same, after the same work.
 * `right`: the password is; the try stays open until a second factor, where one is needed, is there too. `stamp`: of that
 * password (`stampOf`), so that what follows can see whether it is still the account's.
 */
export type SignInResult =
  | {
      readonly is: 'right'
      readonly accountId: string
      readonly institutionId: number
      readonly attempt: number
      readonly stamp: string
    }
  | { readonly is: 'wrong' | 'blocked' | 'slowed' }

/** Checks CPF and password. Tries are counted by where they come from and by the CPF. */
export async function checkPassword(
  db: SoeDb,
  given: Credentials & { readonly from: TriedFrom },
  now: Date,
): Promise<SignInResult> {
  const { cpf, from } = given
  const attempt = await addAttempt(db, { ...from, cpf, now })
  if (mustWait(await triesOf(db, { ...from, cpf, now }))) {
    await closeAttempt(db, attempt, 'slowed')
    return { is: 'slowed' }
  }
  const account = await accountByCpf(db, cpf)
  const right = await isPassword(given.password, account?.passwordHash)
  const stamp = right ? stampOf(account) : undefined
  if (account && stamp)
    return { is: 'right', accountId: account.id, institutionId: account.institutionId, attempt, stamp }
  // That an account is blocked is told only to who knows its password.
  const is = account && right ? 'blocked' : 'wrong'
  await refuse(db, { attempt, address: from.address, account, why: is, now })
  return { is }
}

/** A try at something that only the owner of an account knows: a second factor. Counted with the tries at the password. */
export async function refuse(
  db: SoeDb,
  given: {
    readonly attempt: number
    readonly address: string
    readonly account: Pick<SignInAccount, 'id' | 'institutionId'> | undefined
    readonly why: string
    readonly now: Date
  },
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await closeAttempt(tx, given.attempt, 'refused')
    await writeAudit(tx, {
      at: given.now,
      event: 'sign-in-refused',
      actorId: null,
      accountId: given.account?.id ?? null,
      institutionId: given.account?.institutionId ?? null,
      facts: { address: given.address, why: given.why },
    })
  })
}

/** Closes a sign-in that has all it needs. `methods`: how the person showed who it is. */
export async function completeSignIn(
  db: SoeDb,
  given: {
    readonly accountId: string
    readonly institutionId: number
    readonly attempt: number
    readonly from: TriedFrom
    readonly methods: readonly string[]
  },
  now: Date,
): Promise<void> {
  const { accountId, institutionId, methods } = given
  await db.transaction().execute(async (tx) => {
    await closeSignIn(tx, given.attempt, given.from)
    const facts = { address: given.from.address, methods }
    await writeAudit(tx, { at: now, event: 'signed-in', actorId: accountId, accountId, institutionId, facts })
  })
}
