// What masters and administrators do with operators. Each: lock, decide, write, audit with before and after, in one
// transaction in the manager's scope. Who is out of scope is not found.
import { bad, type Checked, good } from '#shared/problems.ts'
import { found, Refusal } from '#shared/refusals.ts'
import { writeAudit } from '#soe/accounts/store.ts'
import { postInvitation, postNotice, postReset } from '#soe/operators/letters.ts'
import {
  accountOfCpf,
  confirmationMonths,
  cpfTaken,
  mastersLeft,
  type Operator,
  operatorById,
  operatorByRequest,
} from '#soe/operators/reads.ts'
import { grantableIn, type Manager, type NewOperator, type OperatorData } from '#soe/operators/rules.ts'
import {
  addClass,
  addOperator,
  changeData,
  changeEnd,
  changeMaster,
  changeStatus,
  confirmHeld,
  keepConfirmationMonths,
  lockAccount,
  lockInstitution,
  removeClass,
  takeFactors,
  voidLinks,
} from '#soe/operators/store.ts'
import type { SoeTx } from '#soe/tables.ts'

/** One thing done by a manager: the transaction, who, when, and the origin that links in letters begin with. */
export interface Doing {
  readonly tx: SoeTx
  readonly manager: Manager
  readonly origin: string
  readonly now: Date
}

/** The operator, locked, if the manager may change it; else it does not exist. */
async function locked({ tx, manager }: Doing, id: string): Promise<Operator> {
  if (!(await lockAccount(tx, id))) throw new Refusal('not-found')
  const operator = found(await operatorById(tx, id))
  const may = manager.administrator || (manager.master && operator.institutionId === manager.institutionId)
  if (!may) throw new Refusal('not-found')
  return operator
}

/** `facts` hold `before` and `after` of what has changed. */
async function audit(
  doing: Doing,
  event: string,
  about: { id: string | null; institutionId: number; facts: Record<string, unknown> },
): Promise<void> {
  await writeAudit(doing.tx, {
    at: doing.now,
    event,
    actorId: doing.manager.accountId,
    accountId: about.id,
    institutionId: about.institutionId,
    facts: about.facts,
  })
}

export interface Invitation {
  readonly operator: NewOperator
  readonly institution: { readonly id: number; readonly name: string; readonly runsSoe: boolean }
  /** Named by administrators alone. */
  readonly master: boolean
  /** UUID of the form: sent twice, it invites once. */
  readonly requestKey: string | null
}

/**
 * Registers a person and posts the link to set its password. Returns the account's id. A CPF that has an account is a
 * problem: `cpf-here` (with its id) or `cpf-elsewhere`, which does not tell where.
 */
export async function inviteOperator(doing: Doing, given: Invitation): Promise<Checked<string>> {
  const { tx, manager, now } = doing
  const { operator, institution, master, requestKey } = given
  const own = manager.master && institution.id === manager.institutionId
  if (!manager.administrator && (master || !own)) throw new Refusal('not-found')
  const done = requestKey === null ? undefined : await operatorByRequest(tx, requestKey)
  if (done) return good(done)
  const row = { ...operator, institutionId: institution.id, master, requestKey, now }
  const id = await addOperator(tx, row)
  if (id === undefined) {
    // The same form may have got there first, at the same instant.
    const same = requestKey === null ? undefined : await operatorByRequest(tx, requestKey)
    return same ? good(same) : await takenProblem(doing, operator.cpf, institution.id)
  }
  for (const one of operator.classes)
    await addClass(tx, { accountId: id, class: one, endsOn: null, by: manager.accountId, now })
  const { name, email, classes } = operator
  await audit(doing, 'account-invited', {
    id,
    institutionId: institution.id,
    facts: { after: { name, email, classes, master } },
  })
  await postInvitation(doing, { id, name, email, institutionName: institution.name, master })
  return good(id)
}

