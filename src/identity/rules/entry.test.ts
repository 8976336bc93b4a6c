// Who may enter, on every combination of what the provider tells.
import { describe, expect, test } from 'vitest'
import { type EntryRefusal, entryOf, type Facts, menderOf } from '#identity/rules/entry.ts'
import type { Side } from '#shared/kit/actor.ts'

const INSTITUTION = { cnpj: '11222333000181', name: 'Banco Exemplo S.A.' }
const CPFS = ['11144477735', '11144477734', undefined]
const NAMES = ['Ana', undefined]
const INSTITUTIONS = [{ ...INSTITUTION, suspended: false }, { ...INSTITUTION, suspended: true }, undefined]
const CLASSES = [122, 151, 901, 902, 903, 904, 905, 500]
const SETS = Array.from({ length: 2 ** CLASSES.length }, (_, bits) => CLASSES.filter((_class, at) => bits & (1 << at)))
const SIDES: readonly Side[] = ['institution', 'staff']

const every = SIDES.flatMap((side) =>
  CPFS.flatMap((cpf) =>
    NAMES.flatMap((name) =>
      INSTITUTIONS.flatMap((institution) =>
        SETS.map((classes) => ({
          side,
          facts: { cpf, name, email: 'a@example.com', institution, classes, master: false, masters: [] } as Facts,
        })),
      ),
    ),
  ),
)

/** The guide's step 1 said again, without the code's order or tables. */
function expected(facts: Facts, side: Side): EntryRefusal | 'in' {
  if (facts.cpf !== '11144477735') return 'no-cpf'
  if (!facts.name) return 'no-name'
  if (!facts.institution) return 'no-institution'
  if (facts.institution.suspended) return 'institution-suspended'
  const has = (number: number) => facts.classes.includes(number)
  if (side === 'staff') return [901, 902, 903, 904, 905].some(has) ? 'in' : 'no-staff-class'
  if (has(122)) return 'in'
  return has(151) ? 'include-without-consult' : 'no-classes'
}

test(`each of ${every.length} combinations enters or is refused as the guide says`, () => {
  for (const { side, facts } of every) {
    const entry = entryOf(facts, side)
    expect({ side, facts, is: entry.may ? 'in' : entry.why }).toEqual({ side, facts, is: expected(facts, side) })
  }
})

test('nobody carries a class that does not count on its side, and none is lost that does', () => {
  for (const { side, facts } of every) {
    const entry = entryOf(facts, side)
    const counting = facts.classes.filter((number) => (side === 'staff' ? number > 900 : number < 200))
    if (entry.may) expect(entry.person.classes).toEqual(counting)
  }
})

describe('who can mend a refusal', () => {
  const facts = (masters: readonly string[], master: boolean): Facts => ({
    cpf: '11144477735',
    name: 'Ana',
    email: undefined,
    institution: undefined,
    classes: [],
    master,
    masters,
  })
  test.each<[EntryRefusal, readonly string[], boolean, string]>([
    ['no-classes', [], false, 'master'],
    ['no-classes', ['Bia'], false, 'masters'],
    // A namesake of a master is none.
    ['no-classes', ['Ana'], false, 'masters'],
    ['no-classes', ['Bia', 'Ana'], true, 'self'],
    ['include-without-consult', ['Ana'], true, 'self'],
    ['no-staff-class', [], true, 'self'],
    ['no-cpf', ['Ana'], true, 'masters'],
    ['no-cpf', [], true, 'master'],
    ['no-name', ['Bia'], false, 'masters'],
    ['no-institution', [], false, 'master'],
    ['institution-suspended', ['Ana'], true, 'detran'],
    ['institution-suspended', [], false, 'detran'],
  ])('%s with the masters %j, being one: %s: %s', (why, masters, master, mender) => {
    expect(menderOf(why, facts(masters, master))).toBe(mender)
  })
})
