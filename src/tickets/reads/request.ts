// The last request for information of a ticket: what was asked and which documents.
import { sql } from 'kysely'
import type { Tx } from '#shared/db/connect.ts'
import { formTexts } from '#tickets/reads/form-texts.ts'
import type { Asked } from '#tickets/rules/clock.ts'

/** Keys of the documents that the newest request of a ticket wants replaced. */
export async function requestedNow(tx: Tx, ticketId: number): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ document: string }>`
    select document from eprod.requested_document
     where follow_up_id = (select max(id) from eprod.follow_up where ticket_id = ${ticketId} and kind = 'request')`.execute(
    tx,
  )
  return new Set(rows.map(({ document }) => document))
}

/** The newest request of each of these tickets that has one, with the names of its documents in the first language. */
export async function lastRequests(tx: Tx, ticketIds: readonly number[]): Promise<Map<number, Asked>> {
  if (ticketIds.length === 0) return new Map()
  const { rows } = await sql<Asked & { ticketId: number; keys: string[]; formVersionId: number }>`
    select t.id as "ticketId", f.body as question, f.waiting_reason as reason, w.name->>'pt-BR' as "waitingType",
           f.created_at as "askedAt", t.form_version_id as "formVersionId",
           array(select d.document from eprod.requested_document d where d.follow_up_id = f.id order by d.document) as keys
      from eprod.ticket t
      cross join lateral (select * from eprod.follow_up r where r.ticket_id = t.id and r.kind = 'request'
                           order by r.id desc limit 1) f
      join eprod.waiting_type w on w.id = f.waiting_type_id
     where t.id = any(${[...ticketIds]}::bigint[])`.execute(tx)
  const requests = new Map<number, Asked>()
  for (const { ticketId, keys, formVersionId, ...request } of rows) {
    const form = await formTexts(tx, formVersionId, 'pt-BR')
    requests.set(ticketId, { ...request, documents: keys.map(form.documentName) })
  }
  return requests
}
