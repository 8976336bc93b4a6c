// A search of the audit as CSV: what the page tells, in the same words, and every fact as it is kept. Recorded at once.
import { Readable } from 'node:stream'
import { type AuditQuery, type AuditRow, auditRows } from '#admin/audit.ts'
import { pathOf, recordedPath } from '#admin/web/audit-criteria.tsx'
import { withSearchesSaid } from '#admin/web/audit-searches.ts'
import { eventSaid, factsSaid, whoSaid } from '#admin/web/audit-words.ts'
import { record } from '#journal/actions.ts'
import type { Thing } from '#journal/rules.ts'
import { BOM, csvLines } from '#shared/kit/csv.ts'
import { showSecond } from '#shared/kit/dates.ts'
import type { Answer, Visit } from '#shared/web/site.ts'
import type { Words } from '#words/words.ts'

export const MOST_EXPORTED = 50_000

/** The rows of a search; a cell that a spreadsheet would take for a formula is defused. */
export async function exportRows(visit: Visit, query: AuditQuery): Promise<Answer> {
  const found = await auditRows(visit.tx, query, MOST_EXPORTED + 1)
  if (!found) return { redirect: pathOf(query) }
  const rows = await withSearchesSaid(visit, found.slice(0, MOST_EXPORTED))
  const cut = rows.length < found.length
  await record(visit.tx, {
    thing: 'export',
    thingId: 'audit',
    institutionId: visit.actor.institutionId,
    actorId: visit.actor.personId,
    event: 'export',
    at: visit.now,
    facts: { path: recordedPath(query), rows: rows.length, ...(cut ? { cut } : {}) },
    staffOnly: true,
  })
  const { audit } = visit.words.admin
  const last = (cut ? audit.cut : audit.end)(rows.length)
  const lines = [headOf(visit.words), ...rows.map((row) => lineOf(visit.words, row)), [last]]
  return {
    stream: Readable.from([BOM + csvLines(lines)]),
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="auditoria-${visit.now.toISOString().slice(0, 10)}.csv"`,
    },
  }
}

function headOf({ admin: { audit, clock } }: Words): string[] {
  const { record, at, who, cpf, what, on, id, facts, asKept } = audit
  return [record, at, who, cpf, clock.institution, what, on, id, facts, asKept]
}

function lineOf(words: Words, row: AuditRow): string[] {
  return [
    String(row.id),
    showSecond(row.at),
    whoSaid(words, { ...row, institution: null }),
    row.cpf ?? '',
    row.institution ?? '',
    eventSaid(words, row.event),
    words.journal.things[row.thing as Thing] ?? row.thing,
    row.thingId,
    factsSaid(words, row).join(' · '),
    Object.keys(row.facts).length > 0 ? JSON.stringify(row.facts) : '',
  ]
}
