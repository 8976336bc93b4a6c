// Texts of the room `attachments`, first language: its shape is what English must satisfy.
export const attachments = {
  open: 'Abrir',
  download: 'Baixar',
  size: (bytes: number): string =>
    bytes < 1024
      ? `${bytes} bytes`
      : bytes < 1_048_576
        ? `${Math.round(bytes / 1024)} kB`
        : `${(bytes / 1_048_576).toFixed(1).replace('.', ',')} MB`,
  kinds: { pdf: 'PDF', jpeg: 'JPEG', png: 'PNG' },
  limits: (kinds: readonly string[], megabytes: number, most: number): string =>
    `${kinds.join(', ').replace(/, ([^,]*)$/, ' ou $1')}, até ${megabytes} MB${most > 1 ? ` cada, no máximo ${most} arquivos` : ''}.`,
}
