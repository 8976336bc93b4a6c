// Who may enter EPROD with what SOE/WEB tells (guide, step 1; product, section 1). Pure; tested on every combination.
import { ACCESS_CLASSES, isStaffClass, type Side } from '#shared/kit/actor.ts'
import { isCpf } from '#shared/kit/cpf.ts'

/** What the provider told about a person, cleaned; what it did not tell is undefined. */
export interface Facts {
  readonly cpf: string | undefined
  readonly name: string | undefined
  readonly email: string | undefined
  readonly institution: { readonly cnpj: string; readonly name: string; readonly suspended: boolean } | undefined
  readonly classes: readonly number[]
  /** The person itself may. */
  readonly master: boolean
  /** Who may mend a missing class; empty when the provider does not tell. */
  readonly masters: readonly string[]
}

export type EntryRefusal =
  | 'no-cpf'
  | 'no-name'
  | 'no-institution'
  | 'institution-suspended'
  | 'no-classes'
  | 'include-without-consult'
  | 'no-staff-class'

/** What `eprod.sign_in` copies. `classes`: only those that count on the person's side. */
export interface Person {
  readonly cpf: string
  readonly name: string
  readonly email: string
  readonly institution: { readonly cnpj: string; readonly name: string }
  readonly classes: readonly number[]
}

export type Entry =
  | { readonly may: true; readonly person: Person }
  | { readonly may: false; readonly why: EntryRefusal }

const { consult, include } = ACCESS_CLASSES
/** The classes that count on each side: an institution's operator gains nothing by one of the DETRAN's numbers. */
const COUNTING: Readonly<Record<Side, readonly number[]>> = {
  institution: [consult, include],
  staff: Object.values(ACCESS_CLASSES).filter(isStaffClass),
}

/** May the person enter? `side`: of the institution, as EPROD knows it by its CNPJ. */
export function entryOf(facts: Facts, side: Side): Entry {
  const { cpf, name, institution } = facts
  if (cpf === undefined || !isCpf(cpf)) return refused('no-cpf')
  if (name === undefined) return refused('no-name')
  if (institution === undefined) return refused('no-institution')
  if (institution.suspended) return refused('institution-suspended')
  const classes = facts.classes.filter((number) => COUNTING[side].includes(number))
  const why = missingClass(classes, side)
  if (why) return refused(why)
  const { cnpj, name: institutionName } = institution
  return {
    may: true,
    person: { cpf, name, email: facts.email ?? '', institution: { cnpj, name: institutionName }, classes },
  }
}

function missingClass(classes: readonly number[], side: Side): EntryRefusal | undefined {
  if (side === 'staff') return classes.length === 0 ? 'no-staff-class' : undefined
  if (classes.includes(consult)) return undefined
  return classes.includes(include) ? 'include-without-consult' : 'no-classes'
}

const refused = (why: EntryRefusal): Entry => ({ may: false, why })

/** Who can mend a refusal: the person itself, its institution's masters (by name where told), or the DETRAN-RS. */
export type Mender = 'self' | 'masters' | 'master' | 'detran'

const CLASSES_MISSING: readonly EntryRefusal[] = ['no-classes', 'include-without-consult', 'no-staff-class']

/** Who can mend it. A master may give itself classes (guide, step 1, remark 1); a suspension is lifted by the DETRAN-RS. */
export function menderOf(why: EntryRefusal, facts: Facts): Mender {
  if (why === 'institution-suspended') return 'detran'
  if (CLASSES_MISSING.includes(why) && facts.master) return 'self'
  return facts.masters.length > 0 ? 'masters' : 'master'
}
