// Who acts: a signed-in person with the access classes of this session, or the clock. Pure.

/** The two sides of the counter; each has its own database role. */
export type Side = 'institution' | 'staff'

/** A signed-in person. `classes` are the access classes SOE/WEB gave for this session (guide step 1). */
export interface Actor {
  readonly personId: number
  readonly sessionId: number
  readonly name: string
  readonly email: string
  /** Eleven digits. Shown masked except where showing it in full is logged. */
  readonly cpf: string
  readonly side: Side
  readonly institutionId: number
  readonly institutionName: string
  readonly classes: readonly number[]
  /** Teams of the DETRAN the person works in; empty for institutions. */
  readonly teams: readonly number[]
}

/** Access classes. 122 and 151 are the guide's; 901–905 are ours. */
export const ACCESS_CLASSES = {
  consult: 122,
  include: 151,
  analyst: 901,
  supervisor: 902,
  formManager: 903,
  administrator: 904,
  auditor: 905,
} as const satisfies Record<string, number>

export type AccessClass = keyof typeof ACCESS_CLASSES

/** Is it one of the DETRAN-RS, which no institution grants? */
export const isStaffClass = (number: number): boolean => number >= 900 && number <= 999

/** Does the actor hold the class? */
export function holds(actor: Pick<Actor, 'classes'>, name: AccessClass): boolean {
  return actor.classes.includes(ACCESS_CLASSES[name])
}

/** May the actor write for an institution? Both classes, guide step 1. */
export function mayWriteForInstitution(actor: Pick<Actor, 'classes' | 'side'>): boolean {
  return actor.side === 'institution' && holds(actor, 'consult') && holds(actor, 'include')
}