/** Audited, so that trying CPFs through is seen; the CPF itself is not kept. */
async function takenProblem(doing: Doing, cpf: string, institutionId: number): Promise<Checked<string>> {
  const { tx } = doing
  const refused = async (id: string | null, why: string) =>
    audit(doing, 'invitation-refused', { id, institutionId, facts: { why } })
  const there = await accountOfCpf(tx, cpf)
  if (there?.institutionId === institutionId) {
    await refused(there.id, 'cpf-here')
    return bad({ field: 'cpf', code: 'cpf-here', with: { id: there.id } })
  }
  if (await cpfTaken(tx, cpf)) {
    await refused(null, 'cpf-elsewhere')
    return bad({ field: 'cpf', code: 'cpf-elsewhere' })
  }
  throw new Refusal('changed-meanwhile')
}

/**
 * Changes name and e-mail. Nothing changed leaves no entry. With another e-mail the links sent to the one before end, and
 * it is told: whoever may change where links go must not do so unseen.
 */
export async function editOperator(doing: Doing, id: string, data: OperatorData): Promise<void> {
  const operator = await locked(doing, id)
  const changed = (['name', 'email'] as const).filter((key) => operator[key] !== data[key])
  if (changed.length === 0) return
  await changeData(doing.tx, id, data)
  const pick = (from: OperatorData) => Object.fromEntries(changed.map((key) => [key, from[key]]))
  const facts = { before: pick(operator), after: pick(data) }
  await audit(doing, 'account-edited', { id, institutionId: operator.institutionId, facts })
  if (operator.email === data.email) return
  await voidLinks(doing.tx, id, doing.now)
  if (operator.entered) await postNotice(doing, operator, 'emailChanged')
}

/** Blocks an operator: nobody signs in with it, and its sessions end. */
export async function blockOperator(doing: Doing, id: string): Promise<Checked<undefined>> {
  const operator = await locked(doing, id)
  if (operator.status === 'blocked') return good(undefined)
  if (id === doing.manager.accountId) return bad({ field: 'bloqueio', code: 'own-account' })
  if (await isLastMaster(doing, operator)) return bad({ field: 'bloqueio', code: 'last-master' })
  await changeStatus(doing.tx, id, 'blocked')
  // Not to come back to life with the account.
  await voidLinks(doing.tx, id, doing.now)
  await audit(doing, 'account-blocked', {
    id,
    institutionId: operator.institutionId,
    facts: { before: { status: 'active' }, after: { status: 'blocked' } },
  })
  return good(undefined)
}

export async function reactivateOperator(doing: Doing, id: string): Promise<void> {
  const operator = await locked(doing, id)
  if (operator.status === 'active') return
  await changeStatus(doing.tx, id, 'active')
  await audit(doing, 'account-reactivated', {
    id,
    institutionId: operator.institutionId,
    facts: { before: { status: 'blocked' }, after: { status: 'active' } },
  })
}

/**
 * Takes the second factors of a person who lost them: the next sign-in is by password alone, or sets one up where it must.
 * One's own go by the own account, which asks for the password.
 */
export async function takeSecondFactor(doing: Doing, id: string): Promise<Checked<undefined>> {
  const operator = await locked(doing, id)
  if (id === doing.manager.accountId) return bad({ field: 'bloqueio', code: 'own-factor' })
  if (!(await takeFactors(doing.tx, id))) return good(undefined)
  await audit(doing, 'factors-taken', { id, institutionId: operator.institutionId, facts: {} })
  await postNotice(doing, operator, 'factorsTaken')
  return good(undefined)
}

/** Waits for its turn at the institution, so that of two masters who leave at once one is the last. */
async function isLastMaster({ tx }: Doing, operator: Operator): Promise<boolean> {
  if (!operator.master || operator.status !== 'active' || !operator.entered) return false
  const { institutionId, id } = operator
  await lockInstitution(tx, institutionId)
  return (await mastersLeft(tx, { institutionId, without: id })) === 0
}

