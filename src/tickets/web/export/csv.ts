// The CSV of a list.
import { BOM, csvLines } from '#shared/kit/csv.ts'
import { cellText } from '#tickets/rules/export-cells.ts'
import type { Table } from '#tickets/web/export/table.ts'

export async function* csv({ heads, batches, end }: Table): AsyncGenerator<Buffer> {
  yield Buffer.from(BOM + csvLines([heads]))
  let count = 0
  for await (const rows of batches) {
    count += rows.length
    yield Buffer.from(csvLines(rows.map((row) => row.map(cellText))))
  }
  yield Buffer.from(csvLines([[end(count)]]))
}
