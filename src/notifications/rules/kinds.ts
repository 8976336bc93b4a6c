// Which event of a ticket is told to whom, and who among them wants it by mail. Pure.
import type { Side } from '#shared/kit/actor.ts'
import type { Verb } from '#tickets/rules/lifecycle.ts'
import type { Lang } from '#words/words.ts'

/** How a person stands to a ticket. `institution`: chose to follow all of the own institution's. `typed`: the form's address. */
export type Relation = 'requester' | 'writer' | 'typed' | 'institution' | 'assignee' | 'team' | 'observer'

/** What is told: the verbs of the life cycle, its opening, reminders, and a virus in one of its files. */
export type Event = Verb | 'open' | 'remind' | 'infected'

interface Kind {
  readonly institution: boolean
  /** Which relations of the staff's side. */
  readonly staff: readonly Relation[]
  /** Told to whoever did it, too. */
  readonly self?: boolean
}

const working = ['assignee', 'writer', 'team', 'observer'] as const

/** The one table. The institution's side is told by every relation or not at all. */
export const KINDS = {
  open: { institution: true, staff: ['team', 'observer'], self: true },
  take: { institution: true, staff: ['assignee'] },
  assign: { institution: false, staff: ['assignee'] },
  'give-back': { institution: false, staff: ['team'] },
  ask: { institution: true, staff: ['observer'] },
  answer: { institution: true, staff: working },
  'follow-up': { institution: true, staff: working },
  note: { institution: false, staff: working },
  solve: { institution: true, staff: ['observer'] },
  approve: { institution: true, staff: working },
  refuse: { institution: true, staff: working },
  lapse: { institution: true, staff: ['assignee', 'writer', 'observer'] },
  expire: { institution: true, staff: ['assignee', 'writer', 'observer'] },
  remind: { institution: true, staff: [] },
  infected: { institution: true, staff: ['assignee', 'writer'] },
} as const satisfies Record<Event, Kind>

export function isEvent(text: string): text is Event {
  return Object.hasOwn(KINDS, text)
}

/** `none`, `mine` (what I filed, wrote on, or am assigned to) or `all` (of my institution, or of my teams). */
export const SCOPES = ['none', 'mine', 'all'] as const
export type Scope = (typeof SCOPES)[number]

/** A person who stands to a ticket somehow, with the choice in force. */
export interface Related {
  readonly personId: number
  readonly name: string
  readonly email: string
  readonly side: Side
  readonly institutionId: number
  readonly relations: readonly Relation[]
  readonly scope: Scope
  readonly digest: boolean
  readonly lang: Lang
  /** false: it is long ago, or the access has ended; nothing is told. */
  readonly enters: boolean
}

export interface Told {
  readonly event: Event
  readonly staffOnly: boolean
  readonly institutionId: number
  /** null: the clock. */
  readonly actorId: number | null
}

export type Way = 'letter' | 'digest' | 'bell'

/** How a person is told of an event, or undefined: not at all. Only DETRAN's side ever hears of what is the staff's own. */
export function wayOf(person: Related, told: Told): Way | undefined {
  const kind: Kind = KINDS[told.event]
  if (!person.enters || (person.personId === told.actorId && !kind.self)) return undefined
  if (person.side === 'institution') {
    if (told.staffOnly || !kind.institution || person.institutionId !== told.institutionId) return undefined
  } else if (!person.relations.some((one) => kind.staff.includes(one) && (isMine(one) || person.scope === 'all'))) {
    return undefined
  }
  if (person.scope === 'none') return 'bell'
  return person.digest && !isUrgent(person, told) ? 'digest' : 'letter'
}

/** Not for the next morning: one's own receipt, and deadlines, which would have ended by then. */
function isUrgent({ relations }: Related, { event }: Told): boolean {
  if (event === 'open') return relations.includes('requester')
  return event === 'remind' || event === 'lapse'
}

/** Teams are followed by those who chose all; the rest is one's own. */
function isMine(relation: Relation): boolean {
  return relation !== 'team' && relation !== 'observer'
}
