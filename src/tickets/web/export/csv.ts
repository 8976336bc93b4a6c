// Rows as CSV for spreadsheets of Brazil: UTF-8 with BOM, semicolons.
import { stringify } from 'csv-stringify/sync'
import { cellText, defused } from '#tickets/rules/export-cells.ts'
import type { Table } from '#tickets/web/export/table.ts'

export async function* csv({ heads, batches, end }: Table): AsyncGenerator<Buffer> {
  const lines = (rows: readonly (readonly string[])[]) =>
    Buffer.from(
      stringify(
        rows.map((row) => row.map(defused)),
        { delimiter: ';', record_delimiter: 'windows' },
      ),
    )
  yield Buffer.concat([Buffer.from('\uFEFF'), lines([heads])])
  let count = 0
  for await (const rows of batches) {
    count += rows.length
    yield lines(rows.map((row) => row.map(cellText)))
  }
  yield lines([[end(count)]])
}
