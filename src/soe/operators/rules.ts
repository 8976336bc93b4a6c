// What is true of operators: who may manage them, which classes may be granted where, when a class ends or must be confirmed. Pure.
import { ACCESS_CLASSES, isStaffClass } from '#shared/kit/actor.ts'
import { DAY_MS, dayOf } from '#shared/kit/dates.ts'
import { parseCpf } from '#shared/kit/identifiers/cpf.ts'
import { isoDate } from '#shared/kit/iso-date.ts'
import { isMailAddress } from '#shared/kit/mail-address.ts'
import { singleSpaced } from '#shared/kit/one-line.ts'
import { bad, type Checked, good, type Problem } from '#shared/problems.ts'

/** Who acts on a page of SOE/WEB, as its database knows it at this instant. */
export interface Manager {
  readonly accountId: string
  readonly name: string
  readonly institutionId: number
  readonly institutionName: string
  /** The institution is the DETRAN-RS, which runs SOE/WEB. */
  readonly runsSoe: boolean
  readonly master: boolean
  /** Class 904 within the DETRAN-RS. */
  readonly administrator: boolean
}

/** Classes that every institution's master grants (guide, step 1), and those of the DETRAN-RS alone. */
export const COMMON_CLASSES: readonly number[] = [ACCESS_CLASSES.consult, ACCESS_CLASSES.include]
const STATE_CLASSES: readonly number[] = Object.values(ACCESS_CLASSES).filter(isStaffClass)

/** Classes that may be granted within an institution. */
export function grantableIn(institution: { readonly runsSoe: boolean }): readonly number[] {
  return institution.runsSoe ? [...COMMON_CLASSES, ...STATE_CLASSES] : COMMON_CLASSES
}

export interface OperatorData {
  readonly name: string
  readonly email: string
}
export interface NewOperator extends OperatorData {
  /** Eleven digits. */
  readonly cpf: string
  readonly classes: readonly number[]
}

const LONGEST_NAME = 200

/** Name and e-mail as typed; problems at `nome` and `email`. */
export function readOperatorData(typed: { name: string; email: string }): Checked<OperatorData> {
  const name = singleSpaced(typed.name)
  const email = typed.email.trim()
  const problems: Problem[] = []
  if (name === '') problems.push({ field: 'nome', code: 'name-missing' })
  else if (name.length > LONGEST_NAME || !/\p{L}/u.test(name)) problems.push({ field: 'nome', code: 'name-wrong' })
  if (email === '') problems.push({ field: 'email', code: 'email-missing' })
  else if (!isMailAddress(email)) problems.push({ field: 'email', code: 'email-wrong' })
  return problems.length > 0 ? bad(...problems) : good({ name, email })
}

/** A whole invitation as typed. Classes that may not be granted here are a problem at `classes`. */
export function readNewOperator(
  typed: { cpf: string; name: string; email: string; classes: readonly string[] },
  institution: { readonly runsSoe: boolean },
): Checked<NewOperator> {
  const cpf = typed.cpf.trim() === '' ? bad({ field: 'cpf', code: 'operator-cpf-missing' }) : parseCpf(typed.cpf, 'cpf')
  const data = readOperatorData(typed)
  const classes = [...new Set(typed.classes.filter((one) => one !== '').map(Number))]
  const allowed = classes.every((one) => grantableIn(institution).includes(one))
  const wrong: Problem[] = allowed ? [] : [{ field: 'classes', code: 'class-elsewhere' }]
  if (cpf.ok && data.ok && allowed) return good({ cpf: cpf.value, ...data.value, classes })
  return bad(...(cpf.ok ? [] : cpf.problems), ...(data.ok ? [] : data.problems), ...wrong)
}

/** Last day a class counts, as a browser's date field sends it; '' is no end. Problems at `ate`. */
export function readEnd(typed: string, now: Date): Checked<string | null> {
  const text = typed.trim()
  if (text === '') return good(null)
  const day = isoDate(text)
  if (day === undefined) return bad({ field: 'ate', code: 'end-wrong' })
  return day < dayOf(now) ? bad({ field: 'ate', code: 'end-past' }) : good(day)
}

/** Days before a confirmation is due from which it is asked for. */
const SOON_DAYS = 30

/** Instant until which a class must be confirmed, `months` after it was granted or confirmed last. 0: never. */
export function confirmBy(since: Date, months: number): Date | undefined {
  if (months === 0) return undefined
  const due = new Date(since)
  due.setUTCMonth(due.getUTCMonth() + months)
  return due
}

/** What a class asks of the master: nothing yet, soon, or over. */
export function confirmationState(since: Date, months: number, now: Date): 'fresh' | 'soon' | 'over' {
  const due = confirmBy(since, months)
  if (!due) return 'fresh'
  if (due <= now) return 'over'
  return due.getTime() - now.getTime() <= SOON_DAYS * DAY_MS ? 'soon' : 'fresh'
}

const MOST_MONTHS = 60

/** Months between two confirmations as typed, 0 to 60; problems at `meses`. */
export function readConfirmationMonths(typed: string): Checked<number> {
  const months = /^\d{1,2}$/.test(typed) ? Number(typed) : Number.NaN
  return months <= MOST_MONTHS ? good(months) : bad({ field: 'meses', code: 'months-range' })
}
