// Texts of the room `attachments` in English.
import type { Words } from '#words/words.ts'

export const attachments = {
  open: 'Open',
  download: 'Download',
  size: (bytes: number): string =>
    bytes < 1024
      ? `${bytes} bytes`
      : bytes < 1_048_576
        ? `${Math.round(bytes / 1024)} kB`
        : `${(bytes / 1_048_576).toFixed(1)} MB`,
  kinds: { pdf: 'PDF', jpeg: 'JPEG', png: 'PNG' },
  checks: {
    label: 'Automatic check',
    facts: {
      pages: (w) => (w.n === 1 ? '1 page' : `${w.n} pages`),
      vehicle: () => 'plate or chassis in the text',
      noVehicle: () => 'neither plate nor chassis in the text',
      noText: () => 'no searchable text',
      signature: () => 'digital signature present (not validated)',
      waiting: () => 'being checked…',
      clean: () => 'no virus',
      none: () => 'not scanned for viruses',
    },
    warnings: {
      opens: () => 'The file does not open: it seems damaged. Check the original and send it again.',
      encrypted: () => 'The file asks for a password. Send a copy without one.',
      pages: (w) => `The file has ${w.pages} pages; this document asks for ${w.most} at most.`,
      blank: () => 'The file seems to be blank. Check the scan.',
      small: (w) => `The picture has ${w.width} × ${w.height} pixels and may be illegible. Scan it larger.`,
      vehicle: () =>
        'The text of the file has neither the plate nor the chassis given. Check that it is the right document.',
      signature: () => 'The file has no digital signature.',
      unchecked: () => 'This file could not be checked automatically. Check that it opens.',
      bomb: (_) =>
        'The file unfolds to far more than a computer can open. Print the document to PDF and send it again.',
      infected: (w) => `The scanner found a virus (${w.virus}): the file cannot be opened. Send another.`,
      quarantine: () =>
        'In quarantine: the scanner did not answer, and until then the file does not open. The scan is tried again by itself.',
    },
  },
  limits: (kinds: readonly string[], megabytes: number, most: number): string =>
    `${kinds.join(', ').replace(/, ([^,]*)$/, ' or $1')}, up to ${megabytes} MB${most > 1 ? ` each, ${most} files at most` : ''}.`,
} satisfies Words['attachments']
