// The table of Listar Chamados: the reader's columns, sorted by any, a card for each row on phones. Drawn on every request of
// the busiest page: cells are calls, not nested components.

// biome-ignore-all lint/a11y/noRedundantRoles: rows become a grid on phones; the roles keep the table a table
import type { VNode } from 'preact'
import { renderToString } from 'preact-render-to-string'
import { showTicketId } from '#shared/kit/identifiers/ticket-id.ts'
import { drawnBefore, html } from '#shared/ui/html.ts'
import { Icon } from '#shared/ui/icon.tsx'
import { StatusBadge } from '#shared/ui/status.tsx'
import type { Guest } from '#shared/web/site.ts'
import type { ListRow } from '#tickets/reads/list.ts'
import { type ListChoice, USUAL } from '#tickets/rules/list-choice.ts'
import { type Column, DEFAULT_COLUMNS, type ListQuery, listPath, NEWEST_FIRST } from '#tickets/rules/list-query.ts'
import { columnName, DueCell, InstantCell, TextCell, TitleCell } from '#tickets/views.tsx'
import type { Words } from '#words/words.ts'

const KIND = {
  id: 'id',
  title: 'title',
  status: 'status',
  waitingType: 'wait',
  waitingReason: 'why',
  updated: 'upd',
  opened: 'opn',
  closed: 'cls',
  requesterGroup: 'group',
  requester: 'who-asks',
  category: 'cat',
  assignee: 'tech',
  team: 'team',
  observers: 'watch',
  due: 'due-at',
} as const satisfies Record<Column, string>

/** Columns that phones leave out (narrow.css): their cells need no label. */
const WIDE_ONLY: ReadonlySet<Column> = new Set(['category', 'team', 'observers'])

/** A column as it is drawn: its class, the label above its cells on phones. */
interface Drawn {
  readonly column: Column
  readonly kind: string
  readonly label: string
  /** Its cells have a box; is that of a row ticked? */
  readonly ticked?: (id: number) => boolean
}

/** The usual columns, by language. */
const usual = new Map<Words, readonly Drawn[]>()
function columnsOf(words: Words, choice: ListChoice): readonly Drawn[] {
  if (choice.columns !== USUAL.columns) {
    return choice.columns.map(({ column, width }) => ({
      column,
      kind: width === 'auto' ? KIND[column] : `${KIND[column]} w-${width}`,
      label: columnName(words, column),
    }))
  }
  const known =
    usual.get(words) ??
    DEFAULT_COLUMNS.map((column) => ({
      column,
      kind: KIND[column],
      label: WIDE_ONLY.has(column) ? '' : columnName(words, column),
    }))
  usual.set(words, known)
  return known
}

function withBoxes([id, ...rest]: readonly Drawn[], { select, ticked }: ListQuery): readonly Drawn[] {
  const numbers = new Set(ticked)
  return id ? [{ ...id, kind: 'id ticks', ticked: (row) => select === 'todas' || numbers.has(row) }, ...rest] : rest
}

interface TableProps {
  readonly guest: Guest
  readonly query: ListQuery
  readonly rows: readonly ListRow[]
  readonly choice: ListChoice
}

export function TicketTable({ guest, query, rows, choice }: TableProps) {
  const { words } = guest
  const columns = query.select ? withBoxes(columnsOf(words, choice), query) : columnsOf(words, choice)
  const own = choice.columns === USUAL.columns ? 'full' : 'chosen'
  // On phones the institution is told only where it tells rows apart.
  const mixed = rows.some((row) => row.requesterGroup !== rows[0]?.requesterGroup) ? ' mixed' : ''
  const density = choice.density === 'normal' ? '' : ` ${choice.density}`
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1)
    <section class="scroll" tabIndex={0} aria-label={words.lists.scrollLabel}>
      <table class={`tb ${own}${mixed}${density}`} role="table">
        <caption class="vh">{words.lists.caption}</caption>
        <thead role="rowgroup">{headingRow(guest, query, columns)}</thead>
        <tbody role="rowgroup">
          {usual.get(words) === columns
            ? rows.map((row) => drawnBefore(usualRow(row, guest, columns)))
            : rows.map((row) => ticketRow(row, guest, columns))}
        </tbody>
      </table>
    </section>
  )
}

/** Headings depend on the filter and the order alone: drawn once for each that is asked for. */
const headings = new Map<string, string>()
const MOST_HEADINGS = 500
function headingRow({ words, lang }: Guest, query: ListQuery, columns: readonly Drawn[]) {
  const own = usual.get(words) === columns ? '' : columns.map(({ kind }) => kind).join(' ')
  const key = `${lang} ${own} ${listPath({ ...query, after: undefined, before: undefined })}`
  let row = headings.get(key)
  if (row === undefined) {
    row = renderToString(<tr role="row">{columns.map((column) => heading(words, query, column))}</tr>)
    if (headings.size < MOST_HEADINGS && !query.ticked?.length) headings.set(key, row)
  }
  return drawnBefore(row)
}

