// The last request for information of a ticket: what was asked and which documents.
import { sql } from 'kysely'
import type { Tx } from '#shared/db/connect.ts'
import { found } from '#shared/refusals.ts'
import { formTexts } from '#tickets/reads/form-texts.ts'

export interface LastRequest {
  readonly question: string
  readonly reason: string
  readonly waitingType: string
  readonly askedAt: Date
  readonly documents: readonly string[]
}

/** The newest request with the names of its documents in the first language. */
export async function lastRequest(tx: Tx, ticketId: number): Promise<LastRequest> {
  const { rows } = await sql<Omit<LastRequest, 'documents'> & { keys: string[]; formVersionId: number }>`
    select f.body as question, f.waiting_reason as reason, w.name->>'pt-BR' as "waitingType", f.created_at as "askedAt",
           t.form_version_id as "formVersionId",
           array(select d.document from eprod.requested_document d where d.follow_up_id = f.id order by d.document) as keys
      from eprod.follow_up f
      join eprod.ticket t on t.id = f.ticket_id
      join eprod.waiting_type w on w.id = f.waiting_type_id
     where f.ticket_id = ${ticketId} and f.kind = 'request'
     order by f.id desc limit 1`.execute(tx)
  const { keys, formVersionId, ...request } = found(rows[0])
  const form = await formTexts(tx, formVersionId, 'pt-BR')
  return { ...request, documents: keys.map(form.documentName) }
}
