// A second OpenID provider, started on its own and set up unlike SOE/WEB: another algorithm, other addresses, another way of
// client authentication, no scope of ours, no back-channel logout. What it sends can be bent, as a forger would.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { decodeJwt, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'
import { type Configuration, interactionPolicy, type KoaContextWithOIDC, Provider } from 'oidc-provider'

export const CLIENT = { id: 'portal-do-detran', secret: 'a secret between the two of them, long enough' }
const PATH = '/realms/estado'
const ALG = 'EdDSA'

/** The facts it tells of its one person; tests change them. */
export type ForeignPerson = Record<string, unknown> & { sub: string }

type Key = CryptoKey

/** What a forger does to what passes. Each is undone by `honest`. */
export interface Bending {
  /** Other claims in the ID token, signed anew with the right key. */
  claims?: (claims: JWTPayload) => JWTPayload
  /** Another ID token altogether. */
  token?: (claims: JWTPayload, key: Key) => Promise<string> | string
  /** Other userinfo. */
  userinfo?: (facts: object) => object
}

export interface ForeignProvider {
  readonly issuer: string
  readonly person: ForeignPerson
  readonly bending: Bending
  honest(): void
  /** While on, it does not answer. */
  readonly away: { on: boolean }
  /** Ends what it has granted: tokens are worth nothing from now on. */
  endGrants(): Promise<void>
  /** The address the browser is sent to next from an address of the provider, its cookies kept. */
  browser(): (address: string) => Promise<string>
  close(): Promise<void>
}

export const KID = 'foreign-key'

/** `redirectUri`, `signedOutUri`: of the client. */
export async function startForeignProvider(given: {
  redirectUri: string
  signedOutUri: string
}): Promise<ForeignProvider> {
  const { privateKey } = await generateKeyPair(ALG, { extractable: true })
  const jwk = { ...(await exportJWK(privateKey)), kid: KID, alg: ALG, use: 'sig' }
  const person: ForeignPerson = { sub: 'servidor-7' }
  const bending: Bending = {}
  const away = { on: false }
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const issuer = origin + PATH
  const provider = new Provider(issuer, configuration({ ...given, jwk, person }))
  provider.proxy = true
  const grants = new Set<string>()
  provider.on('grant.success', (ctx: KoaContextWithOIDC) => void grants.add(ctx.oidc.entities.Grant?.jti ?? ''))
  const callback = provider.callback()
  server.on('request', (request, response) => {
    void answer({ request, response, away, bending, privateKey, provider, callback, person })
  })
  return {
    issuer,
    person,
    bending,
    away,
    honest: () => {
      for (const name of Object.keys(bending)) delete bending[name as keyof Bending]
    },
    endGrants: async () => {
      for (const id of grants) await (await provider.Grant.find(id))?.destroy()
    },
    browser: () => browserOf(),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

function configuration(given: {
  redirectUri: string
  signedOutUri: string
  jwk: object
  person: ForeignPerson
}): Configuration {
  const policy = interactionPolicy.base()
  policy.remove('consent')
  const facts = ['cpf', 'name', 'email', 'institution', 'classes', 'masters']
  return {
    jwks: { keys: [given.jwk] as never },
    clients: [
      {
        client_id: CLIENT.id,
        client_secret: CLIENT.secret,
        redirect_uris: [given.redirectUri],
        post_logout_redirect_uris: [given.signedOutUri],
        grant_types: ['authorization_code', 'refresh_token'],
        token_endpoint_auth_method: 'client_secret_post',
        id_token_signed_response_alg: ALG,
      },
    ],
    enabledJWA: { idTokenSigningAlgValues: [ALG] },
    clientAuthMethods: ['client_secret_post'],
    scopes: ['openid', 'profile', 'email', 'offline_access'],
    claims: { openid: ['sub'], profile: facts },
    routes: {
      authorization: '/entrada',
      token: '/fichas',
      userinfo: '/dados',
      jwks: '/chaves',
      end_session: '/fim',
    },
    cookies: { keys: ['a cookie key of the tests'] },
    features: { devInteractions: { enabled: false }, backchannelLogout: { enabled: false } },
    interactions: { policy, url: (_ctx, { uid }) => `${PATH}/pessoa/${uid}` },
    issueRefreshToken: async () => true,
    rotateRefreshToken: true,
    ttl: { AccessToken: 300, Grant: 3600, IdToken: 3600, Interaction: 600, RefreshToken: 3600, Session: 3600 },
    findAccount: async () => ({ accountId: given.person.sub, claims: () => given.person }),
    loadExistingGrant: async (ctx) => {
      const grant = new ctx.oidc.provider.Grant({ clientId: CLIENT.id, accountId: ctx.oidc.session!.accountId! })
      grant.addOIDCScope('openid profile email offline_access')
      await grant.save()
      return grant
    },
  }
}

interface Turn {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly away: { on: boolean }
  readonly bending: Bending
  readonly privateKey: Key
  readonly provider: Provider
  readonly callback: (request: IncomingMessage, response: ServerResponse) => unknown
  readonly person: ForeignPerson
}

async function answer(turn: Turn): Promise<void> {
  const { request, response, away, provider, person } = turn
  if (away.on) return void request.socket.destroy()
  const url = request.url ?? ''
  if (url.startsWith(`${PATH}/pessoa/`)) {
    const result = { login: { accountId: person.sub } }
    return void (await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false }))
  }
  const whole = request as IncomingMessage & { originalUrl?: string }
  whole.originalUrl = url
  whole.url = url.slice(PATH.length)
  if (/^\/(fichas|dados)/.test(whole.url)) bend(turn, whole.url)
  await turn.callback(whole, response)
}

/** Catches what the provider answers, and sends it on bent. */
function bend({ response, bending, privateKey }: Turn, path: string): void {
  const end = response.end.bind(response) as (body?: unknown) => ServerResponse
  response.end = ((body?: unknown) => {
    void bentBody(String(body ?? ''), { bending, privateKey, path }).then((text) => {
      response.setHeader('content-length', Buffer.byteLength(text))
      end(text)
    })
    return response
  }) as typeof response.end
}

async function bentBody(
  text: string,
  { bending, privateKey, path }: { bending: Bending; privateKey: Key; path: string },
): Promise<string> {
  const body = JSON.parse(text) as { id_token?: string }
  if (path.startsWith('/dados')) return JSON.stringify(bending.userinfo?.(body) ?? body)
  if (!body.id_token || (!bending.claims && !bending.token)) return text
  const honest = decodeJwt(body.id_token)
  const claims = bending.claims?.(honest) ?? honest
  const token = bending.token ? await bending.token(claims, privateKey) : await signed(claims, privateKey)
  return JSON.stringify({ ...body, id_token: token })
}

/** An ID token as the provider signs it. */
export async function signed(claims: JWTPayload, key: Key, kid = KID): Promise<string> {
  return await new SignJWT(claims).setProtectedHeader({ alg: ALG, kid }).sign(key)
}

/** A browser at the provider: follows its redirects until they lead elsewhere. */
function browserOf(): (address: string) => Promise<string> {
  const jar = new Map<string, string>()
  return async (address) => {
    let at = address
    const { origin } = new URL(address)
    while (at.startsWith(origin)) {
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
      const reply = await fetch(at, { redirect: 'manual', headers: { cookie, accept: 'text/html' } })
      for (const line of reply.headers.getSetCookie()) {
        const [pair = ''] = line.split(';')
        jar.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
      }
      const next = reply.headers.get('location')
      if (!next) throw new Error(`the provider answered ${reply.status}: ${await reply.text()}`)
      at = new URL(next, at).href
    }
    return at
  }
}