function heading(words: Words, query: ListQuery, { column, kind }: Drawn) {
  const { group, name } = words.lists.columns[column]
  const sorts = [query, ...(query.also ?? [])]
  const at = sorts.findIndex(({ sort }) => sort === column)
  const sorted = sorts[at]
  const descending = at === 0 ? !query.descending : NEWEST_FIRST.has(column)
  const to = { ...query, sort: column, descending, also: undefined, after: undefined, before: undefined }
  return (
    <th
      key={column}
      scope="col"
      role="columnheader"
      class={kind}
      aria-sort={at === 0 ? (query.descending ? 'descending' : 'ascending') : undefined}
    >
      <a href={listPath(to)}>
        <span>
          {group ? (
            <span class="pre">
              {group}
              <span class="vh"> - </span>
            </span>
          ) : null}
          {name}
        </span>
        <Icon name={sorted ? (sorted.descending ? 'arrow-down' : 'arrow-up') : 'arrows-sort'} />
        {at > 0 ? (
          <sup>
            <span class="vh">{words.lists.sortPlace}</span>
            {at + 1}
          </sup>
        ) : null}
      </a>
    </th>
  )
}

/**
 * Rows in the usual columns, by language and all they show: whoever watches a list asks for the same ones again and again.
 * Nobody is shown by it what the own statement did not bring: the content is the key.
 */
const usualRows = new Map<string, string>()
const MOST_ROWS = 5000
function usualRow(row: ListRow, guest: Guest, columns: readonly Drawn[]): string {
  const key = contentOf(row, guest.lang)
  const known = usualRows.get(key)
  if (known !== undefined) return known
  // Copied, the markup is one piece: a string made of hundreds is walked through by every page it is part of.
  const drawn = Buffer.from(renderToString(ticketRow(row, guest, columns))).toString()
  if (usualRows.size >= MOST_ROWS) usualRows.delete(usualRows.keys().next().value ?? '')
  usualRows.set(key, drawn)
  return drawn
}

/** No text of the database holds the character between the parts. */
function contentOf(row: ListRow, lang: string): string {
  const { updatedAt, openedAt, closedAt } = row
  const instants = `${updatedAt.getTime()}\0${openedAt.getTime()}\0${closedAt?.getTime()}`
  const people = `${row.requesterGroup}\0${row.requester}\0${row.assignee}\0${row.team}\0${row.observers}`
  return `${lang}${row.id}\0${row.status}\0${row.title}\0${row.waitingType}\0${row.waitingReason}\0${row.category}\0${instants}\0${people}`
}

function ticketRow(row: ListRow, guest: Guest, columns: readonly Drawn[]) {
  return html`<tr role="row">${columns.map((column) => CELLS[column.column](row, column, guest))}</tr>`
}

type Cell = (row: ListRow, drawn: Drawn, guest: Guest) => VNode

const text =
  (of: (row: ListRow) => string | null): Cell =>
  (row, { kind, label }) =>
    TextCell({ kind, label, text: of(row) })
const instant =
  (of: (row: ListRow) => Date | null): Cell =>
  (row, { kind, label }) =>
    InstantCell({ kind, label, at: of(row) })

const CELLS: Readonly<Record<Column, Cell>> = {
  id: (row, { kind, ticked }, { words }) => {
    const number = showTicketId(row.id)
    if (ticked === undefined) return html`<th scope="row" role="rowheader" class="id" data-th="ID">${number}</th>`
    return (
      <th scope="row" role="rowheader" class={kind}>
        <label>
          <input type="checkbox" name="chamado" value={row.id} checked={ticked(row.id)} />
          <span class="vh">{words.lists.selection.pick}</span> {number}
        </label>
      </th>
    )
  },
  title: (row, { kind, label }) => TitleCell({ id: row.id, title: row.title, kind, label }),
  status: (row, { kind, label }, { words }) =>
    html`<td role="cell" class="${kind}" data-th="${label}">${StatusBadge({ status: row.status, words })}</td>`,
  waitingType: text((row) => row.waitingType),
  waitingReason: text((row) => row.waitingReason),
  updated: instant((row) => row.updatedAt),
  opened: instant((row) => row.openedAt),
  closed: instant((row) => row.closedAt),
  requesterGroup: text((row) => row.requesterGroup),
  requester: text((row) => row.requester),
  category: text((row) => row.category),
  assignee: text((row) => row.assignee),
  team: text((row) => row.team),
  observers: text((row) => row.observers),
  due: (row, { kind, label }, { words, now }) => DueCell({ kind, label, due: row.dueAt, now, words }),
}
