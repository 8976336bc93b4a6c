// Why an answer of the provider was refused: one name for each reason, for the page, the log and the tests.
import * as oidc from 'openid-client'

/** How a sign-in failed. The first two are nobody's fault; the others name what did not fit. */
export const FAILURES = [
  'provider-away',
  'provider-said-no',
  'flow-lost',
  'other-provider',
  'state-wrong',
  'code-refused',
  'nonce-wrong',
  'alg-refused',
  'key-unknown',
  'signature-wrong',
  'audience-wrong',
  'issuer-wrong',
  'token-expired',
  'person-changed',
  'answer-refused',
] as const
export type Failure = (typeof FAILURES)[number]

/** By the claim of the ID token that does not fit. */
const BY_CLAIM: Readonly<Record<string, Failure>> = {
  nonce: 'nonce-wrong',
  aud: 'audience-wrong',
  azp: 'audience-wrong',
  iss: 'issuer-wrong',
  exp: 'token-expired',
  iat: 'token-expired',
  nbf: 'token-expired',
}

/** What the libraries' errors carry; the texts are those of oauth4webapi 3. */
interface Told {
  readonly code?: string
  readonly name?: string
  readonly message?: string
  readonly error?: string
  readonly cause?: unknown
}

/** The reason of an error that signing in ended with. */
export function failureOf(error: unknown): Failure {
  if (error instanceof oidc.AuthorizationResponseError) return 'provider-said-no'
  const told = error as Told
  if (told.name === 'TypeError' && told.message === 'fetch failed') return 'provider-away'
  if (told.error === 'invalid_grant') return 'code-refused'
  if (
    /^(OAUTH_TIMEOUT|OAUTH_ABORT|OAUTH_RESPONSE_IS_NOT_JSON|OAUTH_RESPONSE_IS_NOT_CONFORM|E[A-Z]+)$/.test(
      told.code ?? '',
    )
  )
    return 'provider-away'
  return byClaim(told) ?? byText(told)
}

function byClaim({ cause, code }: Told): Failure | undefined {
  if (code === 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED') return 'token-expired'
  if (code === 'OAUTH_KEY_SELECTION_FAILED') return 'key-unknown'
  const claim = ((cause as Told | undefined)?.cause as { claim?: unknown } | undefined)?.claim
  return typeof claim === 'string' ? BY_CLAIM[claim] : undefined
}

const BY_TEXT: readonly (readonly [RegExp, Failure])[] = [
  [/"iss" \(issuer\)|response parameter "iss"/, 'other-provider'],
  [/"state"/, 'state-wrong'],
  [/"alg" header parameter|unsupported JWS/, 'alg-refused'],
  [/signature verification/, 'signature-wrong'],
  [/"sub" property value/, 'person-changed'],
]

function byText(told: Told): Failure {
  const text = [told.message, (told.cause as Told | undefined)?.message].join(' ')
  return BY_TEXT.find(([sign]) => sign.test(text))?.[1] ?? 'answer-refused'
}
