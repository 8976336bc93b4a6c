// /admin/auditoria for auditors (905): search over changes and readings, export, and a CPF in full on demand. Each search that
// leaves as a file, and each full CPF, is an entry written at once.
import { Readable } from 'node:stream'
import {
  type AuditQuery,
  type AuditRow,
  auditRows,
  fullCpf,
  type LastSeal,
  lastSeal,
  readAuditQuery,
} from '#admin/audit.ts'
import { eventSaid, eventsOf, factsSaid, isTicket, nobodySaid, thingSaid } from '#admin/web/audit-words.ts'
import { adminPage, enter, PlainTable } from '#admin/web/frame.tsx'
import { record } from '#journal/actions.ts'
import type { Thing } from '#journal/rules.ts'
import { showCpf } from '#shared/kit/cpf.ts'
import { BOM, csvLines } from '#shared/kit/csv.ts'
import { showInstant } from '#shared/kit/dates.ts'
import { showTicketId } from '#shared/kit/identifiers/ticket-id.ts'
import { SelectField, TextField } from '#shared/ui/fields.tsx'
import { Empty, FormStart, Tabs } from '#shared/ui/form.tsx'
import { type Answer, fieldOf, type Site, type Visit } from '#shared/web/site.ts'

const PATH = '/admin/auditoria'
const CPF = `${PATH}/cpf`
const PAGE = 50
const MOST_EXPORTED = 50_000

export function routes(site: Site): void {
  site.get(PATH, (visit) => auditPage(visit))
  site.post(PATH, exportRows)
  site.post(CPF, showFullCpf)
}

const queryOf = (visit: Visit) => readAuditQuery(new URL(visit.path, 'http://eprod').searchParams)

async function auditPage(visit: Visit, shown?: { name: string; cpf: string }): Promise<Answer> {
  enter(visit, 'audit')
  const { audit } = visit.words.admin
  const query = queryOf(visit)
  const [rows, seal] = await Promise.all([auditRows(visit.tx, query, PAGE + 1), lastSeal(visit.tx)])
  return adminPage(visit, 'audit', {
    hint: audit.hint,
    notice: shown ? audit.cpfShown(shown.name, showCpf(shown.cpf)) : undefined,
    body: (
      <>
        <Tabs
          label={audit.kinds.label}
          tabs={(['changes', 'readings'] as const).map((kind) => ({
            href: pathOf({ ...query, kind, before: undefined }),
            label: audit.kinds[kind],
            current: kind === query.kind,
          }))}
        />
        <Criteria visit={visit} query={query} />
        <Rows visit={visit} query={query} rows={rows} />
        <Seal visit={visit} seal={seal} />
      </>
    ),
  })
}

function pathOf(query: AuditQuery, base = PATH): string {
  const params = new URLSearchParams({ o: query.kind === 'readings' ? 'leituras' : 'mudancas' })
  const given = {
    chamado: query.ticketId,
    pessoa: query.person,
    evento: query.event,
    de: query.from,
    ate: query.to,
    antes: query.before,
  }
  for (const [name, value] of Object.entries(given)) if (value) params.set(name, String(value))
  return `${base}?${params}`
}

