// Texts of the room `attachments`, first language: its shape is what English must satisfy.
type Facts = Readonly<Record<string, string | number>>

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
  /** What is known of a file beside its name: short facts, and sentences where something is wrong. */
  checks: {
    label: 'Conferência automática',
    facts: {
      pages: (w: Facts) => (w.n === 1 ? '1 página' : `${w.n} páginas`),
      vehicle: (_: Facts) => 'placa ou chassi no texto',
      noVehicle: (_: Facts) => 'sem a placa e o chassi no texto',
      noText: (_: Facts) => 'sem texto pesquisável',
      signature: (_: Facts) => 'assinatura digital presente (não validada)',
      waiting: (_: Facts) => 'conferindo…',
      clean: (_: Facts) => 'sem vírus',
      none: (_: Facts) => 'não verificado contra vírus',
    },
    warnings: {
      opens: (_: Facts) => 'O arquivo não abre: parece danificado. Confira o original e envie de novo.',
      encrypted: (_: Facts) => 'O arquivo pede senha para abrir. Envie uma cópia sem senha.',
      pages: (w: Facts) => `O arquivo tem ${w.pages} páginas; este documento pede no máximo ${w.most}.`,
      blank: (_: Facts) => 'O arquivo parece estar em branco. Confira a digitalização.',
      small: (w: Facts) =>
        `A imagem tem ${w.width} × ${w.height} pontos e talvez não dê para ler. Digitalize em tamanho maior.`,
      vehicle: (_: Facts) =>
        'O texto do arquivo não traz a placa nem o chassi informados. Confira se é o documento certo.',
      signature: (_: Facts) => 'O arquivo não traz assinatura digital.',
      unchecked: (_: Facts) => 'Não foi possível conferir este arquivo automaticamente. Confira se ele abre.',
      bomb: (_: Facts) =>
        'O arquivo se desdobra em muito mais do que um computador consegue abrir. Imprima o documento em PDF e envie de novo.',
      infected: (w: Facts) =>
        `O antivírus encontrou um vírus (${w.virus}): o arquivo não pode ser aberto. Envie outro.`,
      quarantine: (_: Facts) =>
        'Em quarentena: o antivírus não respondeu, e até lá o arquivo não abre. A verificação é tentada de novo sozinha.',
    },
  },
  limits: (kinds: readonly string[], megabytes: number, most: number): string =>
    `${kinds.join(', ').replace(/, ([^,]*)$/, ' ou $1')}, até ${megabytes} MB${most > 1 ? ` cada, no máximo ${most} arquivos` : ''}.`,
}
