// Part of verifying: that what people wrote still is what the entry of its time covers. Texts, answers, files, documents asked for.
import type pg from 'pg'
import { type Covered, coverOf } from '#journal/rules.ts'

interface WrittenRow {
  readonly thing_id: string
  readonly seq: number
  readonly event: string
  /** What the entry covers; null: it was erased. */
  readonly covered:
    | (Partial<Covered> & { plate?: string | null; chassis?: string | null; renavam?: string | null })
    | null
  readonly body: string | null
  readonly answers: Readonly<Record<string, unknown>> | null
  readonly vehicle: readonly (string | null)[] | null
  readonly files: readonly Buffer[]
  readonly documents: readonly { readonly document: string; readonly fault: string }[]
  /** The follow-up's outcome and author, and what the entry says of them. */
  readonly outcome: string | null
  readonly decided: string | null
  readonly author_id: number | null
  readonly actor_id: number | null
}

/** Entries that cover a follow-up, or the ticket as it was opened. Those from before texts were covered are passed over. */
export const WRITTEN = `
  select e.thing_id, e.seq, e.event,
         case when e.public_part ? 'text' then jsonb_build_object('text', e.public_part->'text') else e.private_part end as covered,
         f.body, case when e.event = 'open' then t.answers end as answers, array[t.plate, t.chassis, t.renavam] as vehicle,
         array(select a.sha256 from eprod.attachment a
                where a.ticket_id = t.id and a.n is not null and a.follow_up_id is not distinct from f.id) as files,
         (select coalesce(jsonb_agg(jsonb_build_object('document', r.document, 'fault', r.fault)), '[]')
            from eprod.requested_document r where r.follow_up_id = f.id) as documents,
         f.outcome, e.public_part->>'outcome' as decided, f.author_id, e.actor_id
    from eprod.journal_entry e
    left join eprod.ticket t on t.id = e.thing_id::bigint
    left join eprod.follow_up f on f.id = (e.public_part->>'followUp')::bigint
   where e.thing in ('ticket', 'ticket-note')
     and (e.public_part ? 'text' or e.private_part ? 'text' or (e.private_digest is not null and e.private_part is null))
   order by e.thing_id, e.seq`

/** Tickets that are not what the last entry of their chain left. */
export const NOT_AS_LEFT = `
  select t.id, t.status, e.state from eprod.ticket t
    left join lateral (select j.public_part->>'to' as state from eprod.journal_entry j
                        where j.thing = 'ticket' and j.thing_id = t.id::text and j.public_part ? 'to' order by j.seq desc limit 1) e on true
   where e.state is distinct from t.status order by t.id limit 1`

/** What is wrong with one of the rows of `WRITTEN`, in words for the person at the console; undefined: nothing. */
export function notAsWritten(row: pg.QueryResultRow): string | undefined {
  const { thing_id, seq, event, covered, body, answers, vehicle, files, documents } = row as WrittenRow
  const named = `ticket ${thing_id}: entry ${seq} (${event})`
  const now = event === 'open' ? answers : body
  if (covered === null) {
    const left = event === 'open' ? Object.keys(answers ?? {}).length > 0 : body
    return left ? `${named} had its private part erased, but what it covers is still there` : undefined
  }
  if (now === null) return `${named} covers a text that is gone`
  const found = coverOf({ body: now, files, documents })
  if (found.text !== covered.text) return `${named} covers another text than stands there now`
  // The clock's texts are covered alone.
  if (covered.files === undefined) return undefined
  if (`${found.files}` !== `${covered.files}`) return `${named} covers other files than are there now`
  if (`${found.documents}` !== `${covered.documents}`) return `${named} covers other documents than are asked for now`
  if (event !== 'open' && row.outcome !== row.decided) return `${named} says another outcome than stands there now`
  if (event !== 'open' && row.author_id !== row.actor_id) return `${named} is of another person than stands there now`
  const opened = [covered.plate, covered.chassis, covered.renavam]
  if (event === 'open' && `${vehicle}` !== `${opened}`) return `${named} covers another vehicle than stands there now`
  return undefined
}
