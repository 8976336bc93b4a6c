// A door of this room: what an auditor searches: entries of all chains and readings, by who, what, when and which ticket.
import { sql } from 'kysely'
import { PLAN_ANEW, type Tx } from '#shared/db/connect.ts'
import { within } from '#shared/db/limits.ts'
import { maskCpf } from '#shared/kit/cpf.ts'
import { isoDate } from '#shared/kit/iso-date.ts'

export interface AuditQuery {
  /** Changes (the journal), or readings. */
  readonly kind: 'changes' | 'readings'
  readonly ticketId: number | undefined
  /** Part of a name. */
  readonly person: string
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
  readonly facts: Readonly<Record<string, unknown>>
  /** Whom a ticket was given to, where that changed. */
  readonly assignee: string | null
  /** Name of the person it is about, where it is about one. */
  readonly about: string | null
}

/** What the address asks for; what is not understood is left out. */
export function readAuditQuery(params: URLSearchParams): AuditQuery {
  const text = (name: string) => (params.get(name) ?? '').trim().slice(0, 100).toWellFormed().replaceAll('\0', '')
  const day = (name: string) => isoDate(text(name)) ?? ''
  const number = (name: string) => {
    const digits = text(name).replace(/[\s.]/g, '')
    return /^[1-9]\d{0,14}$/.test(digits) ? Number(digits) : undefined
  }
  return {
    kind: params.get('o') === 'leituras' ? 'readings' : 'changes',
    ticketId: number('chamado'),
    person: text('pessoa'),
    event: text('evento'),
    from: day('de'),
    to: day('ate'),
    before: number('antes'),
  }
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
  return await within(tx, MOST_MS, async () => {
    const people = query.person === '' ? undefined : await peopleNamed(tx, query.person)
    return people?.length === 0 ? [] : await rowsOf(tx, { ...query, people }, most)
  })
}

/** Looked up first: few are found by their own index, and nobody by none. */
async function peopleNamed(tx: Tx, name: string): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select p.id from eprod.person p where strpos(lower(p.name), lower(${name})) > 0`.execute(tx)
  return rows.map(({ id }) => id)
}

async function rowsOf(
  tx: Tx,
  query: AuditQuery & { readonly people: readonly number[] | undefined },
  most: number,
): Promise<AuditRow[]> {
  const { ticketId, people, event, from, to, before } = query
  const source =
    query.kind === 'readings'
      ? sql`select r.id, r.at, r.person_id as actor_id, r.what as event, r.thing, r.thing_id, '{}'::jsonb as facts from eprod.reading r`
      : sql`select e.id, e.at, e.actor_id, e.event, e.thing, e.thing_id, e.public_part
              || case when e.thing = 'mail-address' and e.private_part is not null then e.private_part else '{}' end as facts
              from eprod.journal_entry e`
  const { rows } = await sql<Omit<AuditRow, 'cpf'> & { cpf: string | null }>`${sql.raw(PLAN_ANEW)}
    select x.id, x.at, p.id as "personId", p.name as person, p.cpf, i.name as institution, x.event, x.thing,
           x.thing_id as "thingId", x.facts,
           (select n.name from eprod.person n where n.id = (x.facts->>'assignee')::int) as assignee,
           case when x.thing = any(${PEOPLE}) then (select n.name from eprod.person n where n.id = x.thing_id::int) end as about
      from (${source}) x
      left join eprod.person p on p.id = x.actor_id
      left join eprod.institution i on i.id = p.institution_id
     where true
       ${before === undefined ? sql`` : sql`and (x.at, x.id) < ((select y.at from (${source}) y where y.id = ${before}), ${before}::bigint)`}
       ${ticketId === undefined ? sql`` : sql`and x.thing = any(${TICKETS}) and x.thing_id = ${String(ticketId)}`}
       ${people === undefined ? sql`` : sql`and x.actor_id = any(${people}::int[])`}
       ${event === '' ? sql`` : sql`and x.event = ${event}`}
       ${from === '' ? sql`` : sql`and x.at >= (${from} || ' 00:00-03')::timestamptz`}
       ${to === '' ? sql`` : sql`and x.at < (${to} || ' 00:00-03')::timestamptz + interval '1 day'`}
     order by x.at desc, x.id desc limit ${sql.lit(most)}`.execute(tx)
  return rows.map((row) => ({ ...row, cpf: row.cpf && maskCpf(row.cpf) }))
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
