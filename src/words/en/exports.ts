// Texts of exporting a list.
import type { Words } from '#words/words.ts'

export const exports = {
  link: 'Export',
  title: 'Export',
  heading: 'Export the list',
  intro:
    'The columns are those of your display. The file ends with a line that says how many tickets it holds: without it, it was broken off.',
  criteria: 'Criteria',
  everything: 'No criteria: every ticket you may see.',
  which: 'Which tickets',
  ranges: { todos: 'All of the list', pagina: 'Those of this page only' },
  format: 'Format',
  formats: {
    csv: 'CSV (spreadsheets; no limit)',
    xlsx: 'XLSX (Excel and LibreOffice)',
    pdf: 'PDF (to print; no limit)',
  },
  submit: 'Export',
  back: 'Back to the list',
  logged: 'Each export is kept in the audit: who, when, by which criteria and how many tickets.',
  faults: {
    formato: 'There is no such format. Choose CSV, XLSX or PDF.',
    quais: 'Choose whether all tickets of the list leave or those of this page only.',
    xlsx: 'The list has more tickets than a sheet holds (1,048,574). Choose CSV, or refine the search.',
    ampla: 'The search took too long. Refine it and export again.',
  },
  fault: 'It could not be exported',
  file: 'tickets',
  sheet: 'Tickets',
  strange: 'Letters this PDF does not have stand as their Unicode number, like [U+0141]. CSV and XLSX have them whole.',
  end: (count: number) => `End of the file: ${count} ${count === 1 ? 'ticket' : 'tickets'}`,
} satisfies Words['exports']
