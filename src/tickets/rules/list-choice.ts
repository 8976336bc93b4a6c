// How a person likes lists: which columns in which order and width, how dense, how many rows. Kept as text; what is no longer
// understood is left out. Pure.
import {
  COLUMN_KEYS,
  COLUMNS,
  type Column,
  DEFAULT_COLUMNS,
  PAGE_SIZES,
  type PageSize,
} from '#tickets/rules/list-query.ts'

/** Widths of a column, from the stylesheet: as wide as it needs, or one of four. */
export const WIDTHS = ['auto', 'p', 'm', 'g', 'x'] as const
export type Width = (typeof WIDTHS)[number]
export const DENSITIES = ['normal', 'compacta', 'ampla'] as const
export type Density = (typeof DENSITIES)[number]

export interface ShownColumn {
  readonly column: Column
  readonly width: Width
}

export interface ListChoice {
  /** The ID and the title are always among them; the ID is the first. */
  readonly columns: readonly ShownColumn[]
  readonly density: Density
  readonly rows: PageSize | undefined
  /** Where *Listar Chamados* begins: the query of one's default search. */
  readonly start: string | undefined
}

export const USUAL: ListChoice = {
  columns: DEFAULT_COLUMNS.map((column) => ({ column, width: 'auto' })),
  density: 'normal',
  rows: undefined,
  start: undefined,
}

/** As the database keeps it. */
export interface KeptChoice {
  /** Words of the address, a width after a colon: `id titulo:g status`. '' are the usual ones. */
  readonly columns: string
  readonly density: string
  readonly rows: number | null
  readonly start: string | null
}

export function readChoice(kept: KeptChoice): ListChoice {
  return {
    columns: kept.columns === '' ? USUAL.columns : readColumns(kept.columns.split(' ')),
    density: DENSITIES.find((one) => one === kept.density) ?? 'normal',
    rows: PAGE_SIZES.find((one) => one === kept.rows),
    start: kept.start ?? undefined,
  }
}

/** Reads columns in their order; each once, the ID put first and a missing title behind it. */
export function readColumns(words: readonly string[]): readonly ShownColumn[] {
  const read = new Map<Column, ShownColumn>([['id', { column: 'id', width: 'auto' }]])
  for (const word of words) {
    const [name, code] = word.split(':')
    const column = COLUMN_KEYS.find((key) => COLUMNS[key] === name)
    const width = WIDTHS.find((one) => one === code) ?? 'auto'
    if (column && (column === 'id' || !read.has(column))) read.set(column, { column, width })
  }
  if (read.has('title')) return [...read.values()]
  const [id, ...rest] = [...read.values()]
  return [...(id ? [id] : []), { column: 'title', width: 'auto' }, ...rest]
}

/** As kept; '' when they are the usual ones. */
export function writeColumns(columns: readonly ShownColumn[]): string {
  const write = (list: readonly ShownColumn[]) =>
    list.map(({ column, width }) => `${COLUMNS[column]}${width === 'auto' ? '' : `:${width}`}`).join(' ')
  const text = write(columns)
  return text === write(USUAL.columns) ? '' : text
}

/** The columns with one moved a place up or down; the ID stays first. */
export function moved(columns: readonly ShownColumn[], column: Column, by: -1 | 1): readonly ShownColumn[] {
  const at = columns.findIndex((one) => one.column === column)
  const to = at + by
  if (at < 1 || to < 1 || to >= columns.length) return columns
  return columns.with(at, columns[to] as ShownColumn).with(to, columns[at] as ShownColumn)
}
