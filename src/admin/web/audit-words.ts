// Rows of the audit in words.
import type { AuditQuery, AuditRow } from '#admin/audit.ts'
import type { Event, Thing } from '#journal/rules.ts'
import { saidFacts } from '#tickets/views.tsx'
import type { Words } from '#words/words.ts'

/** Is the row about a ticket, or a reading of one? */
export const isTicket = ({ thing }: AuditRow): boolean => thing.startsWith('ticket')

/** What happened; an event without words (of an older version) under its own name. */
export function eventSaid({ journal }: Words, event: string): string {
  return { ...journal.events, ...journal.readings }[event as Event] ?? event
}

/** Who it was where nobody was signed in: the clock, or whoever held a letter. */
export const nobodySaid = ({ admin }: Words, { facts }: AuditRow): string =>
  facts.link ? admin.audit.byLink : admin.audit.clock

/** Every kind of change, or of reading, in the order of its name. */
export function eventsOf({ journal }: Words, kind: AuditQuery['kind']) {
  const names: Readonly<Record<string, string>> = kind === 'changes' ? journal.events : journal.readings
  return Object.entries(names)
    .map(([value, label]) => ({ value, label }))
    .sort((a, b) => a.label.localeCompare(b.label))
}

/** *Configuração: dias de Pendente*, *Sessão: 7*, *Pessoa: Ana*. */
export function thingSaid({ journal }: Words, { thing, thingId, about }: AuditRow): string {
  const name = about ?? journal.names[thingId.replace(/-\d+$/, '')] ?? thingId
  return `${journal.things[thing as Thing] ?? thing}: ${name}`
}

/**
 * What the ticket's own history tells, then what only an auditor looks for, in the order of its names. The file has every fact as
 * it is kept.
 */
export function factsSaid(words: Words, row: AuditRow): string[] {
  const { from, ...rest } = row.facts
  const shown = (value: unknown) =>
    typeof value === 'object' ? JSON.stringify(value) : (words.journal.values[String(value)] ?? String(value))
  const facts = isTicket(row) ? rest : row.facts
  const plain = Object.entries(words.journal.facts)
    .map(([name, said]) => [said, facts[name] ?? undefined] as const)
    .filter(([, value]) => value !== undefined)
    .map(([said, value]) => `${said}: ${shown(value)}`)
  return [...(isTicket(row) ? saidFacts(words, row) : []), ...plain]
}
