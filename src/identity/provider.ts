// EPROD's side of OpenID Connect: finds the provider, builds the way there and back, checks the answer. Knows no page.
import { createRemoteJWKSet, customFetch, type JWTVerifyGetKey, jwtVerify } from 'jose'
import * as oidc from 'openid-client'
import { z } from 'zod'
import { clientAddresses, IDLE_SECONDS, type IdentityOptions } from '#identity/options.ts'
import { idleLimit } from '#identity/store.ts'

/** What one running sign-in must remember until the browser is back. */
export interface Flow {
  readonly state: string
  readonly nonce: string
  readonly verifier: string
  /** Own path to go to afterwards. */
  readonly to: string
  /** Seconds since the person last showed the provider who it is: longer ago does not count. */
  readonly maxAge: number
}

export interface Told {
  readonly claims: Readonly<Record<string, unknown>>
  readonly idToken: string
  /** The provider's name of the person. */
  readonly subject: string
  readonly providerSession: string | undefined
  /** With it the provider can be asked again; undefined: it gave none. */
  readonly refreshToken: string | undefined
}

/** What the provider told when it was asked again. */
export type ToldAgain = Pick<Told, 'claims' | 'refreshToken'>

/** Whom a logout token is about, and when it was made. */
export interface LogoutNotice {
  readonly subject: string | undefined
  readonly providerSession: string | undefined
  readonly issuedAt: Date
}

export interface Provider {
  /** The address to send the browser to, and what to remember. */
  start(to: string): Promise<{ readonly address: string; readonly flow: Flow }>
  /** Redeems the answer in `address` (the whole callback address); rejects unless everything fits the flow. */
  finish(address: URL, flow: Flow): Promise<Told>
  /** Asks again with a refresh token; rejects with `invalid_grant` when access has ended. */
  again(refreshToken: string, subject: string): Promise<ToldAgain>
  /** Checks a logout token (OpenID Connect Back-Channel Logout 1.0, section 2.6); rejects what does not hold. */
  logoutNotice(token: string): Promise<LogoutNotice>
  /** Does the provider tell by itself that access has ended? */
  tellsLogout(): Promise<boolean>
  /** Where signing out goes on; undefined when the provider has no such place. */
  leaveAddress(idToken: string | undefined): Promise<string | undefined>
}

const FRESH_MS = 60 * 60_000
const TIMEOUT_SECONDS = 10
const SCOPE = 'openid eprod'

/** The provider of an installation; found at the first use, looked up again after an hour, or at once after a failure. */
export function makeProvider(options: IdentityOptions): Provider {
  const discovered = keepFor(FRESH_MS, () => discover(options))
  const { redirectUri, postLogoutRedirectUri } = clientAddresses(options.url)
  return {
    start: async (to) => {
      const [config, idle] = await Promise.all([discovered(), idleLimit(options.db)])
      const flow = {
        state: oidc.randomState(),
        nonce: oidc.randomNonce(),
        verifier: oidc.randomPKCECodeVerifier(),
        to,
        // Whoever comes back to a browser that was left alone gives the password again.
        maxAge: Math.min(IDLE_SECONDS, idle ?? IDLE_SECONDS),
      }
      const address = oidc.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope: scopeOf(config, options.foreign),
        state: flow.state,
        nonce: flow.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(flow.verifier),
        code_challenge_method: 'S256',
        max_age: String(flow.maxAge),
      })
      return { address: address.href, flow }
    },
    finish: async (address, flow) => finish(await discovered(), { address, flow, foreign: options.foreign }),
    again: async (refreshToken, subject) => again(await discovered(), refreshToken, subject),
    logoutNotice: async (token) => logoutNotice(await discovered(), options, token),
    tellsLogout: async () => (await discovered()).serverMetadata().backchannel_logout_supported === true,
    leaveAddress: async (idToken) => {
      const config = await discovered()
      if (!config.serverMetadata().end_session_endpoint) return undefined
      const hint = idToken === undefined ? {} : { id_token_hint: idToken }
      return oidc.buildEndSessionUrl(config, { post_logout_redirect_uri: postLogoutRedirectUri, ...hint }).href
    },
  }
}

/** A foreign provider may leave out when it saw the person last, though it was asked; ours never does. */
async function finish(
  config: oidc.Configuration,
  { address, flow, foreign }: { address: URL; flow: Flow; foreign: boolean },
): Promise<Told> {
  const tokens = await oidc.authorizationCodeGrant(config, address, {
    pkceCodeVerifier: flow.verifier,
    expectedState: flow.state,
    expectedNonce: flow.nonce,
    idTokenExpected: true,
    ...(foreign ? {} : { maxAge: flow.maxAge }),
  })
  const inToken = tokens.claims()!
  const userinfo = await userinfoOf(config, tokens.access_token, inToken.sub)
  return {
    claims: { ...inToken, ...userinfo },
    idToken: tokens.id_token!,
    subject: inToken.sub,
    providerSession: typeof inToken.sid === 'string' ? inToken.sid : undefined,
    refreshToken: tokens.refresh_token,
  }
}

async function userinfoOf(config: oidc.Configuration, accessToken: string, subject: string): Promise<object> {
  const has = config.serverMetadata().userinfo_endpoint
  return has ? await oidc.fetchUserInfo(config, accessToken, subject) : {}
}

