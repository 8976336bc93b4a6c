// What masters and administrators change of accounts and classes: the only writer of these columns.
import { sql } from 'kysely'
import type { NewOperator, OperatorData } from '#soe/operators/rules.ts'
import type { SoeTx } from '#soe/tables.ts'

/** Locks an institution's row: changes of its masters take turns. */
export async function lockInstitution(tx: SoeTx, id: number): Promise<void> {
  await sql`select from soe.institution where id = ${id} for update`.execute(tx)
}

/** Locks an account's row; false: there is none here. */
export async function lockAccount(tx: SoeTx, id: string): Promise<boolean> {
  const { rows } = await sql`select id from soe.account where id = ${id}::uuid for update`.execute(tx)
  return rows.length === 1
}

/** Adds an account without a password; undefined: the CPF, or the form's key, was there first. */
export async function addOperator(
  tx: SoeTx,
  operator: Omit<NewOperator, 'classes'> & {
    institutionId: number
    master: boolean
    requestKey: string | null
    now: Date
  },
): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    insert into soe.account (institution_id, cpf, name, email, master, request_key, created_at)
    values (${operator.institutionId}, ${operator.cpf}, ${operator.name}, ${operator.email}, ${operator.master},
            ${operator.requestKey}::uuid, ${operator.now})
    on conflict do nothing returning id`.execute(tx)
  return rows[0]?.id
}

export async function changeData(tx: SoeTx, id: string, data: OperatorData): Promise<void> {
  await tx.updateTable('soe.account').set({ name: data.name, email: data.email }).where('id', '=', id).execute()
}

export async function changeStatus(tx: SoeTx, id: string, status: 'active' | 'blocked'): Promise<void> {
  await tx.updateTable('soe.account').set({ status }).where('id', '=', id).execute()
}

export async function changeMaster(tx: SoeTx, id: string, master: boolean): Promise<void> {
  await tx.updateTable('soe.account').set({ master }).where('id', '=', id).execute()
}

/** Takes all second factors and recovery codes of an account; false: it had none. */
export async function takeFactors(tx: SoeTx, id: string): Promise<boolean> {
  const { rows } = await sql<{ had: boolean }>`select soe.take_factors(${id}::uuid) as had`.execute(tx)
  return rows[0]?.had ?? false
}

/** Links that were sent to an address that is no longer the account's are worth nothing. */
export async function voidLinks(tx: SoeTx, id: string, now: Date): Promise<void> {
  await sql`update soe.link set replaced_at = ${now}
    where account_id = ${id}::uuid and used_at is null and replaced_at is null`.execute(tx)
}

export interface Grant {
  readonly accountId: string
  readonly class: number
  readonly endsOn: string | null
  readonly by: string
  readonly now: Date
}

/** Grants a class; false: it is held already. */
export async function addClass(tx: SoeTx, grant: Grant): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into soe.account_class (account_id, class, granted_at, granted_by, ends_on)
    values (${grant.accountId}::uuid, ${grant.class}, ${grant.now}, ${grant.by}::uuid, ${grant.endsOn}::date)
    on conflict (account_id, class) do nothing`.execute(tx)
  return numAffectedRows === 1n
}

export async function changeEnd(tx: SoeTx, grant: Pick<Grant, 'accountId' | 'class' | 'endsOn'>): Promise<void> {
  await sql`update soe.account_class set ends_on = ${grant.endsOn}::date
    where account_id = ${grant.accountId}::uuid and class = ${grant.class}`.execute(tx)
}

export async function confirmHeld(tx: SoeTx, grant: Omit<Grant, 'endsOn'>): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update soe.account_class set confirmed_at = ${grant.now}, confirmed_by = ${grant.by}::uuid
     where account_id = ${grant.accountId}::uuid and class = ${grant.class}`.execute(tx)
  return numAffectedRows === 1n
}

/** Takes a class away; false: it was not held. Sessions end by the database's own doing (0025). */
export async function removeClass(tx: SoeTx, held: Pick<Grant, 'accountId' | 'class'>): Promise<boolean> {
  const { numAffectedRows } = await sql`delete from soe.account_class
    where account_id = ${held.accountId}::uuid and class = ${held.class}`.execute(tx)
  return numAffectedRows === 1n
}

/** Keeps a setting of SOE/WEB: months between two confirmations of a class. */
export async function keepConfirmationMonths(tx: SoeTx, given: { months: number; now: Date }): Promise<void> {
  await sql`insert into soe.setting (key, value, changed_at) values ('recertify-months', ${given.months}, ${given.now})
    on conflict (key) do update set value = excluded.value, changed_at = excluded.changed_at`.execute(tx)
}
