// What the pages of masters show. They run in the scope of one institution, whose wall stands in the database.
import { type RawBuilder, sql } from 'kysely'
import { countsAt } from '#soe/accounts/reads.ts'
import type { Manager } from '#soe/operators/rules.ts'
import { isAdministrator } from '#soe/sessions/reads.ts'
import type { SoeDb, SoeTx } from '#soe/tables.ts'

type Handle = SoeDb | SoeTx

/** Who acts, as known now: what a session was opened with may have changed since. Undefined: nobody any more. */
export async function managerOf(db: Handle, accountId: string, now: Date): Promise<Manager | undefined> {
  const { rows } = await sql<Manager>`
    select a.id as "accountId", a.name, i.id as "institutionId", i.name as "institutionName", i.runs_soe as "runsSoe", a.master,
           ${isAdministrator(now)} as administrator
      from soe.account a join soe.institution i on i.id = a.institution_id
     where a.id = ${accountId}::uuid and a.status = 'active' and i.status = 'active'`.execute(db)
  return rows[0]
}

export interface HeldClass {
  readonly class: number
  /** Last day, `2026-12-31`; null: no end. */
  readonly endsOn: string | null
  /** Granted or last confirmed. */
  readonly since: string
}

export interface Operator {
  readonly id: string
  readonly cpf: string
  readonly name: string
  readonly email: string
  readonly master: boolean
  readonly status: 'active' | 'blocked'
  /** A password was set: the invitation was accepted. */
  readonly entered: boolean
  /** Has a second factor. */
  readonly factor: boolean
  readonly institutionId: number
  readonly institutionName: string
  readonly runsSoe: boolean
  readonly classes: readonly HeldClass[]
}

const OPERATOR = sql`a.id, a.cpf::text as cpf, a.name, a.email, a.master, a.status, a.password_hash is not null as entered, soe.has_factor(a.id) as factor,
  i.id as "institutionId", i.name as "institutionName", i.runs_soe as "runsSoe",
  coalesce((select jsonb_agg(jsonb_build_object('class', c.class, 'endsOn', c.ends_on,
      'since', coalesce(c.confirmed_at, c.granted_at)) order by c.class)
    from soe.account_class c where c.account_id = a.id), '[]') as classes`

/** The account of a CPF and where it belongs; undefined: there is none in the scope. */
export async function accountOfCpf(
  tx: SoeTx,
  cpf: string,
): Promise<{ id: string; institutionId: number; status: 'active' | 'blocked' } | undefined> {
  return await tx
    .selectFrom('soe.account')
    .select(['id', 'institution_id as institutionId', 'status'])
    .where('cpf', '=', cpf)
    .executeTakeFirst()
}

/** One operator; undefined: there is none of that id here. */
export async function operatorById(db: Handle, id: string): Promise<Operator | undefined> {
  const { rows } = await sql<Operator>`
    select ${OPERATOR} from soe.account a join soe.institution i on i.id = a.institution_id where a.id = ${id}::uuid`.execute(
    db,
  )
  return rows[0]
}

/** The masters of an institution, whether they can sign in or not. */
export async function mastersOf(db: Handle, institutionId: number): Promise<readonly Operator[]> {
  const { rows } = await sql<Operator>`
    select ${OPERATOR} from soe.account a join soe.institution i on i.id = a.institution_id
     where a.institution_id = ${institutionId} and a.master order by lower(a.name), a.id limit 200`.execute(db)
  return rows
}

export const OPERATOR_FILTERS = ['todos', 'ativos', 'bloqueados', 'convidados', 'sem-classe'] as const
export type OperatorFilter = (typeof OPERATOR_FILTERS)[number]

const FILTER: Readonly<Record<OperatorFilter, (now: Date) => RawBuilder<unknown>>> = {
  todos: () => sql`true`,
  ativos: () => sql`a.status = 'active' and a.password_hash is not null`,
  bloqueados: () => sql`a.status = 'blocked'`,
  convidados: () => sql`a.status = 'active' and a.password_hash is null`,
  'sem-classe': (now: Date) =>
    sql`not exists (select from soe.account_class c where c.account_id = a.id and ${countsAt(now)})`,
}

