// The text of a solution by lapse, composed from the ticket (product, section 3): what was asked, when, which documents
// did not come, the due instant. Part of the record, so in the first language like the title. Pure.

export interface Lapsed {
  readonly question: string
  readonly reason: string
  readonly waitingType: string
  readonly askedAt: string
  readonly dueAt: string
  /** Names of the requested documents. */
  readonly documents: readonly string[]
}

/** The text, plain. */
export function lapsedText(lapsed: Lapsed): string {
  const documents =
    lapsed.documents.length > 0
      ? `Documentos solicitados e não recebidos:\n${lapsed.documents.map((name) => `- ${name}`).join('\n')}`
      : 'Nenhum documento específico foi solicitado; não houve resposta em texto nem em arquivo.'
  return [
    `Solução por ausência de manifestação. Em ${lapsed.askedAt} foi solicitado (${lapsed.waitingType}, ${lapsed.reason}):`,
    lapsed.question,
    documents,
    `O prazo para a manifestação venceu em ${lapsed.dueAt}. Se a solução não for adequada, recuse-a com as informações e os documentos pedidos.`,
  ].join('\n\n')
}