function Criteria({ visit, query }: { visit: Visit; query: AuditQuery }) {
  const { audit } = visit.words.admin
  return (
    <form class="card pad stack" action={PATH} aria-label={audit.search}>
      <input type="hidden" name="o" value={query.kind === 'readings' ? 'leituras' : 'mudancas'} />
      <div class="grid">
        <TextField
          id="chamado"
          name="chamado"
          label={audit.ticket}
          value={String(query.ticketId ?? '')}
          inputMode="numeric"
        />
        <TextField id="pessoa" name="pessoa" label={audit.person} value={query.person} maxLength={100} />
        <SelectField
          id="evento"
          name="evento"
          label={audit.what}
          value={query.event}
          choices={eventsOf(visit.words, query.kind)}
          choose={audit.anything}
        />
        <TextField id="de" name="de" type="date" label={audit.from} value={query.from} />
        <TextField id="ate" name="ate" type="date" label={audit.to} value={query.to} />
      </div>
      <div class="acts">
        <button type="submit" class="btn pri">
          {audit.search}
        </button>
      </div>
    </form>
  )
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
    <section class="card" aria-label={audit.found}>
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
  return [
    <span key="at" class="nowrap">
      {showInstant(row.at)}
    </span>,
    row.person ? `${row.person} · ${row.institution}` : nobodySaid(visit.words, row),
    row.cpf && row.personId ? (
      <button key="cpf" type="submit" class="btn small nowrap" name="pessoa" value={row.personId}>
        {row.cpf}
        <span class="vh"> {audit.showCpf(row.person ?? '')}</span>
      </button>
    ) : null,
    eventSaid(visit.words, row.event),
    isTicket(row) ? (
      <a key="on" href={`/chamados/${row.thingId}/historico`}>
        {showTicketId(Number(row.thingId))}
      </a>
    ) : (
      thingSaid(visit.words, row)
    ),
    <span key="facts" class="hint facts">
      {factsSaid(visit.words, row).join(' · ')}
    </span>,
  ]
}

function Seal({ visit, seal }: { visit: Visit; seal: LastSeal | undefined }) {
  const { audit } = visit.words.admin
  return (
    <section class="card pad" aria-labelledby="selo">
      <h2 id="selo">{audit.seal}</h2>
      <p>{seal ? audit.sealed(seal.day.split('-').reverse().join('-')) : audit.notSealed}</p>
      {seal ? <p class="hint facts">{seal.hash}</p> : null}
      <p class="hint">{audit.verify}</p>
    </section>
  )
}

/** The rows as CSV; a cell that a spreadsheet would take for a formula is defused. */
async function exportRows(visit: Visit): Promise<Answer> {
  enter(visit, 'audit')
  const query = { ...queryOf(visit), before: undefined }
  const found = await auditRows(visit.tx, query, MOST_EXPORTED + 1)
  if (!found) return { redirect: pathOf(query) }
  const rows = found.slice(0, MOST_EXPORTED)
  const cut = rows.length < found.length
  await record(visit.tx, {
    thing: 'export',
    thingId: 'audit',
    institutionId: visit.actor.institutionId,
    actorId: visit.actor.personId,
    event: 'export',
    at: visit.now,
    facts: { path: pathOf(query), rows: rows.length, ...(cut ? { cut } : {}) },
    staffOnly: true,
  })
  const { audit, clock } = visit.words.admin
  const head = [
    audit.record,
    audit.at,
    audit.who,
    audit.cpf,
    clock.institution,
    audit.what,
    audit.on,
    audit.id,
    audit.facts,
  ]
  const lines = rows.map((row) => [
    String(row.id),
    row.at.toISOString(),
    row.person ?? nobodySaid(visit.words, row),
    row.cpf ?? '',
    row.institution ?? '',
    eventSaid(visit.words, row.event),
    visit.words.journal.things[row.thing as Thing] ?? row.thing,
    row.thingId,
    JSON.stringify(row.facts),
  ])
  return {
    stream: Readable.from([BOM + csvLines([head, ...lines, [(cut ? audit.cut : audit.end)(rows.length)]])]),
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="auditoria-${visit.now.toISOString().slice(0, 10)}.csv"`,
    },
  }
}

async function showFullCpf(visit: Visit): Promise<Answer> {
  enter(visit, 'audit')
  const personId = Number(fieldOf(visit.posted, 'pessoa'))
  const known = Number.isInteger(personId) && personId > 0 && personId < 2 ** 31
  const shown = known ? await fullCpf(visit.tx, personId) : undefined
  if (!shown) return { redirect: pathOf(queryOf(visit)) }
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
