// What is read of accounts: for signing in, for the claims EPROD receives, for slowing tries down.
import { sql } from 'kysely'
import { KNOWN_DAYS, type TriedFrom, type Tries, WINDOW_MINUTES } from '#soe/accounts/rules.ts'
import type { SoeDb, SoeTx } from '#soe/tables.ts'

export interface SignInAccount {
  readonly id: string
  readonly passwordHash: string | null
  readonly status: 'active' | 'blocked'
  readonly institutionId: number
  readonly name: string
  readonly email: string
}

/** The account of a CPF, with what signing in needs. */
export async function accountByCpf(db: SoeDb | SoeTx, cpf: string): Promise<SignInAccount | undefined> {
  return db
    .selectFrom('soe.account')
    .select(['id', 'password_hash as passwordHash', 'status', 'institution_id as institutionId', 'name', 'email'])
    .where('cpf', '=', cpf)
    .executeTakeFirst()
}

/** What the scope `eprod` tells. A type, not an interface: it is handed on as plain claims. */
export type AccountClaims = {
  readonly cpf: string
  readonly name: string
  readonly email: string
  readonly institution: { readonly cnpj: string; readonly name: string; readonly status: 'active' | 'suspended' }
  readonly classes: number[]
  /** May manage the operators of its institution, itself included. */
  readonly master: boolean
  /** Who manages the institution's operators; at most ten. */
  readonly masters: string[]
}

/** Whether a class `c` counts at an instant: not beyond its last day, as it is in São Paulo. */
export const countsAt = (now: Date) =>
  sql`(c.ends_on is null or c.ends_on >= (${now}::timestamptz at time zone 'America/Sao_Paulo')::date)`

/** The claims of an active account, with the classes that count at `now`; undefined: unknown or blocked, and so nobody. */
export async function claimsOf(db: SoeDb, accountId: string, now: Date): Promise<AccountClaims | undefined> {
  if (!/^[0-9a-f-]{36}$/.test(accountId)) return undefined
  const { rows } = await sql<AccountClaims>`
    select a.cpf::text as cpf, a.name, a.email, a.master,
           jsonb_build_object('cnpj', i.cnpj, 'name', i.name, 'status', i.status) as institution,
           array(select c.class from soe.account_class c where c.account_id = a.id
                  and ${countsAt(now)}
                order by c.class) as classes,
           array(select m.name from soe.account m
                  where m.institution_id = a.institution_id and m.master and m.status = 'active'
                    and m.password_hash is not null order by (m.id = a.id) desc, m.name limit 10) as masters
      from soe.account a join soe.institution i on i.id = a.institution_id
     where a.id = ${accountId}::uuid and a.status = 'active'`.execute(db)
  return rows[0]
}

/** How often a CPF, an address and both together were tried lately. Tries that were only slowed down do not count. */
export async function triesOf(db: SoeDb, given: TriedFrom & { cpf: string; now: Date }): Promise<Tries> {
  const { cpf, address, device, now } = given
  const recently = sql`at > ${now}::timestamptz - make_interval(mins => ${sql.lit(WINDOW_MINUTES)}) and outcome in ('open', 'refused')`
  const before = sql`outcome = 'in' and at > ${now}::timestamptz - make_interval(days => ${sql.lit(KNOWN_DAYS)})`
  const { rows } = await sql<Tries>`
    select (select count(*)::int from soe.sign_in_attempt where cpf = ${cpf} and address = ${address} and ${recently}) as here,
           (select count(*)::int from soe.sign_in_attempt where address = ${address} and ${recently}) as address,
           (select count(*)::int from soe.sign_in_attempt where cpf = ${cpf} and ${recently}) as cpf,
           exists (select from soe.sign_in_attempt where cpf = ${cpf} and address = ${address} and ${before}) as known,
           case when exists (select from soe.sign_in_attempt where cpf = ${cpf} and device = ${device} and ${before}) then
             (select count(*)::int from soe.sign_in_attempt where cpf = ${cpf} and device = ${device} and ${recently}) end as device`.execute(
    db,
  )
  return rows[0]!
}
