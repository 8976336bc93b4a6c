// What the administrator does with institutions and their masters. Each: lock, decide, write, audit with before and after.
import { parseCpf } from '#shared/kit/identifiers/cpf.ts'
import { bad, type Checked, good, type Problem } from '#shared/problems.ts'
import { found, Refusal } from '#shared/refusals.ts'
import { isCnpj } from '#soe/accounts/rules.ts'
import { writeAudit } from '#soe/accounts/store.ts'
import { institutionById, institutionLike } from '#soe/institutions/reads.ts'
import type { NewInstitution } from '#soe/institutions/rules.ts'
import { addInstitution, changeName, changeStatus, keepInstitution } from '#soe/institutions/store.ts'
import { type Doing, inviteOperator, setMaster } from '#soe/operators/actions.ts'
import { accountOfCpf } from '#soe/operators/reads.ts'
import { readOperatorData } from '#soe/operators/rules.ts'
import type { SoeTx } from '#soe/tables.ts'

/** Keeps an institution (known by its CNPJ, 14 characters without mask) under a name. `runsSoe`: it is the DETRAN-RS. */
export async function nameInstitution(
  tx: SoeTx,
  given: { cnpj: string; name: string; runsSoe?: boolean; now: Date },
): Promise<Checked<number>> {
  if (!isCnpj(given.cnpj)) return bad({ field: 'cnpj', code: 'cnpj-wrong' })
  return good(await keepInstitution(tx, given))
}

/** Administrators alone; for anybody else there is nothing here. */
function onlyAdministrator({ manager }: Doing): void {
  if (!manager.administrator) throw new Refusal('not-found')
}

async function audit(
  doing: Doing,
  event: string,
  about: { id: number; facts: Record<string, unknown> },
): Promise<void> {
  const { tx, manager, now } = doing
  const entry = { at: now, event, actorId: manager.accountId, accountId: null }
  await writeAudit(tx, { ...entry, institutionId: about.id, facts: about.facts })
}

/** Adds an institution; returns its id. Sent twice by the same form it is added once. */
export async function registerInstitution(
  doing: Doing,
  given: NewInstitution & { readonly requestKey: string },
): Promise<Checked<number>> {
  onlyAdministrator(doing)
  const { tx, now } = doing
  const { cnpj, name, requestKey } = given
  const id = await addInstitution(tx, { cnpj, name, requestKey, now })
  if (id === undefined) {
    const there = found(await institutionLike(tx, given))
    return there.ownForm ? good(there.id) : bad({ field: 'cnpj', code: 'cnpj-taken', with: { id: there.id } })
  }
  await audit(doing, 'institution-added', { id, facts: { after: { cnpj, name, status: 'active' } } })
  return good(id)
}

/** Changes the name. Nothing changed leaves no entry. */
export async function renameInstitution(doing: Doing, id: number, name: string): Promise<void> {
  onlyAdministrator(doing)
  const before = found(await institutionById(doing.tx, id, true))
  if (before.name === name) return
  await changeName(doing.tx, id, name)
  await audit(doing, 'institution-renamed', { id, facts: { before: { name: before.name }, after: { name } } })
}

/** Suspends an institution, which ends what its people have open, or makes it active again. */
export async function setInstitutionStatus(
  doing: Doing,
  id: number,
  status: 'active' | 'suspended',
): Promise<Checked<undefined>> {
  onlyAdministrator(doing)
  const before = found(await institutionById(doing.tx, id, true))
  if (before.status === status) return good(undefined)
  // Nobody would be left who could make it active again.
  if (before.runsSoe) return bad({ field: 'situacao', code: 'own-institution' })
  await changeStatus(doing.tx, id, status)
  await audit(doing, 'institution-status', { id, facts: { before: { status: before.status }, after: { status } } })
  return good(undefined)
}

/**
 * Names a master of an institution: the operator who has the CPF there, or a newcomer, who is invited. `name` and `email`
 * count for a newcomer alone.
 */
export async function nameMaster(
  doing: Doing,
  institutionId: number,
  typed: { cpf: string; name: string; email: string; requestKey: string },
): Promise<Checked<'named' | 'invited'>> {
  onlyAdministrator(doing)
  const { id, name, runsSoe } = found(await institutionById(doing.tx, institutionId))
  const cpf = typed.cpf.trim() === '' ? bad({ field: 'cpf', code: 'operator-cpf-missing' }) : parseCpf(typed.cpf, 'cpf')
  if (!cpf.ok) return cpf
  const there = await accountOfCpf(doing.tx, cpf.value)
  if (there) return await nameOperator(doing, id, there)
  const data = readOperatorData(typed)
  if (!data.ok) return data
  const operator = { cpf: cpf.value, ...data.value, classes: [] }
  const { requestKey } = typed
  const done = await inviteOperator(doing, { operator, institution: { id, name, runsSoe }, master: true, requestKey })
  return done.ok ? good('invited') : done
}

async function nameOperator(
  doing: Doing,
  institutionId: number,
  there: { id: string; institutionId: number; status: 'active' | 'blocked' },
): Promise<Checked<'named'>> {
  const at = (code: string): { ok: false; problems: Problem[] } => bad({ field: 'cpf', code })
  if (there.institutionId !== institutionId) return at('master-elsewhere')
  if (there.status === 'blocked') return at('master-blocked')
  const done = await setMaster(doing, there.id, true)
  return done.ok ? good('named') : done
}
