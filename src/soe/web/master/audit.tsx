// The audit of an institution at /soe/auditoria, and the history of an operator: what was done, by whom, before and after.
import type { ComponentChildren } from 'preact'
import { showInstant } from '#shared/kit/dates.ts'
import { isUuid } from '#shared/kit/uuid.ts'
import { found } from '#shared/refusals.ts'
import { Empty } from '#shared/ui/form.tsx'
import type { Answer } from '#shared/web/site.ts'
import { AUDIT_A_PAGE, type AuditRow, auditPage } from '#soe/audit/reads.ts'
import { operatorById } from '#soe/operators/reads.ts'
import { type MasterVisit, masterPage, placeOf } from '#soe/web/master/pages.tsx'
import type { Words } from '#words/words.ts'

export async function auditOf(visit: MasterVisit): Promise<Answer> {
  const text = visit.words.soeHouse.audit
  const before = placeOf(visit)
  const { institutionId } = visit.manager
  const accountId = isUuid(visit.query('pessoa')) ? visit.query('pessoa') : undefined
  const person = accountId && found(await operatorById(visit.tx, accountId))
  const rows = await auditPage(visit.tx, { institutionId, accountId, before })
  const shown = rows.slice(0, AUDIT_A_PAGE)
  const older = new URLSearchParams({ ...(accountId ? { pessoa: accountId } : {}), antes: String(shown.at(-1)?.id) })
  const body = (
    <section class="card">
      <div class="sect">
        <h1>{text.title}</h1>
        <p class="hint">{person ? text.leadOf(person.name) : text.lead}</p>
        {person ? <a href="/soe/auditoria">{text.all}</a> : null}
      </div>
      {shown.length === 0 ? (
        <Empty icon="history" title={text.emptyTitle} />
      ) : (
        <AuditTable words={visit.words} rows={shown} about={(row) => <Operator row={row} />} />
      )}
      {rows.length > shown.length ? (
        <div class="pag">
          <a class="btn" href={`/soe/auditoria?${older}`}>
            {text.older}
          </a>
        </div>
      ) : null}
    </section>
  )
  return masterPage(visit, { title: text.title, path: '/soe/auditoria', body })
}

function Operator({ row }: { row: AuditRow }) {
  return row.about ? <a href={`/soe/operadores/${row.accountId}`}>{row.about}</a> : null
}

/** `about`: what an entry is about, where the page does not say it. */
export function AuditTable({
  words,
  rows,
  about,
}: {
  words: Words
  rows: readonly AuditRow[]
  about?: (row: AuditRow) => ComponentChildren
}) {
  const text = words.soeHouse.audit
  return (
    <div class="scroll">
      <table class="plain">
        <thead>
          <tr>
            <th scope="col">{text.at}</th>
            <th scope="col">{text.event}</th>
            {about ? <th scope="col">{text.about}</th> : null}
            <th scope="col">{text.actor}</th>
            <th scope="col">{text.change}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <td>{showInstant(row.at)}</td>
              <td>
                <b>{words.soeHouse.events[row.event] ?? row.event}</b>
              </td>
              {about ? <td data-label={text.about}>{about(row)}</td> : null}
              {/* Who acts from outside the institution is not named in it. */}
              <td data-label={text.actor}>{row.actor ?? (row.actorId ? text.administration : text.system)}</td>
              <td>
                {changes(words, row.facts).map((line) => (
                  <div key={line}>{line}</div>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

type Facts = Readonly<Record<string, unknown>>

/** `label: before → after`, a line each; facts that are no change stand alone. */
function changes(words: Words, facts: Facts): string[] {
  const { before, after, ...rest } = facts as { before?: Facts; after?: Facts }
  const keys = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])]
  const label = (key: string) => words.soeHouse.facts[key] ?? key
  const say = (value: unknown) => valueText(words, value)
  const changed = keys.map((key) => {
    const sides = [before && key in before ? say(before[key]) : '–', after && key in after ? say(after[key]) : '–']
    return `${label(key)}: ${sides[0] === sides[1] ? sides[0] : sides.join(' → ')}`
  })
  return [...changed, ...Object.entries(rest).map(([key, value]) => `${label(key)}: ${say(value)}`)]
}

function valueText(words: Words, value: unknown): string {
  if (Array.isArray(value)) return value.map((one) => valueText(words, one)).join(', ') || words.soeHouse.none
  const text = String(value)
  if (/^\d{4}-\d\d-\d\dT/.test(text)) return showInstant(new Date(text))
  return words.soeHouse.values[text] ?? text
}
