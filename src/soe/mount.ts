// The one door of SOE/WEB: puts the house at /soe of a Fastify server. What its accounts and pages are is in its folders.
import type { EventEmitter } from 'node:events'
import type { IncomingMessage } from 'node:http'
import formbody from '@fastify/formbody'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Provider } from 'oidc-provider'
import { DAY_MS } from '#shared/kit/dates.ts'
import { keptSecret, keyFor } from '#shared/secrets.ts'
import type { Guest } from '#shared/web/site.ts'
import { KNOWN_DAYS } from '#soe/accounts/rules.ts'
import { forgetAttempts } from '#soe/accounts/store.ts'
import { activeApplicationIds } from '#soe/applications/reads.ts'
import type { SecondFactorRule } from '#soe/factors/rules.ts'
import { forgetChallenges } from '#soe/factors/store.ts'
import { forgetLinks } from '#soe/links/store.ts'
import { compareByHash, formTargets } from '#soe/provider/clients.ts'
import { type FirstPartyClient, providerConfiguration } from '#soe/provider/configuration.ts'
import { cookieKeys, signingKeys } from '#soe/provider/keys.ts'
import { startNotices } from '#soe/provider/logout-notices.ts'
import { providerPages } from '#soe/provider/pages.tsx'
import { withoutSelfSubmittingForms } from '#soe/provider/sign-out.ts'
import { removeExpired } from '#soe/provider/store.ts'
import { forgetNotices, forgetSessions, tellEndedClasses } from '#soe/sessions/store.ts'
import { connectSoe, type SoeDb } from '#soe/tables.ts'
import { rememberGuest } from '#soe/web/guests.ts'
import { soeRoutes } from '#soe/web/routes.ts'

export interface SoeOptions {
  /** URL of the role eprod_soe. */
  readonly databaseUrl: string
  /** `${EPROD_URL}/soe`. */
  readonly issuer: string
  /** EPROD_DATA: the secret `soe.key` lies in its folder `secrets`. */
  readonly dataFolder: string
  /** Lists the demonstration accounts on the sign-in page. */
  readonly demo: boolean
  readonly client: FirstPartyClient
  /** Whose accounts must have a second factor. */
  readonly secondFactor: SecondFactorRule
  /** Language and theme of a request. */
  readonly guestOf: (request: FastifyRequest) => Guest
  readonly now: () => Date
}

const MOUNT = '/soe'
/** What the provider answers (its own routes, as configured): whatever else is below the mount is found nowhere. */
const PROVIDERS = /^\/soe\/(?:auth|token|me|jwks|session\/end|\.well-known)(?:[/?]|$)/
/** How long it can be told why a link does not work any more. */
const LINKS_KEPT_DAYS = 30
const CLEAN_MS = 60_000
/** Ended sessions help to answer *was that me?*; the audit keeps the fact for good. */
const SESSIONS_DAYS = 30

/** Mounts SOE/WEB. Call before the server listens; `close` ends its connections, its notices and its cleaning. */
export async function mountSoe(app: FastifyInstance, options: SoeOptions): Promise<{ close(): Promise<void> }> {
  if (new URL(options.issuer).pathname !== MOUNT) throw new Error(`the issuer of SOE/WEB must end in ${MOUNT}`)
  const { now } = options
  const { db, close } = connectSoe(options.databaseUrl)
  const failed = (what: string) => (error: Error) => app.log.error({ err: error }, `SOE/WEB ${what}`)
  const secret = await keptSecret(options.dataFolder, 'soe.key')
  const making = { options, db, now, secret, failed: failed('failed') }
  let made = await makeProvider(making)
  const provider = () => made.provider
  const key = keyFor(secret, 'pages and second factors')
  await registerRoutes(app, { options, provider, callback: (...given) => made.callback(...given), db, key })
  const clientIds = async () => [options.client.id, ...(await activeApplicationIds(db))]
  const notices = startNotices({
    db,
    provider,
    clientIds,
    now,
    failed: failed('could not tell a client of changed access'),
  })
  const renew = async () => {
    await clean(db, now())
    await tellEndedClasses(db, now())
    made = await renewed(made, making)
  }
  let renewing = Promise.resolve()
  const cleaning = setInterval(() => {
    renewing = renew().catch(failed('could not clean up or change its keys'))
  }, CLEAN_MS)
  cleaning.unref()
  return {
    close: async () => {
      clearInterval(cleaning)
      await Promise.all([renewing, notices.stop()])
      await close()
    },
  }
}

interface Making {
  readonly options: SoeOptions
  readonly db: SoeDb
  readonly now: () => Date
  readonly secret: Buffer
  failed(error: Error): void
}

/** A provider, and by what one tells whether its keys are still those of now. */
interface Made {
  readonly provider: Provider
  readonly callback: ReturnType<Provider['callback']>
  readonly keys: string
}