export interface OperatorSearch {
  readonly institutionId: number
  /** Part of a name or e-mail, or a CPF in any spelling. */
  readonly term: string
  readonly filter: OperatorFilter
  /** From 0. */
  readonly page: number
  readonly now: Date
}

export const OPERATORS_A_PAGE = 25
const MOST_PAGES = 1000

/** A page of an institution's operators by name, and whether more follow. */
export async function operatorsPage(
  db: Handle,
  search: OperatorSearch,
): Promise<{ operators: Operator[]; more: boolean }> {
  const digits = search.term.replace(/[.\-\s]/g, '')
  const like = `%${search.term.replace(/[\\%_]/g, '\\$&')}%`
  const matches =
    search.term === ''
      ? sql`true`
      : sql`(a.name ilike ${like} or a.email ilike ${like} or (${/^\d{3,11}$/.test(digits)} and a.cpf like ${`${digits}%`}))`
  const offset = Math.min(search.page, MOST_PAGES) * OPERATORS_A_PAGE
  const { rows } = await sql<Operator>`/* plan anew */
    select ${OPERATOR} from soe.account a join soe.institution i on i.id = a.institution_id
     where a.institution_id = ${search.institutionId} and ${FILTER[search.filter](search.now)} and ${matches}
     order by lower(a.name), a.id limit ${sql.lit(OPERATORS_A_PAGE + 1)} offset ${sql.lit(offset)}`.execute(db)
  return { operators: rows.slice(0, OPERATORS_A_PAGE), more: rows.length > OPERATORS_A_PAGE }
}

export interface DueClass {
  readonly accountId: string
  readonly name: string
  readonly status: 'active' | 'blocked'
  readonly class: number
  readonly endsOn: string | null
  readonly since: Date
}

/** Classes of an institution that still count and were granted or confirmed before an instant, the longest ago first; at most 200. */
export async function classesSince(
  db: Handle,
  given: { institutionId: number; before: Date; now: Date },
): Promise<readonly DueClass[]> {
  const { rows } = await sql<DueClass>`
    select a.id as "accountId", a.name, a.status, c.class, c.ends_on::text as "endsOn",
           coalesce(c.confirmed_at, c.granted_at) as since
      from soe.account_class c join soe.account a on a.id = c.account_id
     where a.institution_id = ${given.institutionId} and coalesce(c.confirmed_at, c.granted_at) <= ${given.before}
       and ${countsAt(given.now)}
     order by coalesce(c.confirmed_at, c.granted_at), a.name, c.class limit 200`.execute(db)
  return rows
}

/** Masters of an institution who can sign in. */
export async function mastersLeft(db: Handle, given: { institutionId: number; without: string }): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from soe.account where institution_id = ${given.institutionId} and master
       and status = 'active' and password_hash is not null and id <> ${given.without}::uuid`.execute(db)
  return rows[0]?.n ?? 0
}

/** Has the CPF an account, in whatever institution? */
export async function cpfTaken(db: Handle, cpf: string): Promise<boolean> {
  const { rows } = await sql<{ taken: boolean }>`select soe.cpf_taken(${cpf}) as taken`.execute(db)
  return rows[0]?.taken ?? false
}

/** The operator a form with this key has invited, so that sending it twice invites once. */
export async function operatorByRequest(db: Handle, key: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`select id from soe.account where request_key = ${key}::uuid`.execute(db)
  return rows[0]?.id
}

const YEARLY = 12

/** Months between two confirmations of a class; 0: none is asked for. */
export async function confirmationMonths(db: Handle): Promise<number> {
  const { rows } = await sql<{ value: number }>`select value from soe.setting where key = 'recertify-months'`.execute(
    db,
  )
  return rows[0]?.value ?? YEARLY
}
