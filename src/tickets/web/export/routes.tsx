// /chamados/exportar: what leaves of a list, and as which file; and the file itself, written while it is read. Each batch of
// rows is a visit of its own: no transaction waits for a slow line, and whoever is signed out meanwhile gets no more.
import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import { describe } from '#criteria/rules/describe.ts'
import { record } from '#journal/actions.ts'
import { ErrorSummary, problemText, RadioField } from '#shared/ui/fields.tsx'
import { page } from '#shared/ui/page.tsx'
import type { Answer, Site, Streamed, Visit } from '#shared/web/site.ts'
import { choiceNow } from '#tickets/reads/choice.ts'
import { exportNumbers, exportRows } from '#tickets/reads/export.ts'
import { askedList } from '#tickets/reads/list-search.ts'
import { cellOf } from '#tickets/rules/export-cells.ts'
import { type Column, listPath, listQueryText } from '#tickets/rules/list-query.ts'
import { columnName } from '#tickets/views.tsx'
import { csv } from '#tickets/web/export/csv.ts'
import { MOST_PDF, pdf } from '#tickets/web/export/pdf.ts'
import type { Table } from '#tickets/web/export/table.ts'
import { MOST_XLSX, xlsx } from '#tickets/web/export/xlsx.ts'

export const EXPORT_PATH = '/chamados/exportar'
/** Rows read at a time. */
const BATCH = 150

const FORMATS = {
  csv: { write: csv, type: 'text/csv; charset=utf-8', most: Number.POSITIVE_INFINITY },
  xlsx: { write: xlsx, type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', most: MOST_XLSX },
  pdf: { write: pdf, type: 'application/pdf', most: MOST_PDF },
} as const
type Format = keyof typeof FORMATS
type Range = keyof Visit['words']['exports']['ranges']
type Fault = keyof Visit['words']['exports']['faults']
const RANGES = ['todos', 'pagina'] as const satisfies readonly Range[]
const FORMAT_KEYS = Object.keys(FORMATS) as Format[]

export function routes(site: Site): void {
  site.get(EXPORT_PATH, showExport)
  site.stream('POST', EXPORT_PATH, sendExport)
}

const paramsOf = (visit: Visit): URLSearchParams => new URL(visit.path, 'http://eprod').searchParams

async function showExport(visit: Visit): Promise<Answer> {
  const { exports, lists, shared } = visit.words
  const params = paramsOf(visit)
  const asked = await askedList(visit, params)
  const fault = (Object.keys(exports.faults) as Fault[]).find((one) => one === params.get('erro'))
  const items = [
    ...asked.problems.map((problem) => ({ href: '/chamados', text: problemText(visit.words, problem) })),
    ...(fault ? [{ href: '#formato', text: exports.faults[fault] }] : []),
  ]
  const back = listPath(asked.query)
  return page(visit, {
    title: exports.title,
    section: 'tickets',
    crumbs: [{ label: shared.menu.service }, { label: lists.title, href: back }, { label: exports.title }],
    ...(items.length > 0 ? { status: 422 } : {}),
    body: (
      <div class="prefs">
        <div class="head first">
          <div>
            <h1>{exports.heading}</h1>
            <p class="hint">{exports.intro}</p>
          </div>
        </div>
        <ErrorSummary title={exports.fault} items={items} />
        <form class="card" method="post" action={`${EXPORT_PATH}?${listQueryText(asked.query)}`} data-again>
          <section class="sect">
            <p>
              <b>{exports.criteria}: </b>
              {asked.criteria.length > 0
                ? describe(asked.criteria, asked.fields, visit.words.criteria)
                : exports.everything}
            </p>
            <RadioField
              id="quais"
              name="quais"
              label={exports.which}
              value={RANGES[0]}
              choices={RANGES.map((value) => ({ value, label: exports.ranges[value] }))}
            />
            <RadioField
              id="formato"
              name="formato"
              label={exports.format}
              value={FORMAT_KEYS[0] ?? ''}
              choices={FORMAT_KEYS.map((value) => ({ value, label: exports.formats[value] }))}
            />
            <p class="hint">{exports.logged}</p>
          </section>
          <div class="bar">
            <button type="submit" class="btn pri">
              {exports.submit}
            </button>
            <a class="btn" href={back}>
              {exports.back}
            </a>
          </div>
        </form>
      </div>
    ),
  })
}

interface Chosen {
  readonly format: Format
  readonly ids: Float64Array
  readonly columns: readonly Column[]
}

async function sendExport({ request, reply, visit }: Streamed): Promise<void> {
  const body = (request.body ?? {}) as Readonly<Record<string, unknown>>
  const format = FORMAT_KEYS.find((one) => one === body.formato) ?? 'csv'
  const begun = await visit(async (here) => {
    const chosen = await choose(here, format, body.quais !== 'pagina')
    return { chosen, words: here.words, lang: here.lang, now: here.now }
  })
  const { chosen, words, lang, now } = begun
  if ('away' in chosen) return void (await reply.code(303).header('location', chosen.away).send())
  const { statuses } = words.shared
  const table: Table = {
    title: words.exports.sheet,
    lang,
    heads: chosen.columns.map((column) => columnName(words, column)),
    end: words.exports.end,
    batches: batchesOf(chosen.ids, async (ids) => {
      const rows = await visit(async ({ tx }) => await exportRows(tx, ids, lang))
      return rows.map((row) => chosen.columns.map((column) => cellOf(row, column, statuses)))
    }),
  }
  await send(reply, { table, format, name: `${words.exports.file}-${now.toISOString().slice(0, 10)}.${format}` })
}

/** What to send, kept in the journal; or where to go when there is nothing that can be. */
async function choose(visit: Visit, format: Format, whole: boolean): Promise<Chosen | { away: string }> {
  const { actor, tx, now, lang } = visit
  const asked = await askedList(visit, paramsOf(visit))
  const page = `${EXPORT_PATH}?${listQueryText(asked.query)}`
  if (asked.problems.length > 0) return { away: visit.path }
  const choice = await choiceNow(tx, actor)
  const query = { ...asked.query, size: asked.query.size ?? choice.rows }
  const ids = await exportNumbers(tx, { ...asked, actor, lang, now, query }, whole)
  if (!ids) return { away: `${page}&erro=ampla` }
  if (ids.length > FORMATS[format].most) return { away: `${page}&erro=${format}` }
  await record(tx, {
    thing: 'export',
    thingId: `tickets-${actor.personId}`,
    institutionId: actor.institutionId,
    actorId: actor.personId,
    event: 'export',
    at: now,
    facts: { format, rows: ids.length },
    // What is searched for may be a plate or a person's number.
    privateFacts: { path: listPath(asked.query) },
    ...(actor.side === 'staff' ? { staffOnly: true } : {}),
  })
  return { format, ids, columns: choice.columns.map(({ column }) => column) }
}

async function* batchesOf<T>(ids: Float64Array, read: (ids: readonly number[]) => Promise<T>): AsyncGenerator<T> {
  for (let at = 0; at < ids.length; at += BATCH) yield await read([...ids.subarray(at, at + BATCH)])
}

async function send(reply: FastifyReply, given: { table: Table; format: Format; name: string }): Promise<void> {
  const { write, type } = FORMATS[given.format]
  await reply
    .headers({
      'content-type': type,
      'content-disposition': `attachment; filename="${given.name}"`,
      'cache-control': 'no-store',
    })
    .send(Readable.from(write(given.table), { objectMode: false }))
}
