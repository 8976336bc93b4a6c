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
  limits: (kinds: readonly string[], megabytes: number, most: number): string =>
    `${kinds.join(', ').replace(/, ([^,]*)$/, ' or $1')}, up to ${megabytes} MB${most > 1 ? ` each, ${most} files at most` : ''}.`,
} satisfies Words['attachments']
