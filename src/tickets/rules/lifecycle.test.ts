// The life cycle, exhaustively: every status × verb × role against the table of the product written out a second time by hand.
import { describe, expect, it } from 'vitest'
import type { Actor } from '#shared/kit/actor.ts'
import {
  decide,
  followUpVerb,
  type Role,
  STATUSES,
  type Status,
  VERBS,
  type Verb,
  verbsFor,
} from '#tickets/rules/lifecycle.ts'

const actor = (side: Actor['side'], ...classes: number[]): Actor => ({
  personId: 1,
  sessionId: 1,
  name: 'P',
  email: 'p@example.com',
  cpf: '11144477735',
  side,
  institutionId: 1,
  institutionName: 'I',
  classes,
  teams: [],
})
const ACTORS: Record<Role, Actor | 'clock'> = {
  operator: actor('institution', 122, 151),
  analyst: actor('staff', 901),
  supervisor: actor('staff', 902),
  clock: 'clock',
}

/** product, section 3, line by line: status, verb, roles, where it leads with somebody assigned and with nobody. */
const PRODUCT: readonly [Status, Verb, readonly Role[], Status, Status][] = [
  ['new', 'take', ['analyst'], 'processing', 'processing'],
  ['new', 'assign', ['supervisor'], 'processing', 'processing'],
  ['new', 'ask', ['analyst'], 'pending', 'pending'],
  ['new', 'solve', ['analyst'], 'solved', 'solved'],
  ['new', 'follow-up', ['operator', 'analyst'], 'new', 'new'],
  ['new', 'note', ['analyst', 'supervisor'], 'new', 'new'],
  ['processing', 'take', ['analyst'], 'processing', 'processing'],
  ['processing', 'assign', ['supervisor'], 'processing', 'processing'],
  ['processing', 'give-back', ['analyst', 'supervisor'], 'new', 'new'],
  ['processing', 'ask', ['analyst'], 'pending', 'pending'],
  ['processing', 'solve', ['analyst'], 'solved', 'solved'],
  ['processing', 'follow-up', ['operator', 'analyst'], 'processing', 'processing'],
  ['processing', 'note', ['analyst', 'supervisor'], 'processing', 'processing'],
  ['pending', 'take', ['analyst'], 'pending', 'pending'],
  ['pending', 'assign', ['supervisor'], 'pending', 'pending'],
  ['pending', 'give-back', ['analyst', 'supervisor'], 'pending', 'pending'],
  ['pending', 'ask', ['analyst'], 'pending', 'pending'],
  ['pending', 'answer', ['operator'], 'processing', 'new'],
  ['pending', 'solve', ['analyst'], 'solved', 'solved'],
  ['pending', 'lapse', ['clock'], 'solved', 'solved'],
  ['pending', 'follow-up', ['analyst'], 'pending', 'pending'],
  ['pending', 'note', ['analyst', 'supervisor'], 'pending', 'pending'],
  ['solved', 'take', ['analyst'], 'solved', 'solved'],
  ['solved', 'assign', ['supervisor'], 'solved', 'solved'],
  ['solved', 'give-back', ['analyst', 'supervisor'], 'solved', 'solved'],
  ['solved', 'approve', ['operator'], 'closed', 'closed'],
  ['solved', 'refuse', ['operator'], 'processing', 'new'],
  ['solved', 'expire', ['clock'], 'closed', 'closed'],
  ['solved', 'follow-up', ['analyst'], 'solved', 'solved'],
  ['solved', 'note', ['analyst', 'supervisor'], 'solved', 'solved'],
]

describe('the life cycle', () => {
  it('permits exactly what the product lists, for every status, verb, role and assignment', () => {
    for (const status of STATUSES) {
      for (const verb of VERBS) {
        for (const [role, who] of Object.entries(ACTORS) as [Role, Actor | 'clock'][]) {
          for (const assigned of [true, false]) {
            const line = PRODUCT.find(([s, v, roles]) => s === status && v === verb && roles.includes(role))
            const decision = decide({ status, assigned }, verb, who)
            const wanted = line ? (assigned ? line[3] : line[4]) : undefined
            expect(decision.ok ? decision.next : undefined, `${status} ${verb} ${role} ${assigned}`).toBe(wanted)
          }
        }
      }
    }
  })

  it('keeps a closed ticket closed for everybody, with the refusal that says so', () => {
    expect(decide({ status: 'closed', assigned: true }, 'approve', ACTORS.operator)).toEqual({
      ok: false,
      code: 'closed-stays-closed',
    })
    expect(decide({ status: 'closed', assigned: true }, 'solve', ACTORS.analyst)).toEqual({
      ok: false,
      code: 'closed-stays-closed',
    })
    expect(decide({ status: 'closed', assigned: true }, 'expire', 'clock')).toEqual({
      ok: false,
      code: 'closed-stays-closed',
    })
    for (const who of Object.values(ACTORS))
      if (who !== 'clock') expect(verbsFor({ status: 'closed', assigned: true }, who)).toEqual([])
  })

  it('names class 151 to an operator who only holds 122', () => {
    for (const verb of ['answer', 'approve', 'refuse', 'follow-up'] as const) {
      expect(decide({ status: 'solved', assigned: true }, verb, actor('institution', 122))).toEqual({
        ok: false,
        code: 'needs-include-class',
      })
    }
  })

  it('gives nobody the verbs of the other side, whatever classes the session holds', () => {
    expect(decide({ status: 'new', assigned: false }, 'take', actor('institution', 122, 151, 901))).toEqual({
      ok: false,
      code: 'not-for-your-side',
    })
    expect(decide({ status: 'solved', assigned: true }, 'approve', actor('staff', 901, 122, 151)).ok).toBe(false)
  })

  it('sends the institution from a follow-up on Solucionado to refusing', () => {
    expect(decide({ status: 'solved', assigned: true }, 'follow-up', ACTORS.operator)).toEqual({
      ok: false,
      code: 'refuse-instead',
    })
  })

  it('takes any answer of the institution on Pendente as the answer, and only there', () => {
    for (const status of STATUSES) {
      expect(followUpVerb(status, ACTORS.operator as Actor)).toBe(status === 'pending' ? 'answer' : 'follow-up')
      expect(followUpVerb(status, ACTORS.analyst as Actor)).toBe('follow-up')
    }
  })
})
