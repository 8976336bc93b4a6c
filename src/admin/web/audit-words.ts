// Rows of the audit in words.
import type { AuditQuery, AuditRow } from '#admin/audit.ts'
import type { Event, Thing } from '#journal/rules.ts'
import { saidFacts } from '#tickets/views.tsx'
import type { Words } from '#words/words.ts'

export const PATH = '/admin/auditoria'

/** Is the row about a ticket, or a reading of one? */
export const isTicket = ({ thing }: AuditRow): boolean => thing.startsWith('ticket')

/** *Ana · Banco*; whoever was refused has no name here, nor has who held a letter; what nobody did the clock did. */
export function whoSaid({ admin: { audit } }: Words, { person, institution, event, facts }: AuditRow): string {
  if (event === 'entry-refused' && !person) return institution ? `${audit.stranger} · ${institution}` : audit.stranger
  if (!person) return facts.link ? audit.byLink : audit.clock
  return institution ? `${person} · ${institution}` : person
}

/** What happened; an event without words (of an older version) under its own name. */
export function eventSaid({ journal }: Words, event: string): string {
  return { ...journal.events, ...journal.readings }[event as Event] ?? event
}

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

/** What the ticket's own history tells, then what only an auditor looks for, in the order of its names. */
export function factsSaid(words: Words, row: AuditRow): string[] {
  const { from, ...rest } = row.facts
  if (row.event === 'open-file' && row.about) return [`${words.journal.file(Number(rest.n))}: ${row.about}`]
  return isTicket(row) ? [...saidFacts(words, row), ...plainFacts(words, rest)] : plainFacts(words, row.facts)
}

function plainFacts(words: Words, facts: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(words.journal.facts)
    .map(([name, said]) => [name, said, facts[name] ?? undefined] as const)
    .filter(([, , value]) => value !== undefined)
    .map(
      ([name, said, value]) => `${said}: ${name === 'path' ? criteriaSaid(words, String(value)) : shown(words, value)}`,
    )
}

/** A fact that has facts of its own, such as what days of the calendar were, tells them. */
function shown(words: Words, value: unknown): string {
  if (Array.isArray(value)) return value.map((one) => shown(words, one)).join(', ')
  if (typeof value !== 'object' || value === null) return words.journal.values[String(value)] ?? String(value)
  const inner = plainFacts(words, value as Record<string, unknown>)
  return inner.length > 0 ? `(${inner.join(', ')})` : JSON.stringify(value)
}

/** An address that was recorded, in words; of another page it stands as it is. */
export function criteriaSaid(words: Words, path: string): string {
  const [page, search = ''] = path.split('?', 2)
  if (page !== PATH) return path
  const { audit, clock } = words.admin
  const labels: Readonly<Record<string, string>> = {
    chamado: audit.ticket,
    pessoa: audit.person,
    cpf: audit.cpf,
    instituicao: clock.institution,
    evento: audit.what,
    de: audit.from,
    ate: audit.to,
  }
  const said = [...new URLSearchParams(search)].map(([name, value]) => {
    if (name === 'o') return audit.kinds[value === 'leituras' ? 'readings' : 'changes']
    const shown =
      name === 'evento' ? eventSaid(words, value) : name === 'de' || name === 'ate' ? dayShown(value) : value
    return `${labels[name] ?? name}: ${shown}`
  })
  return said.join(', ')
}

/** `AAAA-MM-DD` as people read it. */
export const dayShown = (day: string): string => day.split('-').reverse().join('-')
