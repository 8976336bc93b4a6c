// The log of sign-ins: who came in and who was refused out of the audit, and tries that were slowed down. No secrets: none
// of these tables holds one. It runs in the scope of the whole house.
import { type RawBuilder, sql } from 'kysely'
import { cleanCpf } from '#shared/kit/cpf.ts'
import { matches } from '#soe/institutions/reads.ts'
import type { SignInPlace, SignInSearch } from '#soe/sign-ins/rules.ts'
import type { SoeTx } from '#soe/tables.ts'

export interface SignIn extends SignInPlace {
  readonly result: 'entrou' | 'recusada' | 'contida'
  /** null: no account has the CPF that was typed. */
  readonly name: string | null
  readonly accountId: string | null
  readonly cpf: string | null
  readonly institutionId: number | null
  readonly institution: string | null
  /** Network address: IPv6 by its /64. */
  readonly address: string | null
  /** Names of RFC 8176: how the person showed who it is. */
  readonly methods: readonly string[]
  /** Why it was refused; null: it was not. */
  readonly why: string | null
}

export const SIGN_INS_A_PAGE = 50
const MOST_MEANT = 200

type Ids<T> = readonly T[] | undefined

/** The accounts a filter means; undefined: all. */
async function accountsMeant(tx: SoeTx, term: string): Promise<Ids<string>> {
  if (term === '') return undefined
  const digits = cleanCpf(term)
  const like = `%${term.replace(/[\\%_]/g, '\\$&')}%`
  const { rows } = await sql<{ id: string }>`/* plan anew */
    select id from soe.account where name ilike ${like} or (${/^\d{3,11}$/.test(digits)} and cpf like ${`${digits}%`})
     order by lower(name), id limit ${sql.lit(MOST_MEANT)}`.execute(tx)
  return rows.map((row) => row.id)
}

async function institutionsMeant(tx: SoeTx, term: string): Promise<Ids<number>> {
  if (term === '') return undefined
  const { rows } = await sql<{ id: number }>`/* plan anew */
    select i.id from soe.institution i where ${matches(term)} order by i.id limit ${sql.lit(MOST_MEANT)}`.execute(tx)
  return rows.map((row) => row.id)
}

interface Columns {
  readonly at: RawBuilder<unknown>
  readonly id: RawBuilder<unknown>
  readonly account: RawBuilder<unknown>
  readonly institution: RawBuilder<unknown>
}

/** What both sources are narrowed by, each by its own columns. */
function narrowed({ search, who }: { search: SignInSearch; who: Meant }, of: Columns, source: 0 | 1) {
  const { after, from, until } = search
  // A place of the other source: all of this one at the same instant come behind it, or none.
  const bound = after && (after.source === source ? after.id : source > after.source ? Number.MAX_SAFE_INTEGER : 0)
  return sql.join(
    [
      from ? sql`${of.at} >= ${from}` : sql`true`,
      until ? sql`${of.at} < ${until}` : sql`true`,
      after ? sql`(${of.at}, ${of.id}) < (${after.at}, ${bound})` : sql`true`,
      who.accounts ? sql`${of.account} = any(${[...who.accounts]}::uuid[])` : sql`true`,
      who.institutions ? sql`${of.institution} = any(${[...who.institutions]}::int[])` : sql`true`,
    ],
    sql` and `,
  )
}

const EVENTS = {
  entrou: sql`e.event = 'signed-in'`,
  recusada: sql`e.event = 'sign-in-refused'`,
  contida: sql`false`,
} as const
const BOTH = sql`e.event in ('signed-in', 'sign-in-refused')`
const MORE = sql.lit(SIGN_INS_A_PAGE + 1)

/** Which accounts and institutions a search means; undefined: all. */
interface Meant {
  readonly accounts: Ids<string>
  readonly institutions: Ids<number>
}

/** A page of the log, newest first; one more than a page tells of more. */
export async function signInsPage(tx: SoeTx, search: SignInSearch): Promise<readonly SignIn[]> {
  const who = {
    accounts: await accountsMeant(tx, search.person),
    institutions: await institutionsMeant(tx, search.institution),
  }
  return (await signInsStatement(search, who).execute(tx)).rows
}

/** The statement itself; exported for the test that explains it. */
export function signInsStatement(search: SignInSearch, who: Meant): RawBuilder<SignIn> {
  const audit = { at: sql`e.at`, id: sql`e.id`, account: sql`e.account_id`, institution: sql`e.institution_id` }
  const tries = { at: sql`t.at`, id: sql`t.id`, account: sql`a.id`, institution: sql`a.institution_id` }
  const events = search.result ? sql`${BOTH} and ${EVENTS[search.result]}` : BOTH
  const slowed = search.result === undefined || search.result === 'contida' ? sql`t.outcome = 'slowed'` : sql`false`
  return sql<SignIn>`/* plan anew */
    select l.at, l.source, l.id, l.result, l.address, l.methods, l.why, a.name, a.id as "accountId",
           coalesce(a.cpf::text, nullif(l.cpf, '00000000000')) as cpf, i.id as "institutionId", i.name as institution
      from ((select e.at, 0 as source, e.id, case e.event when 'signed-in' then 'entrou' else 'recusada' end as result,
                    e.account_id, null as cpf, e.facts->>'address' as address,
                    coalesce(e.facts->'methods', '[]') as methods, e.facts->>'why' as why
               from soe.audit e where ${events} and ${narrowed({ search, who }, audit, 0)}
              order by e.at desc, e.id desc limit ${MORE})
            union all
            (select t.at, 1, t.id, 'contida', a.id, t.cpf::text, t.address, '[]', null
               from soe.sign_in_attempt t left join soe.account a on a.cpf = t.cpf
              where ${slowed} and ${narrowed({ search, who }, tries, 1)}
              order by t.at desc, t.id desc limit ${MORE})) l
      left join soe.account a on a.id = l.account_id left join soe.institution i on i.id = a.institution_id
     order by l.at desc, l.source, l.id desc limit ${MORE}`
}
