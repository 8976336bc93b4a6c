// Chassis numbers: seventeen characters, or 5–21 of a vehicle made before 1986 when its filer says so.
import { isRepeated, normalise } from '#shared/kit/identifiers/normalise.ts'
import { bad, type Checked, good } from '#shared/problems.ts'

const LENGTH = 17
const OLD_SHORTEST = 5
const OLD_LONGEST = 21
const REMARKED = 'REM'
const VALUES: Readonly<Record<string, number>> = Object.fromEntries(
  [...'ABCDEFGH']
    .map((letter, i) => [letter, i + 1] as const)
    .concat(
      [...'JKLMN'].map((letter, i) => [letter, i + 1] as const),
      [
        ['P', 7],
        ['R', 9],
      ],
      [...'STUVWXYZ'].map((letter, i) => [letter, i + 2] as const),
    ),
)
const WEIGHTS = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2]

export interface Chassis {
  readonly chassis: string
  /** `REM` was typed behind it: the number was stamped anew. */
  readonly remarked: boolean
  /** The ninth character is no right check digit. Brazil does not demand one: a hint, never an error. */
  readonly oddCheckDigit: boolean
}

/** Reads a chassis number. Codes: `chassis-length`, `chassis-old-length`, `chassis-letter`, `chassis-characters`, `chassis-repeated`. */
export function parseChassis(typed: string, field: string, options: { before1986?: boolean } = {}): Checked<Chassis> {
  const { chassis, remarked } = withoutRemark(normalise(typed), options.before1986 ?? false)
  const problem = options.before1986 ? oldProblem(chassis) : problemOf(chassis)
  if (problem) return bad({ field, ...problem })
  return good({ chassis, remarked, oddCheckDigit: chassis.length === LENGTH && checkDigit(chassis) !== chassis[8] })
}

interface Fault {
  readonly code: string
  readonly with?: Readonly<Record<string, string | number>>
}

function problemOf(chassis: string): Fault | undefined {
  const letter = /[IOQ]/.exec(chassis)?.[0]
  if (letter) return { code: 'chassis-letter', with: { letter, instead: letter === 'I' ? '1' : '0' } }
  if (!/^[0-9A-Z]*$/.test(chassis)) return { code: 'chassis-characters' }
  if (chassis.length !== LENGTH) return { code: 'chassis-length', with: { has: chassis.length } }
  if (isRepeated(chassis)) return { code: 'chassis-repeated' }
  return undefined
}

function oldProblem(chassis: string): Fault | undefined {
  if (!/^[0-9A-Z]*$/.test(chassis)) return { code: 'chassis-characters' }
  if (chassis.length < OLD_SHORTEST || chassis.length > OLD_LONGEST) {
    return { code: 'chassis-old-length', with: { has: chassis.length } }
  }
  if (isRepeated(chassis)) return { code: 'chassis-repeated' }
  return undefined
}

/** `REM` behind a whole number is a remark; inside seventeen characters it would be part of the number. */
function withoutRemark(text: string, before1986: boolean): { chassis: string; remarked: boolean } {
  const rest = text.slice(0, -REMARKED.length)
  const whole = before1986 ? rest.length >= OLD_SHORTEST : text.length > LENGTH
  const remarked = text.endsWith(REMARKED) && whole
  return remarked ? { chassis: rest, remarked } : { chassis: text, remarked }
}

/** Check digit (ninth place) by the rule of ISO 3779 as used in North America: 0–9 or X. */
export function checkDigit(chassis: string): string {
  const sum = WEIGHTS.reduce((total, weight, i) => {
    const character = chassis.charAt(i)
    return total + weight * (VALUES[character] ?? Number(character))
  }, 0)
  return sum % 11 === 10 ? 'X' : String(sum % 11)
}
