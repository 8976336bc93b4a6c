// What happened to tickets, as letters tell it. Read as the worker, who sees every row.
import { sql } from 'kysely'
import type { Tx } from '#shared/db/connect.ts'
import type { Outcome, TicketStatus } from '#shared/db/tables.ts'
import { formTexts } from '#tickets/reads/form-texts.ts'
import type { DocumentFault } from '#tickets/rules/moves.ts'
import { LANGS, type Lang } from '#words/words.ts'

/** One entry of a ticket. */
export interface Happened {
  readonly entryId: number
  readonly ticketId: number
  readonly event: string
  readonly at: Date
  readonly staffOnly: boolean
  readonly institutionId: number
  readonly institution: string
  readonly actorId: number | null
  readonly actor: string | null
  readonly title: string
  readonly notifyEmail: string | null
  /** Status after the event. */
  readonly status: TicketStatus
  /** The end of the deadline that runs after the event, as long as the ticket has stayed in that status. */
  readonly due: Date | null
  /** Of the ticket by now. */
  readonly dueNow: Date | null
  readonly days: number | null
  readonly outcome: Outcome | null
  /** What was written with it. Of a reminder: the request or the solution it reminds of, with its outcome and reason. */
  readonly body: string | null
  readonly waitingType: Readonly<Record<Lang, string>> | null
  readonly waitingReason: string | null
  readonly documents: readonly AskedDocument[]
}

/** A document to be sent again, by its name in the catalogue. */
export interface AskedDocument {
  readonly name: Readonly<Record<Lang, string>>
  readonly fault: DocumentFault
}

type Row = Omit<Happened, 'documents'> & {
  readonly formVersionId: number
  readonly asked: readonly { document: string; fault: DocumentFault }[] | null
}

/** The entries with their tickets, in their order; those of nothing else. */
export async function happenedIn(tx: Tx, entryIds: readonly number[]): Promise<Happened[]> {
  const { rows } = await sql<Row>`
    select e.id as "entryId", t.id as "ticketId", e.event, e.at, e.staff_only or e.thing = 'ticket-note' as "staffOnly",
           t.institution_id as "institutionId", i.name as institution, e.actor_id as "actorId", p.name as actor, t.title,
           t.notify_email as "notifyEmail", coalesce(e.public_part->>'to', t.status) as status,
           coalesce((e.public_part->>'due')::timestamptz,
                    case when coalesce(e.public_part->>'to', t.status) = t.status then t.due_at end) as due,
           t.due_at as "dueNow", (e.public_part->>'days')::int as days, f.outcome, f.body,
           w.name as "waitingType", f.waiting_reason as "waitingReason", t.form_version_id as "formVersionId",
           (select json_agg(json_build_object('document', d.document, 'fault', d.fault) order by d.document)
              from eprod.requested_document d where d.follow_up_id = f.id) as asked
      from eprod.journal_entry e
      join eprod.ticket t on t.id = e.thing_id::bigint
      join eprod.institution i on i.id = t.institution_id
      left join eprod.person p on p.id = e.actor_id
      left join lateral (select * from eprod.follow_up u where u.ticket_id = t.id and (
          u.id = (e.public_part->>'followUp')::bigint or e.event = 'remind'
            and u.kind = case e.public_part->>'to' when 'pending' then 'request' when 'solved' then 'solution' end)
        order by u.id desc limit 1) f on true
      left join eprod.waiting_type w on w.id = f.waiting_type_id
     where e.id = any(${[...entryIds]}::bigint[]) and e.thing in ('ticket', 'ticket-note')
     order by e.id`.execute(tx)
  const happened: Happened[] = []
  for (const { asked, formVersionId, ...row } of rows)
    happened.push({ ...row, documents: asked ? await named(tx, formVersionId, asked) : [] })
  return happened
}

async function named(tx: Tx, formVersionId: number, asked: NonNullable<Row['asked']>): Promise<AskedDocument[]> {
  const texts = await Promise.all(LANGS.map((lang) => formTexts(tx, formVersionId, lang)))
  return asked.map(({ document, fault }) => {
    const names = LANGS.map((lang, at) => [lang, texts[at]?.documentName(document) ?? document])
    return { name: Object.fromEntries(names) as Record<Lang, string>, fault }
  })
}
