// A door of this room: what an auditor searches: entries of all chains and readings, by who, what, when and which ticket.
import { sql } from 'kysely'
import { PLAN_ANEW, type Tx } from '#shared/db/connect.ts'
import { within } from '#shared/db/limits.ts'
import type { Side } from '#shared/kit/actor.ts'
import { maskCpfsIn } from '#shared/kit/cpf.ts'
import { parseCnpj } from '#shared/kit/identifiers/cnpj.ts'
import { maskCpf, parseCpf } from '#shared/kit/identifiers/cpf.ts'
import { parseTicketId } from '#shared/kit/identifiers/ticket-id.ts'
import { isoDate } from '#shared/kit/iso-date.ts'
import type { Problem } from '#shared/problems.ts'

export interface AuditQuery {
  /** Changes (the journal), or readings. */
  readonly kind: 'changes' | 'readings'
  readonly ticketId: number | undefined
  /** Part of a name, without accents and case. */
  readonly person: string
  /** Eleven digits, or ''. */
  readonly cpf: string
  /** Part of a name, or a whole CNPJ. */
  readonly institution: string
  readonly event: string
  /** `AAAA-MM-DD` in São Paulo, both included; '' leaves it open. */
  readonly from: string
  readonly to: string
  /** Rows before the one of this id. */
  readonly before: number | undefined
}

export interface AuditRow {
  readonly id: number
  readonly at: Date
  readonly personId: number | null
  readonly person: string | null
  /** Masked: `***.444.777-**`. */
  readonly cpf: string | null
  readonly institution: string | null
  readonly event: string
  readonly thing: string
  readonly thingId: string
  /** Also those that may be erased, while they are there; CPFs in them masked. */
  readonly facts: Readonly<Record<string, unknown>>
  /** Of an export or a removed search: the list's address as it was, to be told in words alone; and whose side's words. */
  readonly search: string | null
  readonly side: Side | null
  /** Whom a ticket was given to, where that changed. */
  readonly assignee: string | null
  /** Name of the person it is about, where it is about one; of a file, its name. */
  readonly about: string | null
}

export interface AskedAudit {
  readonly query: AuditQuery
  /** What is not understood, by the name of its field. */
  readonly problems: readonly Problem[]
  /** As it was typed, by the name of the field. */
  readonly typed: Readonly<Record<string, string>>
}

/** What the address asks for. */
export function readAuditQuery(params: URLSearchParams): AskedAudit {
  const typed = Object.fromEntries(
    [...params].map(([name, text]) => [name, text.trim().slice(0, 100).toWellFormed().replaceAll('\0', '')]),
  )
  const problems: Problem[] = []
  const read = <T>(name: string, how: (text: string) => T | undefined, code: string): T | undefined => {
    const text = typed[name] ?? ''
    const value = text === '' ? undefined : how(text)
    if (text !== '' && value === undefined) problems.push({ field: name, code })
    return value
  }
  const cpf = typed.cpf ? parseCpf(typed.cpf, 'cpf') : undefined
  if (cpf && !cpf.ok) problems.push(...cpf.problems)
  const query: AuditQuery = {
    kind: typed.o === 'leituras' ? 'readings' : 'changes',
    ticketId: read('chamado', parseTicketId, 'ticket-id-wrong'),
    person: typed.pessoa ?? '',
    cpf: cpf?.ok ? cpf.value : '',
    institution: typed.instituicao ?? '',
    event: typed.evento ?? '',
    from: read('de', isoDate, 'date-wrong') ?? '',
    to: read('ate', isoDate, 'date-wrong') ?? '',
    before: /^[1-9]\d{0,14}$/.test(typed.antes ?? '') ? Number(typed.antes) : undefined,
  }
  return { query, problems, typed }
}

/** A search that takes longer is given up. */
const MOST_MS = 5000

/** Things whose number is a person's. */
const PEOPLE = ['person', 'mail-choice']
const TICKETS = ['ticket', 'ticket-note', 'ticket-reading', 'ticket-reading-staff']

/**
 * Up to `most` rows, newest first; undefined: too much to look through in time. The people's CPFs are masked here, so that no
 * caller has them whole.
 */
export async function auditRows(tx: Tx, query: AuditQuery, most: number): Promise<AuditRow[] | undefined> {
  return await within(tx, MOST_MS, async () => await rowsOf(tx, query, most, await actorsOf(tx, query)))
}

/** Whose rows are asked for; undefined: anybody's. */
type Actors = { readonly people: readonly number[]; readonly institutions: readonly number[] | undefined } | undefined

/** Looked up first: few people are found by their own index, and nobody by none. */
async function actorsOf(tx: Tx, { person, cpf, institution }: AuditQuery): Promise<Actors> {
  if (person === '' && cpf === '' && institution === '') return undefined
  const cnpj = parseCnpj(institution, '')
  const named =
    institution === ''
      ? undefined
      : await sql<{ id: number }>`
    select i.id from eprod.institution i
     where ${cnpj.ok ? sql`i.cnpj = ${cnpj.value}` : sql`strpos(eprod.fold(i.name), eprod.fold(${institution})) > 0`}`.execute(
          tx,
        )
  const institutions = named?.rows.map(({ id }) => id)
  const { rows } = await sql<{ id: number }>`
    select p.id from eprod.person p
     where (${person} = '' or strpos(eprod.fold(p.name), eprod.fold(${person})) > 0) and (${cpf} = '' or p.cpf = ${cpf})
       ${institutions ? sql`and p.institution_id = any(${institutions}::int[])` : sql``}`.execute(tx)
  return { people: rows.map(({ id }) => id), institutions }
}