/** A provider without userinfo tells its claims in the ID token that comes along. */
async function again(config: oidc.Configuration, refreshToken: string, subject: string): Promise<ToldAgain> {
  const tokens = await oidc.refreshTokenGrant(config, refreshToken)
  const inToken = tokens.claims() ?? {}
  const userinfo = await userinfoOf(config, tokens.access_token, subject)
  return { claims: { ...inToken, ...userinfo }, refreshToken: tokens.refresh_token ?? refreshToken }
}

const LOGOUT_EVENT = 'http://schemas.openid.net/event/backchannel-logout'
/** Source: section 2.6 wants tokens to be recent. */
const LOGOUT_AGE = '5 minutes'

const logoutSchema = z
  .object({
    sub: z.string().min(1).max(255).optional(),
    sid: z.string().min(1).max(255).optional(),
    iat: z.number(),
    jti: z.string().min(1),
    events: z.looseObject({ [LOGOUT_EVENT]: z.looseObject({}) }),
    nonce: z.undefined().optional(),
  })
  .refine(({ sub, sid }) => sub !== undefined || sid !== undefined)

async function logoutNotice(
  config: oidc.Configuration,
  options: IdentityOptions,
  token: string,
): Promise<LogoutNotice> {
  const { issuer, jwks_uri, id_token_signing_alg_values_supported: algorithms = ['RS256'] } = config.serverMetadata()
  const keys = keysOf(config, new URL(jwks_uri ?? ''), fetcherFor(options))
  const { payload } = await jwtVerify(token, keys, {
    issuer,
    audience: options.clientId,
    algorithms: algorithms.filter((name) => /^(?:[REP]S|EdDSA|Ed25519)/.test(name)),
    maxTokenAge: LOGOUT_AGE,
    clockTolerance: 30,
  })
  const told = logoutSchema.parse(payload)
  return { subject: told.sub, providerSession: told.sid, issuedAt: new Date(told.iat * 1000) }
}

const keySets = new WeakMap<oidc.Configuration, JWTVerifyGetKey>()

function keysOf(config: oidc.Configuration, address: URL, fetchIt: oidc.CustomFetch): JWTVerifyGetKey {
  const known = keySets.get(config)
  if (known) return known
  const made = createRemoteJWKSet(address, { [customFetch]: (url, init) => fetchIt(url, init as never) })
  keySets.set(config, made)
  return made
}

/** The scope `eprod` is SOE/WEB's own; a provider that lists its scopes without it is asked for the usual ones. */
function scopeOf(config: oidc.Configuration, foreign: boolean): string {
  const known = config.serverMetadata().scopes_supported
  const scope = !known || known.includes('eprod') ? SCOPE : 'openid profile email'
  return foreign && known?.includes('offline_access') ? `${scope} offline_access` : scope
}

async function discover(options: IdentityOptions): Promise<oidc.Configuration> {
  const issuer = new URL(options.issuer)
  const insecure = issuer.protocol === 'http:'
  if (insecure && !isLoopback(issuer.hostname)) throw new Error('a provider is reached over https only')
  const fetchIt = fetcherFor(options)
  const found = await oidc.discovery(issuer, options.clientId, options.clientSecret, undefined, {
    timeout: TIMEOUT_SECONDS,
    execute: insecure ? [oidc.allowInsecureRequests] : [],
    [oidc.customFetch]: fetchIt,
  })
  const config = new oidc.Configuration(
    found.serverMetadata(),
    options.clientId,
    options.clientSecret,
    authOf(found, options),
  )
  config.timeout = TIMEOUT_SECONDS
  config[oidc.customFetch] = fetchIt
  // Signatures are checked although the tokens come straight from the provider: an answer must hold by itself.
  oidc.enableNonRepudiationChecks(config)
  if (insecure) oidc.allowInsecureRequests(config)
  return config
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host)
}

/** client_secret_basic is what a provider has unless it says otherwise (OpenID Connect Discovery 1.0, section 3). */
function authOf(config: oidc.Configuration, options: IdentityOptions): oidc.ClientAuth {
  if (options.clientSecret === undefined) return oidc.None()
  const methods = config.serverMetadata().token_endpoint_auth_methods_supported ?? ['client_secret_basic']
  const basic = methods.includes('client_secret_basic')
  return basic ? oidc.ClientSecretBasic(options.clientSecret) : oidc.ClientSecretPost(options.clientSecret)
}

/** Our own SOE/WEB is reached where this server listens: its public address may not be reachable from inside. */
function fetcherFor(options: IdentityOptions): oidc.CustomFetch {
  const origin = new URL(options.issuer).origin
  return (url, init) => {
    const near = options.reach?.()
    const target = near !== undefined && url.startsWith(`${origin}/`) ? near + url.slice(origin.length) : url
    return fetch(target, init as RequestInit)
  }
}

/** Runs `make` once and hands its result to all until it is `ms` old; a failure is not kept. */
function keepFor<T>(ms: number, make: () => Promise<T>): () => Promise<T> {
  let kept: { readonly value: Promise<T>; readonly until: number } | undefined
  return () => {
    if (kept && kept.until > performance.now()) return kept.value
    const value = make()
    const mine = { value, until: performance.now() + ms }
    kept = mine
    value.catch(() => {
      if (kept === mine) kept = undefined
    })
    return value
  }
}
