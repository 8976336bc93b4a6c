// Numbers of tickets as people type and read them.

const GROUPED = /^\d{1,3}(?:[.,\s]\s*\d{3})+$/u
const PLAIN = /^\d{1,15}$/

/** Reads `24151`, `24 151` with any kind of space, `24.151`, `#24151`, `(24 151)`, `ID 24 151`, `chamado nº 24151`; undefined when it is no ticket number. */
export function parseTicketId(typed: string): number | undefined {
  const text = typed
    .trim()
    .replace(/^(?:(?:chamado|ticket|id)\b[\s:]*)?(?:#|n[º°o]\.?)?\s*/iu, '')
    .replace(/[.,;]$/u, '')
    .replace(/^\((.*)\)$/u, '$1')
    .trim()
  if (!PLAIN.test(text) && !GROUPED.test(text)) return undefined
  const id = Number(text.replace(/\D/gu, ''))
  return id > 0 && Number.isSafeInteger(id) ? id : undefined
}

/** `24 151`, the gap a no-break space (guide, Figure 07). */
export function showTicketId(id: number): string {
  return String(id).replace(/\B(?=(?:\d{3})+$)/g, '\u00a0')
}
