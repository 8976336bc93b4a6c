// What is true of accounts: how a sign-in is read, when somebody must wait, what a new account needs. Pure.
import { cleanCpf, isCpf } from '#shared/kit/cpf.ts'
import { parseCnpj } from '#shared/kit/identifiers/cnpj.ts'
import { isMailAddress } from '#shared/kit/mail-address.ts'
import { bad, type Checked, good, type Problem } from '#shared/problems.ts'

export interface Credentials {
  readonly cpf: string
  readonly password: string
}

/** Longer ones are refused unread: hashing is work an attacker would give us. */
export const LONGEST_PASSWORD = 200
export const SHORTEST_PASSWORD = 12

/** CPF in any spelling and password; problems at the field that has them. Wrong or unknown is not decided here. */
export function readCredentials(typed: { cpf: string; password: string }): Checked<Credentials> {
  const cpf = cleanCpf(typed.cpf)
  const problems: Problem[] = []
  if (typed.cpf.trim() === '') problems.push({ field: 'cpf', code: 'cpf-missing' })
  else if (!isCpf(cpf)) problems.push({ field: 'cpf', code: 'cpf-wrong' })
  if (typed.password === '') problems.push({ field: 'senha', code: 'password-missing' })
  else if (typed.password.length > LONGEST_PASSWORD) problems.push({ field: 'senha', code: 'password-long' })
  return problems.length > 0 ? bad(...problems) : good({ cpf, password: typed.password })
}

/** Where a try comes from. `device`: the hash of a browser's name; null: it has none. */
export interface TriedFrom {
  readonly address: string
  readonly device: string | null
}

/** Failed or running tries within the last `WINDOW_MINUTES`, this one included. */
export interface Tries {
  /** Of this CPF from this address. */
  readonly here: number
  /** Of any CPF from this address. */
  readonly address: number
  /** Of this CPF from anywhere. */
  readonly cpf: number
  /** The CPF has signed in from this address in the last `KNOWN_DAYS`. */
  readonly known: boolean
  /** Of this CPF by this browser, if that has signed in as it in the last `KNOWN_DAYS`; else null. */
  readonly device: number | null
}

export const WINDOW_MINUTES = 15
export const KNOWN_DAYS = 90
const MOST = { here: 10, address: 60, cpf: 40 }

/**
 * Must this try wait? An address is stopped quickly, a CPF attacked from many addresses later. But its owner is not locked out
 * by an attacker: in a browser where it has signed in before it is stopped only by tries of that browser, and at an address
 * where it has signed in before only by tries made right there.
 */
export function mustWait(tries: Tries): boolean {
  if (tries.device !== null) return tries.device > MOST.here
  if (tries.here > MOST.here) return true
  return !tries.known && (tries.address > MOST.address || tries.cpf > MOST.cpf)
}

/** What is counted as one address: IPv4 whole, IPv6 by its /64, which is one household or office. */
export function addressKey(ip: string): string {
  const plain = ip.replace(/^::ffff:(?=\d+\.)/i, '')
  if (!plain.includes(':')) return plain
  const [head = '', tail] = plain.toLowerCase().split('%')[0]!.split('::')
  const groups = head === '' ? [] : head.split(':')
  const rest = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - groups.length - rest.length)
  const whole = [...groups, ...Array<string>(zeros).fill('0'), ...rest]
  return `${whole
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`
}

export interface NewAccount {
  readonly cpf: string
  readonly name: string
  readonly email: string
  readonly master: boolean
  readonly classes: readonly number[]
  /** undefined: nobody enters with it until a password is set. */
  readonly password: string | undefined
}

/** What is wrong with a new account; empty: nothing. */
export function accountProblems(account: NewAccount): Problem[] {
  const problems: Problem[] = []
  if (!isCpf(account.cpf)) problems.push({ field: 'cpf', code: 'cpf-wrong' })
  if (account.name.trim() === '' || account.name.length > 200) problems.push({ field: 'name', code: 'name-wrong' })
  if (!isMailAddress(account.email)) problems.push({ field: 'email', code: 'email-wrong' })
  const length = account.password?.length ?? SHORTEST_PASSWORD
  if (length < SHORTEST_PASSWORD || length > LONGEST_PASSWORD)
    problems.push({ field: 'password', code: 'password-length' })
  return problems
}

/** A CNPJ, numeric or alphanumeric, with its check digits right. */
export function isCnpj(text: string): boolean {
  return /^[0-9A-Z]{12}[0-9]{2}$/.test(text) && parseCnpj(text, '').ok
}
