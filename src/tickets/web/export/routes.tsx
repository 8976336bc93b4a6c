// /chamados/exportar: the page of choices, and the file itself, written while it is read. Each batch of rows is a visit of its
// own: no transaction waits for a slow line, and whoever is signed out meanwhile gets no more.
import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import { record } from '#journal/actions.ts'
import { showParts } from '#shared/kit/dates.ts'
import { strayParams } from '#shared/kit/stray-params.ts'
import { found } from '#shared/refusals.ts'
import type { Answer, Site, Streamed, Visit } from '#shared/web/site.ts'
import { choiceNow, keptSearch } from '#tickets/reads/choice.ts'
import { exportNumbers } from '#tickets/reads/export.ts'
import { rowsOf } from '#tickets/reads/list.ts'
import { type AskedList, askedList } from '#tickets/reads/list-search.ts'
import { cellOf, fileName } from '#tickets/rules/export-cells.ts'
import { type Column, listPath, listQueryText } from '#tickets/rules/list-query.ts'
import { columnName } from '#tickets/views.tsx'
import { csv } from '#tickets/web/export/csv.ts'
import { EXPORT_PATH, exportPage, FORMATS, type Format, RANGES, type Range } from '#tickets/web/export/page.tsx'
import { pdf } from '#tickets/web/export/pdf.ts'
import type { Table } from '#tickets/web/export/table.ts'
import { MOST_XLSX, xlsx } from '#tickets/web/export/xlsx.ts'

/** Rows read at a time. */
const BATCH = 150

const WRITERS = {
  csv: { write: csv, type: 'text/csv; charset=utf-8' },
  xlsx: { write: xlsx, type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' },
  pdf: { write: pdf, type: 'application/pdf' },
} as const

export function routes(site: Site): void {
  site.get(EXPORT_PATH, showExport)
  site.stream('POST', EXPORT_PATH, sendExport, {})
}

const paramsOf = (visit: Visit): URLSearchParams => new URL(visit.path, 'http://eprod').searchParams

async function showExport(visit: Visit): Promise<Answer> {
  const params = paramsOf(visit)
  const asked = await askedList(visit, params)
  // A kept search by its number alone: all of it stands in the address it leads to.
  if (asked.query.saved && params.size === 1)
    return { redirect: `${EXPORT_PATH}?${found(await keptSearch(visit, asked.query.saved), 'search-gone').path}` }
  return exportPage(visit, asked, {})
}

interface Chosen {
  readonly ids: Float64Array
  readonly columns: readonly Column[]
  /** Of the kept search the list stands as. */
  readonly name: string | undefined
}
interface Typed {
  readonly format: Format | undefined
  readonly range: Range | undefined
  readonly params: URLSearchParams
}

async function sendExport({ request, reply, visit }: Streamed): Promise<void> {
  const typed = readTyped(request.body)
  const begun = await visit(async (here) => {
    const chosen = await choose(here, typed)
    return { chosen, words: here.words, lang: here.lang, now: here.now }
  })
  const { chosen, words, lang, now } = begun
  if ('html' in chosen) {
    const headers = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }
    return void (await reply.code(422).headers(headers).send(Buffer.from(chosen.html)))
  }
  const { statuses } = words.shared
  const table: Table = {
    title: words.exports.sheet,
    lang,
    heads: chosen.columns.map((column) => columnName(words, column)),
    end: words.exports.end,
    strange: words.exports.strange,
    batches: batchesOf(chosen.ids, async (ids) => {
      const rows = await visit(async ({ tx }) => await rowsOf(tx, ids, lang))
      return rows.map((row) => chosen.columns.map((column) => cellOf(row, column, statuses)))
    }),
  }
  const name = fileName([words.exports.file, chosen.name, showParts(now).day])
  await send(reply, { table, format: chosen.format, name: `${name}.${chosen.format}` })
}

/** What the form sent; a value there is not in it is undefined. */
function readTyped(body: unknown): Typed {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries((body ?? {}) as Readonly<Record<string, unknown>>))
    for (const one of [value].flat()) params.append(name, String(one))
  return {
    format: FORMATS.find((one) => one === params.get('formato')),
    range: RANGES.find((one) => one === params.get('quais')),
    params,
  }
}

type Page = Extract<Answer, { html: string }>

/** What to send, kept in the journal; or the page of choices with what is wrong. */
async function choose(visit: Visit, typed: Typed): Promise<(Chosen & { format: Format }) | Page> {
  const { actor, tx, now, lang } = visit
  const { format, range } = typed
  const asked = await askedList(visit, paramsOf(visit))
  const refused = (wrong: Parameters<typeof exportPage>[2]['wrong']): Page =>
    exportPage(visit, asked, { wrong: wrong ?? {}, chosen: typed }) as Page
  const strays = strayParams(typed.params, (name) => (name === 'formato' || name === 'quais' ? 'one' : undefined))
  if (strays.length > 0 || asked.problems.length > 0) return refused({ strays })
  if (!format || !range) return refused({ fault: format ? 'quais' : 'formato' })
  const choice = await choiceNow(tx, actor)
  const query = { ...asked.query, size: asked.query.size ?? choice.rows }
  const ids = await exportNumbers(tx, { ...asked, actor, lang, now, query }, range === 'todos')
  if (!ids) return refused({ fault: 'ampla' })
  if (format === 'xlsx' && ids.length > MOST_XLSX) return refused({ fault: 'xlsx' })
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
  return { format, ids, columns: choice.columns.map(({ column }) => column), name: await nameOf(visit, asked) }
}

/** The name of the kept search, while the list is as it was kept. */
async function nameOf(visit: Visit, { query }: AskedList): Promise<string | undefined> {
  const kept = query.saved ? await keptSearch(visit, query.saved) : undefined
  const whole = listQueryText({ ...query, select: undefined, after: undefined, before: undefined })
  return kept?.path === whole ? kept.name : undefined
}

async function* batchesOf<T>(ids: Float64Array, read: (ids: readonly number[]) => Promise<T>): AsyncGenerator<T> {
  for (let at = 0; at < ids.length; at += BATCH) yield await read([...ids.subarray(at, at + BATCH)])
}

async function send(reply: FastifyReply, given: { table: Table; format: Format; name: string }): Promise<void> {
  const { write, type } = WRITERS[given.format]
  await reply
    .headers({
      'content-type': type,
      'content-disposition': `attachment; filename="${given.name}"`,
      'cache-control': 'no-store',
    })
    .send(Readable.from(write(given.table), { objectMode: false }))
}
