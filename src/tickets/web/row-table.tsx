// The short table of home and search: number, title, status, due instant, and who.
// biome-ignore-all lint/a11y/noRedundantRoles: rows become a grid on phones; the roles keep the table a table
import { showTicketId } from '#shared/kit/identifiers/ticket-id.ts'
import { StatusBadge } from '#shared/ui/status.tsx'
import type { Guest } from '#shared/web/site.ts'
import type { Status } from '#tickets/rules/lifecycle.ts'
import { DueCell, HeadRow, InstantCell, TextCell, TitleCell } from '#tickets/views.tsx'

export interface ShortRow {
  readonly id: number
  readonly title: string
  readonly status: Status
  readonly dueAt: Date | null
  readonly updatedAt: Date
  readonly waitingReason?: string | null
  readonly who: string | null
}

interface Shape {
  readonly guest: Guest
  readonly rows: readonly ShortRow[]
  readonly caption: string
  /** Heading of the last column: whose the ticket is. */
  readonly whoLabel: string
  /** Show the due instants and the reason; else the last update. */
  readonly due: boolean
}

export function RowTable({ guest, rows, caption, whoLabel, due }: Shape) {
  const { words } = guest
  const columns = words.lists.columns
  const reason = due && rows.some((row) => Boolean(row.waitingReason))
  const heads = [
    ['id', columns.id.name],
    ['title', columns.title.name],
    ['status', columns.status.name],
    ...(due ? [['due-at', words.lists.columns.due.name]] : []),
    ...(reason ? [['why', columns.waitingReason.name]] : []),
    ...(due ? [] : [['upd', columns.updated.name]]),
    ['who-asks', whoLabel],
  ] as [string, string][]
  return (
    <table class="tb short" role="table">
      <caption class="vh">{caption}</caption>
      <HeadRow heads={heads} />
      <tbody role="rowgroup">{rows.map((row) => shortRow(row, { guest, due, reason, whoLabel }))}</tbody>
    </table>
  )
}

interface Show {
  readonly guest: Guest
  readonly due: boolean
  readonly reason: boolean
  readonly whoLabel: string
}

function shortRow(row: ShortRow, { guest, due, reason, whoLabel }: Show) {
  const { words } = guest
  const columns = words.lists.columns
  return (
    <tr key={row.id} role="row">
      <th scope="row" role="rowheader" class="id" data-th="ID">
        {showTicketId(row.id)}
      </th>
      {TitleCell({ id: row.id, title: row.title, label: columns.title.name })}
      <td role="cell" class="status" data-th={columns.status.name}>
        {StatusBadge({ status: row.status, words })}
      </td>
      {due ? DueCell({ label: words.lists.columns.due.name, due: row.dueAt, now: guest.now, words }) : null}
      {reason ? TextCell({ kind: 'why', label: columns.waitingReason.name, text: row.waitingReason ?? null }) : null}
      {due ? null : InstantCell({ kind: 'upd', label: columns.updated.name, at: row.updatedAt })}
      {TextCell({ kind: 'who-asks', label: whoLabel, text: row.who })}
    </tr>
  )
}