/** Names an operator master or withdraws it; administrators alone. */
export async function setMaster(doing: Doing, id: string, master: boolean): Promise<Checked<undefined>> {
  if (!doing.manager.administrator) throw new Refusal('not-found')
  const operator = await locked(doing, id)
  if (operator.master === master) return good(undefined)
  if (!master && (await isLastMaster(doing, operator))) return bad({ field: 'master', code: 'last-master' })
  await changeMaster(doing.tx, id, master)
  const facts = { before: { master: operator.master }, after: { master } }
  await audit(doing, master ? 'master-named' : 'master-withdrawn', {
    id,
    institutionId: operator.institutionId,
    facts,
  })
  return good(undefined)
}

/** Grants a class, to others or to oneself (guide, step 1, remark 1), or changes the end of one that is held. */
export async function grantClass(
  doing: Doing,
  id: string,
  given: { class: number; endsOn: string | null },
): Promise<Checked<undefined>> {
  const operator = await locked(doing, id)
  if (!grantableIn(operator).includes(given.class)) return bad({ field: 'classe', code: 'class-elsewhere' })
  const held = operator.classes.find((one) => one.class === given.class)
  const { tx, manager, now } = doing
  const about = { id, institutionId: operator.institutionId }
  if (!held) {
    await addClass(tx, { accountId: id, ...given, by: manager.accountId, now })
    await audit(doing, 'class-granted', { ...about, facts: { after: given } })
  } else if (held.endsOn !== given.endsOn) {
    await changeEnd(tx, { accountId: id, ...given })
    const before = { class: given.class, endsOn: held.endsOn }
    await audit(doing, 'class-end-changed', { ...about, facts: { before, after: given } })
  }
  return good(undefined)
}

/** Takes a class away; what is open with it ends within seconds. */
export async function takeClass(doing: Doing, id: string, number: number): Promise<void> {
  const operator = await locked(doing, id)
  const held = operator.classes.find((one) => one.class === number)
  if (!held) return
  await removeClass(doing.tx, { accountId: id, class: number })
  const before = { class: number, endsOn: held.endsOn }
  await audit(doing, 'class-taken', { id, institutionId: operator.institutionId, facts: { before } })
}

/** Says that an operator still needs a class: the next confirmation is due a period from now. */
export async function confirmClass(doing: Doing, id: string, number: number): Promise<void> {
  const operator = await locked(doing, id)
  const held = operator.classes.find((one) => one.class === number)
  if (!held) return
  const { tx, manager, now } = doing
  await confirmHeld(tx, { accountId: id, class: number, by: manager.accountId, now })
  await audit(doing, 'class-confirmed', {
    id,
    institutionId: operator.institutionId,
    facts: { before: { class: number, since: held.since }, after: { class: number, since: now } },
  })
}

/** Posts another link: the invitation while no password was set, else one to set another. The link before it ends. */
export async function sendLink(doing: Doing, id: string): Promise<Checked<'invitation' | 'reset'>> {
  const operator = await locked(doing, id)
  if (operator.status === 'blocked') return bad({ field: 'bloqueio', code: 'link-blocked' })
  const { name, email, institutionName, master } = operator
  const purpose = operator.entered ? 'reset' : 'invitation'
  if (purpose === 'reset') await postReset(doing, { id, name, email })
  else await postInvitation(doing, { id, name, email, institutionName, master })
  await audit(doing, `${purpose}-sent`, { id, institutionId: operator.institutionId, facts: {} })
  return good(purpose)
}

/** Sets how often classes are to be confirmed, everywhere; administrators alone. Nothing changed leaves no entry. */
export async function setConfirmationMonths(doing: Doing, months: number): Promise<void> {
  const { tx, manager, now } = doing
  if (!manager.administrator) throw new Refusal('not-found')
  const before = await confirmationMonths(tx)
  if (before === months) return
  await keepConfirmationMonths(tx, { months, now })
  const facts = { before: { months: before }, after: { months } }
  await writeAudit(tx, { at: now, event: 'setting-changed', actorId: manager.accountId, accountId: null, facts })
}
