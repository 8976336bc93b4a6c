// How the OpenID provider is set up: nothing of the library's development defaults. Its pages: provider/pages.tsx.
import type { Configuration, KoaContextWithOIDC } from 'oidc-provider'
import { interactionPolicy } from 'oidc-provider'
import { claimsOf } from '#soe/accounts/reads.ts'
import { isEnough, type SecondFactorRule } from '#soe/factors/rules.ts'
import { stateAdapter } from '#soe/provider/adapter.ts'
import { CLIENT, withApplications } from '#soe/provider/clients.ts'
import type { SigningJwk } from '#soe/provider/keys.ts'
import type { ProviderPages } from '#soe/provider/pages.tsx'
import { SESSION_SECONDS } from '#soe/sessions/sessions.ts'
import type { SoeDb } from '#soe/tables.ts'

/** EPROD as SOE/WEB knows it: a confidential client of the house. */
export interface FirstPartyClient {
  readonly id: string
  readonly secret: string
  readonly redirectUris: readonly string[]
  readonly postLogoutRedirectUris: readonly string[]
  /** Where it is told that somebody's access has ended. */
  readonly backchannelLogoutUri: string
  /** Where it is reached from here, as `http://127.0.0.1:3000`, when that is not its public address. */
  readonly reach?: () => string | undefined
}

export interface ProviderSettings {
  readonly db: SoeDb
  readonly client: FirstPartyClient
  readonly keys: readonly SigningJwk[]
  /** The first signs, all verify. */
  readonly cookieKeys: readonly string[]
  readonly https: boolean
  /** Path the provider is mounted at, `/soe`. */
  readonly mount: string
  readonly pages: ProviderPages
  /** Whose sessions need more than a password. */
  readonly secondFactor: SecondFactorRule
  readonly now: () => Date
}

const MINUTE = 60
const HOUR = 60 * MINUTE
const SCOPES = ['openid', 'eprod']

/** The whole configuration of oidc-provider. */
export function providerConfiguration(settings: ProviderSettings): Configuration {
  const { client, https, mount, pages } = settings
  return {
    adapter: withApplications(stateAdapter(settings.db, settings.now), settings.db),
    jwks: { keys: [...settings.keys] as never },
    clients: [
      {
        ...CLIENT,
        client_id: client.id,
        client_secret: client.secret,
        redirect_uris: [...client.redirectUris],
        post_logout_redirect_uris: [...client.postLogoutRedirectUris],
        backchannel_logout_uri: client.backchannelLogoutUri,
        backchannel_logout_session_required: true,
      },
    ],
    fetch: (url, init) => fetch(nearOf(client, String(url)), withoutDispatcher(init)),
    clientDefaults: { id_token_signed_response_alg: 'ES256' },
    enabledJWA: { idTokenSigningAlgValues: ['ES256'] },
    clientAuthMethods: ['client_secret_basic'],
    scopes: SCOPES,
    claims: { openid: ['sub'], eprod: ['cpf', 'name', 'email', 'institution', 'classes', 'master', 'masters'] },
    // The ID token travels in addresses at logout: personal data come by userinfo only.
    conformIdTokenClaims: true,
    responseTypes: ['code'],
    subjectTypes: ['public'],
    pkce: { required: () => true },
    allowOmittingSingleRegisteredRedirectUri: false,
    clientBasedCORS: () => false,
    interactions: { policy: policy(settings), url: (_ctx, interaction) => `${mount}/entrar/${interaction.uid}` },
    findAccount: (_ctx, sub) => accountOf(settings, sub),
    loadExistingGrant: grantOfHouse,
    cookies: cookies(settings.cookieKeys, https),
    features: features(pages),
    renderError: pages.error,
    ttl: {
      AccessToken: 5 * MINUTE,
      AuthorizationCode: MINUTE,
      Grant: SESSION_SECONDS,
      IdToken: HOUR,
      Interaction: HOUR,
      Session: SESSION_SECONDS,
    },
  }
}

/** The first-party client's public address may not be reachable from inside. */
function nearOf(client: FirstPartyClient, url: string): string {
  const near = client.reach?.()
  const { origin } = new URL(client.backchannelLogoutUri)
  return near !== undefined && url.startsWith(`${origin}/`) ? near + url.slice(origin.length) : url
}

/** The library would refuse addresses inside one's own network; clients are registered by the administrator alone. */
function withoutDispatcher(init: object | undefined): RequestInit {
  const { dispatcher: _, ...rest } = (init ?? {}) as RequestInit & { dispatcher?: unknown }
  return rest
}

/** Asks to sign in and for nothing else: the clients are the house's own, there is nothing to consent to. */
function policy({ db, now, secondFactor }: ProviderSettings) {
  const base = interactionPolicy.base()
  base.remove('consent')
  const { Check } = interactionPolicy
  const check = new Check('factor_missing', 'a second factor is demanded', 'login_required', async (ctx) => {
    const { accountId, amr } = ctx.oidc.session ?? {}
    const claims = accountId ? await claimsOf(db, accountId, now()) : undefined
    const enough = !claims || isEnough(secondFactor, { methods: amr ?? [], classes: claims.classes })
    return enough ? Check.NO_NEED_TO_PROMPT : Check.REQUEST_PROMPT
  })
  base.get('login')?.checks.add(check)
  return base
}

async function accountOf({ db, now }: ProviderSettings, sub: string) {
  const claims = await claimsOf(db, sub, now())
  return claims && { accountId: sub, claims: () => ({ sub, ...claims }) }
}

/** Whoever the administrator has registered is trusted with what it asks for: nobody is asked to consent. */
async function grantOfHouse(ctx: KoaContextWithOIDC) {
  const { oidc } = ctx
  const accountId = oidc.session?.accountId
  if (!oidc.client || !accountId) return undefined
  const { clientId } = oidc.client
  const known = oidc.session?.grantIdFor(clientId)
  const kept = known ? await oidc.provider.Grant.find(known) : undefined
  if (kept) return kept
  const grant = new oidc.provider.Grant({ clientId, accountId })
  grant.addOIDCScope(SCOPES.join(' '))
  await grant.save()
  return grant
}

function cookies(keys: readonly string[], https: boolean): Configuration['cookies'] {
  const options = { httpOnly: true, sameSite: 'lax', signed: true, secure: https } as const
  return {
    keys: [...keys],
    // Cookies of one sign-in are bound to its path, so only the session's may be called __Host-.
    names: https
      ? { session: '__Host-soe', interaction: '__Secure-soe_entrada', resume: '__Secure-soe_retomada' }
      : { session: 'soe', interaction: 'soe_entrada', resume: 'soe_retomada' },
    long: { ...options, path: '/' } as never,
    short: options,
  }
}

function features(pages: ProviderPages): Configuration['features'] {
  return {
    devInteractions: { enabled: false },
    dPoP: { enabled: false },
    pushedAuthorizationRequests: { enabled: false },
    resourceIndicators: { enabled: false },
    userinfo: { enabled: true },
    backchannelLogout: { enabled: true },
    rpInitiatedLogout: { enabled: true, logoutSource: pages.logout, postLogoutSuccessSource: pages.loggedOut },
  }
}
