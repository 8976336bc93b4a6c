// A door of this room: what an auditor searches: entries of all chains and readings, by who, what, when and which ticket.
import { sql } from 'kysely'
import { PLAN_ANEW, type Tx } from '#shared/db/connect.ts'
import { maskCpf } from '#shared/kit/cpf.ts'

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
  /** Rows before this id. */
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
}

/** What the address asks for; what is not understood is left out. */
export function readAuditQuery(params: URLSearchParams): AuditQuery {
  const text = (name: string) => (params.get(name) ?? '').trim().slice(0, 100).toWellFormed().replaceAll('\0', '')
  const day = (name: string) => {
    const given = text(name)
    const read = /^\d{4}-\d\d-\d\d$/.test(given) ? new Date(`${given}T00:00:00Z`) : undefined
    return read && !Number.isNaN(read.getTime()) && read.toISOString().startsWith(given) ? given : ''
  }
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

/** Up to `most` rows, newest first. The people's CPFs are masked here, so that no caller has them whole. */
export async function auditRows(tx: Tx, query: AuditQuery, most: number): Promise<AuditRow[]> {
  const { ticketId, person, event, from, to, before } = query
  const source =
    query.kind === 'readings'
      ? sql`select r.id, r.at, r.person_id as actor_id, r.what as event, r.thing, r.thing_id, '{}'::jsonb as facts from eprod.reading r`
      : sql`select e.id, e.at, e.actor_id, e.event, e.thing, e.thing_id, e.public_part as facts from eprod.journal_entry e`
  const things = ['ticket', 'ticket-note', 'ticket-reading', 'ticket-reading-staff']
  const { rows } = await sql<Omit<AuditRow, 'cpf'> & { cpf: string | null }>`${sql.raw(PLAN_ANEW)}
    select x.id, x.at, p.id as "personId", p.name as person, p.cpf, i.name as institution, x.event, x.thing,
           x.thing_id as "thingId", x.facts,
           (select n.name from eprod.person n where n.id = (x.facts->>'assignee')::int) as assignee
      from (${source}) x
      left join eprod.person p on p.id = x.actor_id
      left join eprod.institution i on i.id = p.institution_id
     where true
       ${before === undefined ? sql`` : sql`and x.id < ${before}`}
       ${ticketId === undefined ? sql`` : sql`and x.thing = any(${things}) and x.thing_id = ${String(ticketId)}`}
       ${person === '' ? sql`` : sql`and x.actor_id in (select n.id from eprod.person n where strpos(lower(n.name), lower(${person})) > 0)`}
       ${event === '' ? sql`` : sql`and x.event = ${event}`}
       ${from === '' ? sql`` : sql`and x.at >= (${from} || ' 00:00-03')::timestamptz`}
       ${to === '' ? sql`` : sql`and x.at < (${to} || ' 00:00-03')::timestamptz + interval '1 day'`}
     order by x.id desc limit ${sql.lit(most)}`.execute(tx)
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

/** The whole CPF of a person; the database asks for class 905. */
export async function fullCpf(tx: Tx, personId: number): Promise<string | undefined> {
  const { rows } = await sql<{ cpf: string | null }>`select eprod.cpf_of(${personId}) as cpf`.execute(tx)
  return rows[0]?.cpf ?? undefined
}
