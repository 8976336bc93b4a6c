// What is written into a file of any format.
import type { Cell } from '#tickets/rules/export-cells.ts'

export interface Table {
  readonly title: string
  readonly lang: string
  readonly heads: readonly string[]
  /** Read while it is written: each some hundred rows. */
  readonly batches: AsyncIterable<readonly (readonly Cell[])[]>
  /** The last line, which says how many rows there are: a file without it was broken off. */
  readonly end: (count: number) => string
  /** What a file says that could not write a letter as it is. */
  readonly strange: string
}
