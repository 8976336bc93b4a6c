// Rows as CSV for spreadsheets of Brazil: UTF-8 with BOM, semicolons, no cell that would run. Pure.
import { stringify } from 'csv-stringify/sync'

/** Stands before the first row: by it spreadsheets know the encoding. */
export const BOM = '\uFEFF'

/** A text that a spreadsheet would take for a formula begins with an apostrophe, which spreadsheets do not show. */
export function defused(text: string): string {
  return /^[\s\uFEFF]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/u.test(text) || /^[\t\r\n]/.test(text) ? `'${text}` : text
}

/** Rows as lines, each cell defused. */
export function csvLines(rows: readonly (readonly string[])[]): string {
  return stringify(
    rows.map((row) => row.map(defused)),
    { delimiter: ';', record_delimiter: 'windows' },
  )
}
