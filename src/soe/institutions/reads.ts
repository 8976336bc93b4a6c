// What the administrator's pages show of institutions and their masters. They run in the scope of the whole house.
import { sql } from 'kysely'
import { normalise } from '#shared/kit/identifiers/normalise.ts'
import type { SoeTx } from '#soe/tables.ts'

export interface Institution {
  readonly id: number
  readonly cnpj: string
  readonly name: string
  readonly status: 'active' | 'suspended'
  readonly runsSoe: boolean
  readonly createdAt: Date
  readonly operators: number
  /** Masters who can sign in. */
  readonly masters: number
}

export const INSTITUTION_FILTERS = ['todas', 'ativas', 'suspensas', 'sem-master'] as const
export type InstitutionFilter = (typeof INSTITUTION_FILTERS)[number]

const HAS_MASTER = sql`exists (select from soe.account a where a.institution_id = i.id and a.master
  and a.status = 'active' and a.password_hash is not null)`
const FILTER = {
  todas: sql`true`,
  ativas: sql`i.status = 'active'`,
  suspensas: sql`i.status = 'suspended'`,
  'sem-master': sql`i.status = 'active' and not ${HAS_MASTER}`,
} as const satisfies Record<InstitutionFilter, unknown>

const INSTITUTION = sql`i.id, i.cnpj::text as cnpj, i.name, i.status, i.runs_soe as "runsSoe", i.created_at as "createdAt",
  (select count(*)::int from soe.account a where a.institution_id = i.id) as operators,
  (select count(*)::int from soe.account a where a.institution_id = i.id and a.master and a.status = 'active'
      and a.password_hash is not null) as masters`

export interface InstitutionSearch {
  /** Part of a name, or the beginning of a CNPJ in any spelling. */
  readonly term: string
  readonly filter: InstitutionFilter
  /** From 0. */
  readonly page: number
}

export const INSTITUTIONS_A_PAGE = 25
const MOST_PAGES = 1000

/** Which institutions a term means. */
export function matches(term: string) {
  const like = `%${term.replace(/[\\%_]/g, '\\$&')}%`
  const cnpj = normalise(term)
  return term === '' ? sql`true` : sql`(i.name ilike ${like} or (${cnpj.length >= 2} and i.cnpj like ${`${cnpj}%`}))`
}

/** A page of the institutions by name, and whether more follow. */
export async function institutionsPage(
  tx: SoeTx,
  search: InstitutionSearch,
): Promise<{ institutions: Institution[]; more: boolean }> {
  const offset = Math.min(search.page, MOST_PAGES) * INSTITUTIONS_A_PAGE
  const { rows } = await sql<Institution>`/* plan anew */
    select ${INSTITUTION} from (
      select i.* from soe.institution i where ${FILTER[search.filter]} and ${matches(search.term)}
       order by lower(i.name), i.id limit ${sql.lit(INSTITUTIONS_A_PAGE + 1)} offset ${sql.lit(offset)}) i
     order by lower(i.name), i.id`.execute(tx)
  return { institutions: rows.slice(0, INSTITUTIONS_A_PAGE), more: rows.length > INSTITUTIONS_A_PAGE }
}

/** One institution; undefined: there is none. `lock`: its changes take turns. */
export async function institutionById(tx: SoeTx, id: number, lock = false): Promise<Institution | undefined> {
  const { rows } = await sql<Institution>`
    select ${INSTITUTION} from soe.institution i where i.id = ${id} ${lock ? sql`for update of i` : sql``}`.execute(tx)
  return rows[0]
}

/** The institution of a CNPJ, or the one a form with this key has added. */
export async function institutionLike(
  tx: SoeTx,
  given: { cnpj: string; requestKey: string },
): Promise<{ id: number; ownForm: boolean } | undefined> {
  const { rows } = await sql<{ id: number; ownForm: boolean }>`
    select id, coalesce(request_key = ${given.requestKey}::uuid, false) as "ownForm" from soe.institution
     where cnpj = ${given.cnpj} or request_key = ${given.requestKey}::uuid order by 2 desc limit 1`.execute(tx)
  return rows[0]
}
