// Rows as CSV for spreadsheets of Brazil: UTF-8 with BOM, semicolons, no cell that would run. Pure.
import { stringify } from 'csv-stringify/sync'

/** Stands before the first row: by it spreadsheets know the encoding. */
export const BOM = '\uFEFF'

/**
 * A text that a spreadsheet would take for a formula begins with an apostrophe, which spreadsheets do not show; so does each of
 * its lines that one would take for a formula where the lines of a cell are read as rows.
 */
export function defused(text: string): string {
  const begun = /^[\s\uFEFF]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/u.test(text) || /^[\t\r\n]/.test(text) ? `'${text}` : text
  return begun.replace(/([\r\n])(?=[^\S\r\n]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])/gu, "$1'")
}

/** Rows as lines, each cell defused. A line break of either kind within a cell stands in quotes, as the delimiter does. */
export function csvLines(rows: readonly (readonly string[])[]): string {
  return stringify(
    rows.map((row) => row.map(defused)),
    { delimiter: ';', record_delimiter: 'windows', quoted_match: /[\r\n]/ },
  )
}