async function keysOf({ db, now, secret }: Making) {
  const signing = await signingKeys(db, keyFor(secret, 'signing keys'), now())
  const cookies = cookieKeys(secret, now())
  return { signing, cookies, name: [...signing.map((key) => key.kid), ...cookies].join() }
}

async function makeProvider(making: Making): Promise<Made> {
  const { options, db, now } = making
  const keys = await keysOf(making)
  const provider = new Provider(
    options.issuer,
    providerConfiguration({
      db,
      now,
      client: options.client,
      keys: keys.signing,
      cookieKeys: keys.cookies,
      https: options.issuer.startsWith('https:'),
      mount: MOUNT,
      secondFactor: options.secondFactor,
      pages: providerPages({ db, now, home: homeOf(options) }),
    }),
  )
  compareByHash(provider, { db, now, configured: options.client.id })
  // Host and protocol come from the issuer (`asIssued`), never from the caller.
  provider.proxy = true
  provider.use(withoutSelfSubmittingForms as never)
  provider.on('server_error', (_ctx, error) => making.failed(error))
  // Koa's own event, which the library's types leave out.
  ;(provider as EventEmitter).on('error', making.failed)
  return { provider, callback: provider.callback(), keys: keys.name }
}

/** The library takes its keys once: when they change, a new provider takes the place of the old one. */
async function renewed(made: Made, making: Making): Promise<Made> {
  return (await keysOf(making)).name === made.keys ? made : await makeProvider(making)
}

/** Where the client's house begins: the root of its redirect address. */
function homeOf(options: SoeOptions): string {
  return new URL('/', options.client.redirectUris[0] ?? options.issuer).href
}

interface House {
  readonly options: SoeOptions
  readonly key: Buffer
  provider(): Provider
  callback(...given: Parameters<Made['callback']>): ReturnType<Made['callback']>
  readonly db: SoeDb
}

async function registerRoutes(app: FastifyInstance, house: House): Promise<void> {
  const { options, provider, db, key } = house
  const issuer = new URL(options.issuer)
  const guestOf = (request: FastifyRequest): Guest => ({ ...options.guestOf(request), demo: options.demo })
  await app.register(async (scope) => {
    scope.addHook('onRequest', async (request, reply) => {
      asIssued(request.raw, issuer)
      if (request.url.startsWith(`${MOUNT}/entrar`)) await letFormsLead(reply, db)
    })
    if (!scope.hasContentTypeParser('application/x-www-form-urlencoded')) await scope.register(formbody)
    const { client, secondFactor } = options
    soeRoutes(scope, { db, provider, origin: issuer.origin, home: homeOf(options), key, client, secondFactor, guestOf })
  })
  await app.register(async (scope) => {
    // The provider reads the body itself.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null))
    scope.all(`${MOUNT}/*`, async (request, reply) => {
      if (!PROVIDERS.test(request.url)) return reply.callNotFound()
      rememberGuest(request.raw, guestOf(request))
      asIssued(request.raw, issuer)
      await letFormsLead(reply, db)
      reply.hijack()
      for (const [name, value] of Object.entries(reply.getHeaders()))
        if (value !== undefined) reply.raw.setHeader(name, value)
      const raw = request.raw as IncomingMessage & { originalUrl?: string }
      raw.originalUrl = raw.url ?? ''
      raw.url = raw.originalUrl.slice(MOUNT.length)
      await house.callback(raw, reply.raw)
    })
  })
}

/** The provider must see the address it is known by, whatever a proxy or an attacker wrote into the headers. */
function asIssued(raw: IncomingMessage, issuer: URL): void {
  raw.headers.host = issuer.host
  raw.headers['x-forwarded-proto'] = issuer.protocol.slice(0, -1)
  delete raw.headers['x-forwarded-host']
}

/** The page of a sign-in or a sign-out may lead on to the application that asked for it. */
async function letFormsLead(reply: FastifyReply, db: SoeDb): Promise<void> {
  const name = 'content-security-policy'
  const policy = reply.getHeader(name)
  const targets = typeof policy === 'string' ? await formTargets(db) : []
  if (targets.length > 0) reply.header(name, `${policy}`.replace(/form-action[^;]*/, `$& ${targets.join(' ')}`))
}

/** Removes expired provider rows, and tries that no longer count for anything. */
async function clean(db: SoeDb, now: Date): Promise<void> {
  await removeExpired(db, now)
  await forgetLinks(db, new Date(now.getTime() - LINKS_KEPT_DAYS * DAY_MS))
  await forgetAttempts(db, new Date(now.getTime() - KNOWN_DAYS * DAY_MS))
  await forgetSessions(db, new Date(now.getTime() - SESSIONS_DAYS * DAY_MS))
  await forgetChallenges(db, now)
  await forgetNotices(db)
}
