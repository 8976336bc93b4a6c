// EPROD's side of OpenID Connect: finds the provider, builds the way there and back, checks the answer. Knows no page.
import * as oidc from 'openid-client'
import { clientAddresses, type IdentityOptions } from '#identity/options.ts'

/** What one running sign-in must remember until the browser is back. */
export interface Flow {
  readonly state: string
  readonly nonce: string
  readonly verifier: string
  /** Own path to go to afterwards. */
  readonly to: string
}

export interface Told {
  readonly claims: Readonly<Record<string, unknown>>
  readonly idToken: string
  readonly providerSession: string | undefined
}

export interface Provider {
  /** The address to send the browser to, and what to remember. */
  start(to: string): Promise<{ readonly address: string; readonly flow: Flow }>
  /** Redeems the answer in `address` (the whole callback address); rejects unless everything fits the flow. */
  finish(address: URL, flow: Flow): Promise<Told>
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
      const config = await discovered()
      const flow = { state: oidc.randomState(), nonce: oidc.randomNonce(), verifier: oidc.randomPKCECodeVerifier(), to }
      const address = oidc.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope: scopeOf(config),
        state: flow.state,
        nonce: flow.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(flow.verifier),
        code_challenge_method: 'S256',
      })
      return { address: address.href, flow }
    },
    finish: async (address, flow) => finish(await discovered(), address, flow),
    leaveAddress: async (idToken) => {
      const config = await discovered()
      if (!config.serverMetadata().end_session_endpoint) return undefined
      const hint = idToken === undefined ? {} : { id_token_hint: idToken }
      return oidc.buildEndSessionUrl(config, { post_logout_redirect_uri: postLogoutRedirectUri, ...hint }).href
    },
  }
}

async function finish(config: oidc.Configuration, address: URL, flow: Flow): Promise<Told> {
  const tokens = await oidc.authorizationCodeGrant(config, address, {
    pkceCodeVerifier: flow.verifier,
    expectedState: flow.state,
    expectedNonce: flow.nonce,
    idTokenExpected: true,
  })
  const inToken = tokens.claims()!
  const userinfo = config.serverMetadata().userinfo_endpoint
    ? await oidc.fetchUserInfo(config, tokens.access_token, inToken.sub)
    : {}
  const providerSession = typeof inToken.sid === 'string' ? inToken.sid : undefined
  return { claims: { ...inToken, ...userinfo }, idToken: tokens.id_token!, providerSession }
}

/** The scope `eprod` is SOE/WEB's own; a provider that lists its scopes without it is asked for the usual ones. */
function scopeOf(config: oidc.Configuration): string {
  const known = config.serverMetadata().scopes_supported
  return !known || known.includes('eprod') ? SCOPE : 'openid profile email'
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

/** How a sign-in failed, for the page and the log. */
export type Failure = 'provider-said-no' | 'answer-refused' | 'provider-away'

/** Tells them apart. `provider-away`: no answer, or one that is not OpenID's; else somebody's answer did not fit. */
export function failureOf(error: unknown): Failure {
  if (error instanceof oidc.AuthorizationResponseError) return 'provider-said-no'
  const { code = '', name = '', message = '' } = error as { code?: string; name?: string; message?: string }
  if (name === 'TypeError' && message === 'fetch failed') return 'provider-away'
  const away = /^(OAUTH_TIMEOUT|OAUTH_ABORT|OAUTH_RESPONSE_IS_NOT_JSON|OAUTH_RESPONSE_IS_NOT_CONFORM|E[A-Z]+)$/.test(
    code,
  )
  return away ? 'provider-away' : 'answer-refused'
}
