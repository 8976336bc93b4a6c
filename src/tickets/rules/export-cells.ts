// The cells of an exported row: values for a spreadsheet, texts for a page or CSV, where nothing may run as a formula. Pure.
import { showInstant } from '#shared/kit/dates.ts'
import type { Status } from '#tickets/rules/lifecycle.ts'
import type { Column } from '#tickets/rules/list-query.ts'

export type Cell = string | number | Date | null

/** A row of a list by its columns. */
export type Exported = Readonly<
  Record<Exclude<Column, 'updated' | 'opened' | 'closed' | 'due' | 'status' | 'id'>, string | null>
> & {
  readonly id: number
  readonly status: Status
  readonly updatedAt: Date
  readonly openedAt: Date
  readonly closedAt: Date | null
  readonly dueAt: Date | null
}

const INSTANTS = { updated: 'updatedAt', opened: 'openedAt', closed: 'closedAt', due: 'dueAt' } as const

export function cellOf(row: Exported, column: Column, statuses: Readonly<Record<Status, string>>): Cell {
  if (column === 'status') return statuses[row.status]
  if (column === 'updated' || column === 'opened' || column === 'closed' || column === 'due')
    return row[INSTANTS[column]]
  return row[column]
}

/** The longest name of a search that stands in the name of a file. */
const LONGEST_PART = 60

/** The name of a file of these parts, in letters that every system writes. */
export function fileName(parts: readonly (string | undefined)[]): string {
  return parts
    .map((part = '') =>
      part
        .normalize('NFD')
        .toLowerCase()
        .replace(/\p{M}/gu, '')
        .replace(/[^a-z0-9]+/g, '-')
        .slice(0, LONGEST_PART)
        .replace(/^-|-$/g, ''),
    )
    .filter((part) => part !== '')
    .join('-')
}

export function cellText(cell: Cell): string {
  if (cell instanceof Date) return showInstant(cell)
  return cell === null ? '' : String(cell)
}
