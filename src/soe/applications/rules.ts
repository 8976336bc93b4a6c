// What is true of applications (OpenID clients) that trust SOE/WEB: their data as typed, and how long secrets overlap. Pure.
import { singleSpaced } from '#shared/kit/one-line.ts'
import { bad, type Checked, good, type Problem } from '#shared/problems.ts'

export interface ApplicationData {
  readonly name: string
  /** Where browsers come back to after signing in; compared letter by letter. */
  readonly redirectUris: readonly string[]
  /** Where they may be sent after signing out. */
  readonly postLogoutUris: readonly string[]
  /** Where the application is told that somebody's access has ended; null: it is not told. */
  readonly backchannelLogoutUri: string | null
}

export interface TypedApplication {
  readonly name: string
  /** One a line. */
  readonly redirectUris: string
  readonly postLogoutUris: string
  readonly backchannelLogoutUri: string
}

const LONGEST_NAME = 100
const LONGEST_ADDRESS = 500
const MOST_ADDRESSES = 10
const ID = /^[a-z0-9][a-z0-9-]{2,39}$/
const OWN_MACHINE = ['localhost', '127.0.0.1', '[::1]']

/** The `client_id` as typed; problems at `identificador`. Whether it is free the database decides. */
export function readApplicationId(typed: string): Checked<string> {
  const id = typed.trim()
  if (id === '') return bad({ field: 'identificador', code: 'app-id-missing' })
  return ID.test(id) ? good(id) : bad({ field: 'identificador', code: 'app-id-wrong' })
}

/** Why an address may not be registered: RFC 6749 (3.1.2: no fragment) and 9700 (2.1: exact, 2.6: https). */
function addressFault(typed: string): string | undefined {
  const url = URL.canParse(typed) ? new URL(typed) : undefined
  if (!url || !/^https?:\/\/[^\s\p{Cc}\\]+$/iu.test(typed) || typed.length > LONGEST_ADDRESS) return 'address-wrong'
  if (typed.includes('#') || typed.includes('*') || url.username !== '' || url.password !== '') return 'address-parts'
  // A host may hold what ends a directive of a content policy (`;` and `,`): a registered one is a plain name.
  if (!/^([a-z0-9.-]+|\[[0-9a-f:.]+\])$/.test(url.hostname)) return 'address-wrong'
  return url.protocol === 'https:' || OWN_MACHINE.includes(url.hostname) ? undefined : 'address-http'
}

function readAddresses(typed: string, field: string, missing: string | undefined): Checked<readonly string[]> {
  const addresses = [...new Set(typed.split(/\s+/).filter((one) => one !== ''))]
  if (addresses.length === 0 && missing) return bad({ field, code: missing })
  if (addresses.length > MOST_ADDRESSES) return bad({ field, code: 'addresses-many' })
  const fault = addresses.map(addressFault).find((one) => one !== undefined)
  return fault ? bad({ field, code: fault }) : good(addresses)
}

/** The data of an application; problems at `nome`, `retorno`, `saida` and `aviso`. */
export function readApplication(typed: TypedApplication): Checked<ApplicationData> {
  const name = singleSpaced(typed.name)
  const redirect = readAddresses(typed.redirectUris, 'retorno', 'redirect-missing')
  const postLogout = readAddresses(typed.postLogoutUris, 'saida', undefined)
  const backchannel = readAddresses(typed.backchannelLogoutUri, 'aviso', undefined)
  const problems: Problem[] = []
  if (name === '') problems.push({ field: 'nome', code: 'app-name-missing' })
  else if (name.length > LONGEST_NAME || !/\p{L}/u.test(name)) problems.push({ field: 'nome', code: 'app-name-wrong' })
  for (const one of [redirect, postLogout, backchannel]) if (!one.ok) problems.push(...one.problems)
  const notices = backchannel.ok ? backchannel.value : []
  if (notices.length > 1) problems.push({ field: 'aviso', code: 'notice-many' })
  if (problems.length > 0 || !redirect.ok || !postLogout.ok) return bad(...problems)
  const [notice = null] = notices
  return good({ name, redirectUris: redirect.value, postLogoutUris: postLogout.value, backchannelLogoutUri: notice })
}

/** Hours the secret before may go on counting after a rotation. */
export const OVERLAP_HOURS = [0, 24, 168, 720] as const

/** As posted; anything else than one of those is a problem at `horas`. */
export function readOverlap(typed: string): Checked<number> {
  const hours = OVERLAP_HOURS.find((one) => String(one) === typed.trim())
  return hours === undefined ? bad({ field: 'horas', code: 'overlap-missing' }) : good(hours)
}
