// /admin/auditoria for auditors (905): search over changes and readings, and a CPF in full on demand, which is an entry written at
// once. The file of a search stands in audit-export.ts.
import {
  type AuditQuery,
  type AuditRow,
  auditRows,
  fullCpf,
  type LastSeal,
  lastSeal,
  readAuditQuery,
} from '#admin/audit.ts'
import { Criteria, pathOf } from '#admin/web/audit-criteria.tsx'
import { exportRows, MOST_EXPORTED } from '#admin/web/audit-export.ts'
import { withSearchesSaid } from '#admin/web/audit-searches.ts'
import { dayShown, eventSaid, factsSaid, isTicket, PATH, thingSaid, whoSaid } from '#admin/web/audit-words.ts'
import { adminPage, enter, PlainTable } from '#admin/web/frame.tsx'
import { record } from '#journal/actions.ts'
import { showSecond } from '#shared/kit/dates.ts'
import { showCpf } from '#shared/kit/identifiers/cpf.ts'
import { showTicketId } from '#shared/kit/identifiers/ticket-id.ts'
import { ErrorSummary, problemText } from '#shared/ui/fields.tsx'
import { Empty, FormStart, Tabs } from '#shared/ui/form.tsx'
import { type Answer, fieldOf, type Site, type Visit } from '#shared/web/site.ts'

const CPF = `${PATH}/cpf`
const PAGE = 50

export function routes(site: Site): void {
  site.get(PATH, (visit) => auditPage(visit))
  site.post(PATH, async (visit) => {
    enter(visit, 'audit')
    const { query, problems } = askedBy(visit)
    return problems.length > 0 ? await auditPage(visit) : await exportRows(visit, { ...query, before: undefined })
  })
  site.post(CPF, showFullCpf)
}

const askedBy = (visit: Visit) => readAuditQuery(new URL(visit.path, 'http://eprod').searchParams)

async function auditPage(visit: Visit, shown?: { name: string; cpf: string }): Promise<Answer> {
  enter(visit, 'audit')
  const { audit } = visit.words.admin
  const asked = askedBy(visit)
  const { query, problems } = asked
  const wrong = problems.length > 0
  const [found, seal] = await Promise.all([
    wrong ? undefined : auditRows(visit.tx, query, PAGE + 1),
    lastSeal(visit.tx),
  ])
  const rows = found && (await withSearchesSaid(visit, found))
  visit.noteReading('list', 'audit')
  const items = problems.map((one) => ({ href: `#${one.field}`, text: problemText(visit.words, one) }))
  return adminPage(visit, 'audit', {
    hint: audit.hint,
    notice: shown ? audit.cpfShown(shown.name, showCpf(shown.cpf)) : undefined,
    ...(wrong ? { status: 422 } : {}),
    body: (
      <>
        <ErrorSummary title={visit.words.admin.deadlines.wrong} items={items} />
        <Tabs
          label={audit.kinds.label}
          tabs={(['changes', 'readings'] as const).map((kind) => ({
            href: pathOf({ ...query, kind, before: undefined }),
            label: audit.kinds[kind],
            current: kind === query.kind,
          }))}
        />
        <Criteria visit={visit} asked={asked} />
        {wrong ? null : <Rows visit={visit} query={query} rows={rows} />}
        <Seal visit={visit} seal={seal} />
      </>
    ),
  })
}

interface RowsProps {
  readonly visit: Visit
  readonly query: AuditQuery
  /** undefined: given up. */
  readonly rows: readonly AuditRow[] | undefined
}

function Rows({ visit, query, rows }: RowsProps) {
  const { audit } = visit.words.admin
  if (!rows)
    return (
      <section class="card">
        <Empty icon="search" title={audit.tooMuch} text={audit.tooMuchText} />
      </section>
    )
  const shown = rows.slice(0, PAGE)
  const last = rows.length > PAGE ? shown.at(-1) : undefined
  if (shown.length === 0)
    return (
      <section class="card">
        <Empty icon="search" title={audit.none} text={audit.noneText} />
      </section>
    )
  const action = pathOf({ ...query, before: undefined })
  return (
    <section class="card audit" aria-label={audit.found}>
      <form method="post" action={action} class="tbar">
        <FormStart visit={visit} action={PATH} />
        <p class="hint">
          {audit.masked} {audit.exportHint(MOST_EXPORTED)}
        </p>
        <button type="submit" class="btn">
          {audit.export}
        </button>
      </form>
      <form method="post" action={pathOf(query, CPF)}>
        <FormStart visit={visit} action={CPF} />
        <PlainTable
          caption={audit.found}
          heads={[audit.at, audit.who, audit.cpf, audit.what, audit.on, audit.facts]}
          rows={shown.map((row) => ({ key: row.id, cells: cellsOf(visit, row) }))}
        />
      </form>
      {last ? (
        <nav class="pag" aria-label={audit.found}>
          <div class="acts">
            <a class="btn" rel="next" href={pathOf({ ...query, before: last.id })}>
              {audit.older}
            </a>
          </div>
        </nav>
      ) : null}
    </section>
  )
}

function cellsOf(visit: Visit, row: AuditRow) {
  const { audit } = visit.words.admin
  const facts = factsSaid(visit.words, row).join(' · ')
  return [
    <span key="at" class="nowrap">
      {showSecond(row.at)}
    </span>,
    whoSaid(visit.words, row),
    row.cpf && row.personId ? (
      <button key="cpf" type="submit" class="btn small nowrap" name="pessoa" value={row.personId}>
        {row.cpf}
        <span class="vh"> {audit.showCpf(row.person ?? '')}</span>
      </button>
    ) : (
      row.cpf
    ),
    eventSaid(visit.words, row.event),
    isTicket(row) ? (
      <a key="on" href={`/chamados/${row.thingId}/historico`}>
        {showTicketId(Number(row.thingId))}
      </a>
    ) : (
      thingSaid(visit.words, row)
    ),
    facts ? (
      <span key="facts" class="hint facts">
        {facts}
      </span>
    ) : null,
  ]
}

function Seal({ visit, seal }: { visit: Visit; seal: LastSeal | undefined }) {
  const { audit } = visit.words.admin
  return (
    <section class="card pad" aria-labelledby="selo">
      <h2 id="selo">{audit.seal}</h2>
      <p>{seal ? audit.sealed(dayShown(seal.day)) : audit.notSealed}</p>
      {seal ? <p class="hint facts">{seal.hash}</p> : null}
      <p class="hint">{audit.verify}</p>
    </section>
  )
}

async function showFullCpf(visit: Visit): Promise<Answer> {
  enter(visit, 'audit')
  const personId = Number(fieldOf(visit.posted, 'pessoa'))
  const known = Number.isInteger(personId) && personId > 0 && personId < 2 ** 31
  const shown = known ? await fullCpf(visit.tx, personId) : undefined
  if (!shown) return { redirect: pathOf(askedBy(visit).query) }
  await record(visit.tx, {
    thing: 'person',
    thingId: personId,
    institutionId: visit.actor.institutionId,
    actorId: visit.actor.personId,
    event: 'show-cpf',
    at: visit.now,
    facts: {},
    staffOnly: true,
  })
  return await auditPage(visit, shown)
}