/** By a person; or by nobody: the clock at an institution's tickets, and whoever was refused before anybody knew them. */
function byActors({ people, institutions }: NonNullable<Actors>, { person, cpf }: AuditQuery) {
  const nobody = [
    cpf === '' ? sql`true` : sql`x.tried = ${cpf}`,
    institutions ? sql`x.institution_id = any(${[...institutions]}::int[])` : sql`true`,
  ]
  const also = person === '' ? sql`or (x.actor_id is null and ${sql.join(nobody, sql` and `)})` : sql``
  return sql`and (x.actor_id = any(${[...people]}::int[]) ${also})`
}

async function rowsOf(tx: Tx, query: AuditQuery, most: number, actors: Actors): Promise<AuditRow[]> {
  const { ticketId, event, from, to, before } = query
  const entry = sql`e.public_part || coalesce(e.private_part - ${NOT_TOLD}::text[], '{}')`
  const source =
    query.kind === 'readings'
      ? sql`select r.id, r.at, r.person_id as actor_id, r.what as event, r.thing, r.thing_id, '{}'::jsonb as facts,
                   null::int as institution_id, null::text as tried from eprod.reading r`
      : sql`select e.id, e.at, e.actor_id, e.event, e.thing, e.thing_id, e.institution_id,
                   ${entry} as facts,
                   case when e.event = 'entry-refused' then e.private_part->>'cpf' end as tried from eprod.journal_entry e`
  const { rows } = await sql<Omit<AuditRow, 'cpf'> & { cpf: string | null }>`${sql.raw(PLAN_ANEW)}
    select x.id, x.at, p.id as "personId", p.name as person, coalesce(p.cpf, x.facts->>'cpf') as cpf, i.name as institution, x.event, x.thing,
           x.thing_id as "thingId", x.facts, p.side,
           case when x.event in ('export', 'remove-search') then x.facts->>'path' end as search,
           (select n.name from eprod.person n where n.id = (x.facts->>'assignee')::int) as assignee,
           case when x.thing = any(${PEOPLE}) then (select n.name from eprod.person n where n.id = x.thing_id::int)
                when x.event = 'open-file' then (select a.name from eprod.attachment a where a.ticket_id = x.thing_id::bigint
                                                                                         and a.n = (x.facts->>'n')::int)
           end as about
      from (${source}) x
      left join eprod.person p on p.id = x.actor_id
      left join eprod.institution i on i.id = coalesce(p.institution_id, x.institution_id)
     where true
       ${before === undefined ? sql`` : sql`and (x.at, x.id) < ((select y.at from (${source}) y where y.id = ${before}), ${before}::bigint)`}
       ${ticketId === undefined ? sql`` : sql`and x.thing = any(${TICKETS}) and x.thing_id = ${String(ticketId)}`}
       ${actors ? byActors(actors, query) : sql``}
       ${event === '' ? sql`` : sql`and x.event = ${event}`}
       ${from === '' ? sql`` : sql`and x.at >= (${from} || ' 00:00-03')::timestamptz`}
       ${to === '' ? sql`` : sql`and x.at < (${to} || ' 00:00-03')::timestamptz + interval '1 day'`}
     order by x.at desc, x.id desc limit ${sql.lit(most)}`.execute(tx)
  return rows.map((row) => ({ ...row, facts: masked(row) as AuditRow['facts'], cpf: row.cpf && maskCpf(row.cpf) }))
}

/** Of private parts: what covers a text or files says nothing, and who was refused is masked in the public one. */
const NOT_TOLD = ['text', 'files', 'documents', 'cpf']

/** Facts with the CPFs in them masked; a RENAVAM has as many digits, and stays. Of a person, before and after have names. */
function masked({ event, facts }: Pick<AuditRow, 'event' | 'facts'>): unknown {
  const mask = (value: unknown, name = ''): unknown => {
    if (typeof value === 'string') return name === 'renavam' ? value : maskCpfsIn(value)
    if (Array.isArray(value)) {
      const [first, second] = value
      return event === 'change-person' ? { name: mask(first), email: mask(second) } : value.map((one) => mask(one))
    }
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([inner, one]) => [inner, mask(one, inner)]))
  }
  return mask(facts)
}

export interface LastSeal {
  readonly day: string
  readonly hash: string
}

/** The newest daily seal, to be written down elsewhere: whoever has it can prove what was there. */
export async function lastSeal(tx: Tx): Promise<LastSeal | undefined> {
  const { rows } = await sql<LastSeal>`
    select s.day::text, encode(s.hash, 'hex') as hash from eprod.seal s order by s.day desc limit 1`.execute(tx)
  return rows[0]
}

/** A person's name and whole CPF; the database asks for class 905. */
export async function fullCpf(tx: Tx, personId: number): Promise<{ name: string; cpf: string } | undefined> {
  const { rows } = await sql<{ name: string; cpf: string }>`
    select p.name, eprod.cpf_of(p.id) as cpf from eprod.person p where p.id = ${personId}`.execute(tx)
  return rows[0]
}
