// What was changed anywhere in SOE/WEB, at /soe/administracao/auditoria. An institution's own: web/master/audit.tsx.
import { Empty } from '#shared/ui/form.tsx'
import type { Answer } from '#shared/web/site.ts'
import { AUDIT_A_PAGE, type AuditRow, changesPage } from '#soe/audit/reads.ts'
import { ADMINISTRATION, type AdminVisit, adminPage } from '#soe/web/admin/pages.tsx'
import { AuditTable } from '#soe/web/master/audit.tsx'
import { placeOf } from '#soe/web/master/pages.tsx'

const PATH = `${ADMINISTRATION}/auditoria`

export async function listChanges(visit: AdminVisit): Promise<Answer> {
  const text = visit.words.soeHouse.audit
  const before = placeOf(visit)
  const rows = await changesPage(visit.tx, before)
  const shown = rows.slice(0, AUDIT_A_PAGE)
  const body = (
    <section class="card">
      <div class="sect">
        <h1>{text.title}</h1>
        <p class="hint">{visit.words.soeAdmin.auditLead}</p>
      </div>
      {shown.length === 0 ? (
        <Empty icon="history" title={text.emptyTitle} />
      ) : (
        <AuditTable words={visit.words} rows={shown} about={aboutText} />
      )}
      {rows.length > shown.length ? (
        <div class="pag">
          <a class="btn" href={`${PATH}?antes=${shown.at(-1)?.id}`}>
            {text.older}
          </a>
        </div>
      ) : null}
    </section>
  )
  return adminPage(visit, { title: text.title, path: PATH, body })
}

/** Whom, and of which institution. */
function aboutText(row: AuditRow): string {
  return [row.about, row.institution].filter(Boolean).join(' · ')
}
