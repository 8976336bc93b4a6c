// The table of Listar Chamados: fourteen columns, sorted by any, a card for each row on phones. Drawn on every request of
// the busiest page: cells are calls, not nested components.

// biome-ignore-all lint/a11y/noRedundantRoles: rows become a grid on phones; the roles keep the table a table
import { renderToString } from 'preact-render-to-string'
import { showTicketId } from '#shared/kit/identifiers/ticket-id.ts'
import { drawnBefore, html } from '#shared/ui/html.ts'
import { Icon } from '#shared/ui/icon.tsx'
import { StatusBadge } from '#shared/ui/status.tsx'
import type { Guest } from '#shared/web/site.ts'
import type { ListRow } from '#tickets/reads/list.ts'
import { COLUMN_KEYS, type Column, INSTANTS, type ListQuery, listPath } from '#tickets/rules/list-query.ts'
import { InstantCell, TextCell, TitleCell } from '#tickets/views.tsx'
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
} as const satisfies Record<Column, string>

/** `Plug-ins - Motivo`, as the guide writes the names of its columns. */
export function columnName(words: Words, column: Column): string {
  const { group, name } = words.lists.columns[column]
  return group ? `${group} - ${name}` : name
}

/** Columns that phones leave out (narrow.css): their cells need no label. */
const WIDE_ONLY: ReadonlySet<Column> = new Set(['requesterGroup', 'category', 'team', 'observers'])

type Labels = Readonly<Record<Column, string>>
const labels = new Map<Words, Labels>()
function labelsOf(words: Words): Labels {
  let known = labels.get(words)
  if (!known) {
    known = Object.fromEntries(
      COLUMN_KEYS.map((key) => [key, WIDE_ONLY.has(key) ? '' : columnName(words, key)]),
    ) as Labels
    labels.set(words, known)
  }
  return known
}

export function TicketTable(props: { guest: Guest; query: ListQuery; rows: readonly ListRow[] }) {
  const { guest, query } = props
  const { words } = guest
  const named = labelsOf(words)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1)
    <section class="scroll" tabIndex={0} aria-label={words.lists.scrollLabel}>
      <table class="tb full" role="table">
        <caption class="vh">{words.lists.caption}</caption>
        <thead role="rowgroup">{headingRow(guest, query)}</thead>
        <tbody role="rowgroup">{props.rows.map((row) => ticketRow(row, words, named))}</tbody>
      </table>
    </section>
  )
}

/** Headings depend on the filter and the order alone: drawn once for each that is asked for. */
const headings = new Map<string, string>()
const MOST_HEADINGS = 500
function headingRow({ words, lang }: Guest, query: ListQuery) {
  const key = `${lang} ${listPath({ ...query, after: undefined, before: undefined })}`
  let row = headings.get(key)
  if (row === undefined) {
    row = renderToString(<tr role="row">{COLUMN_KEYS.map((column) => heading(words, query, column))}</tr>)
    if (headings.size < MOST_HEADINGS) headings.set(key, row)
  }
  return drawnBefore(row)
}

function heading(words: Words, query: ListQuery, column: Column) {
  const { group, name } = words.lists.columns[column]
  const sorted = query.sort === column
  const descending = sorted ? !query.descending : INSTANTS.has(column)
  const to = { ...query, sort: column, descending, after: undefined, before: undefined }
  return (
    <th
      key={column}
      scope="col"
      role="columnheader"
      class={KIND[column]}
      aria-sort={sorted ? (query.descending ? 'descending' : 'ascending') : undefined}
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
        <Icon name={sorted ? (query.descending ? 'arrow-down' : 'arrow-up') : 'arrows-sort'} />
      </a>
    </th>
  )
}

function ticketRow(row: ListRow, words: Words, named: Labels) {
  const text = (column: Column, value: string | null) =>
    TextCell({ kind: KIND[column], label: named[column], text: value })
  const instant = (column: Column, at: Date | null) => InstantCell({ kind: KIND[column], label: named[column], at })
  return html`<tr role="row"><th scope="row" role="rowheader" class="id" data-th="ID">${showTicketId(row.id)}</th>${[
    TitleCell({ id: row.id, title: row.title, label: named.title }),
    html`<td role="cell" class="status" data-th="${named.status}">${StatusBadge({ status: row.status, words })}</td>`,
    text('waitingType', row.waitingType),
    text('waitingReason', row.waitingReason),
    instant('updated', row.updatedAt),
    instant('opened', row.openedAt),
    instant('closed', row.closedAt),
    text('requesterGroup', row.requesterGroup),
    text('requester', row.requester),
    text('category', row.category),
    text('assignee', row.assignee),
    text('team', row.team),
    text('observers', row.observers),
  ]}</tr>`
}
