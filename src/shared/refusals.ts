// The answer is no. One table of codes; the sentences stand in words/<lang>/refusals under the same code.

/** Every refusal of the product and its HTTP status (RFC 9110). Another institution's thing is `not-found`. */
export const REFUSALS = {
  'not-found': 404,
  'search-gone': 404,
  'sign-in-first': 401,
  'needs-include-class': 403,
  'needs-staff-class': 403,
  'not-for-your-side': 403,
  'closed-stays-closed': 409,
  'not-in-this-status': 409,
  'changed-meanwhile': 409,
  'refuse-instead': 409,
  'deadline-over': 409,
  'draft-already-filed': 409,
  'form-version-retired': 409,
  'form-changed-meanwhile': 409,
  'form-draft-exists': 409,
  'upload-out-of-step': 409,
  'upload-longer': 413,
  'upload-version': 412,
  'file-infected': 403,
  'file-in-quarantine': 409,
  'foreign-origin': 403,
  'needs-master': 403,
  'institution-suspended': 403,
  'too-many-tries': 429,
  'too-many-at-once': 429,
  'too-large': 413,
  'address-too-long': 431,
  'bad-request': 400,
  /** RFC 4918. */
  'no-space': 507,
} as const satisfies Record<string, number>

export type RefusalCode = keyof typeof REFUSALS

/** Thrown by rules and actions; rolls the transaction back and becomes a page or a problem+json (RFC 9457). */
export class Refusal extends Error {
  readonly code: RefusalCode
  readonly status: number
  constructor(code: RefusalCode) {
    super(code)
    this.code = code
    this.status = REFUSALS[code]
  }
}

/** Refuses unless the value is there: what the actor may not see does not exist. `code`: of what was looked for. */
export function found<T>(value: T | undefined | null, code: RefusalCode = 'not-found'): T {
  if (value === undefined || value === null) throw new Refusal(code)
  return value
}
