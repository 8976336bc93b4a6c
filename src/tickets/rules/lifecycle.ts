// The life cycle of a ticket (product, section 3): status × verb → who, next, event. The trigger eprod.guard_ticket refuses
// whatever does not fit, even raw SQL. Pure: drawn into docs/lifecycle.svg and tested exhaustively.
import { type Actor, holds, mayWriteForInstitution } from '#shared/kit/actor.ts'
import type { RefusalCode } from '#shared/refusals.ts'

export const STATUSES = ['new', 'processing', 'pending', 'solved', 'closed'] as const
export type Status = (typeof STATUSES)[number]

/** What can be done to a ticket. `lapse` and `expire` are the clock's: 7 days of Pendente, 10 of Solucionado. */
export const VERBS = [
  'take',
  'assign',
  'give-back',
  'ask',
  'answer',
  'follow-up',
  'note',
  'solve',
  'approve',
  'refuse',
  'lapse',
  'expire',
] as const
export type Verb = (typeof VERBS)[number]

/** A part a person (or the clock) plays towards a ticket. */
export type Role = 'operator' | 'analyst' | 'supervisor' | 'clock'

/** The status after: a fixed one, the same, or Processando if somebody is assigned and else Novo. */
export type Next = Status | 'same' | 'by-assignee'

export interface Line {
  readonly by: readonly Role[]
  readonly next: Next
}

const staff = ['analyst', 'supervisor'] as const
const analyst = ['analyst'] as const
const operator = ['operator'] as const
const clock = ['clock'] as const
const note = { by: staff, next: 'same' } as const

/** The one table. What is not in it is refused. */
export const LIFECYCLE = {
  new: {
    take: { by: analyst, next: 'processing' },
    assign: { by: ['supervisor'], next: 'processing' },
    ask: { by: analyst, next: 'pending' },
    solve: { by: analyst, next: 'solved' },
    'follow-up': { by: ['operator', 'analyst'], next: 'same' },
    note,
  },
  processing: {
    take: { by: analyst, next: 'same' },
    assign: { by: ['supervisor'], next: 'same' },
    'give-back': { by: staff, next: 'new' },
    ask: { by: analyst, next: 'pending' },
    solve: { by: analyst, next: 'solved' },
    'follow-up': { by: ['operator', 'analyst'], next: 'same' },
    note,
  },
  pending: {
    take: { by: analyst, next: 'same' },
    assign: { by: ['supervisor'], next: 'same' },
    'give-back': { by: staff, next: 'same' },
    ask: { by: analyst, next: 'pending' },
    answer: { by: operator, next: 'by-assignee' },
    solve: { by: analyst, next: 'solved' },
    lapse: { by: clock, next: 'solved' },
    'follow-up': { by: analyst, next: 'same' },
    note,
  },
  solved: {
    take: { by: analyst, next: 'same' },
    assign: { by: ['supervisor'], next: 'same' },
    'give-back': { by: staff, next: 'same' },
    approve: { by: operator, next: 'closed' },
    refuse: { by: operator, next: 'by-assignee' },
    expire: { by: clock, next: 'closed' },
    'follow-up': { by: analyst, next: 'same' },
    note,
  },
  closed: {},
} as const satisfies Record<Status, Partial<Record<Verb, Line>>>

/** The line of the table, or undefined. */
export function lineOf(status: Status, verb: Verb): Line | undefined {
  return (LIFECYCLE[status] as Partial<Record<Verb, Line>>)[verb]
}

/** The parts an actor may play; 'clock' is nobody's but the clock's. */
export function rolesOf(actor: Actor | 'clock'): Role[] {
  if (actor === 'clock') return ['clock']
  const roles: Role[] = []
  if (mayWriteForInstitution(actor)) roles.push('operator')
  if (actor.side === 'staff' && holds(actor, 'analyst')) roles.push('analyst')
  if (actor.side === 'staff' && holds(actor, 'supervisor')) roles.push('supervisor')
  return roles
}

/** Who may do a verb in some status. */
const DOERS: ReadonlyMap<Verb, ReadonlySet<Role>> = new Map(
  VERBS.map((verb) => [verb, new Set(STATUSES.flatMap((status) => lineOf(status, verb)?.by ?? []))]),
)

export type Decision = { readonly ok: true; readonly next: Status } | { readonly ok: false; readonly code: RefusalCode }

/** May this actor do this verb to a ticket of this status, and where does it lead? Refusals in the order a person expects. */
export function decide(
  ticket: { readonly status: Status; readonly assigned: boolean },
  verb: Verb,
  actor: Actor | 'clock',
): Decision {
  const roles = rolesOf(actor)
  const anyone = DOERS.get(verb) ?? new Set()
  if (!roles.some((role) => anyone.has(role))) return { ok: false, code: lackOf(actor, anyone) }
  if (ticket.status === 'closed') return { ok: false, code: 'closed-stays-closed' }
  const line = lineOf(ticket.status, verb)
  if (!line || !roles.some((role) => line.by.includes(role))) {
    const followsUpSolved = ticket.status === 'solved' && verb === 'follow-up'
    return { ok: false, code: followsUpSolved ? 'refuse-instead' : 'not-in-this-status' }
  }
  return { ok: true, next: nextStatus(line.next, ticket) }
}

/** The verbs an actor may do now, in the table's order: draws the buttons. */
export function verbsFor(ticket: { status: Status; assigned: boolean }, actor: Actor): Verb[] {
  return VERBS.filter((verb) => decide(ticket, verb, actor).ok)
}

function nextStatus(next: Next, ticket: { status: Status; assigned: boolean }): Status {
  if (next === 'same') return ticket.status
  if (next === 'by-assignee') return ticket.assigned ? 'processing' : 'new'
  return next
}

function lackOf(actor: Actor | 'clock', anyone: ReadonlySet<Role>): RefusalCode {
  if (actor === 'clock') return 'not-for-your-side'
  if (actor.side === 'institution') return anyone.has('operator') ? 'needs-include-class' : 'not-for-your-side'
  return anyone.has('analyst') || anyone.has('supervisor') ? 'needs-staff-class' : 'not-for-your-side'
}

/** Does a follow-up by the institution count as the answer? On Pendente any answer of the institution does. */
export function followUpVerb(status: Status, actor: Actor): 'answer' | 'follow-up' {
  return status === 'pending' && actor.side === 'institution' ? 'answer' : 'follow-up'
}
