// Puts the site together: connections, file store, SOE/WEB, rooms, worker; and stops it in order.
import type { FastifyInstance } from 'fastify'
import { startClock } from '#app/clock.ts'
import type { Config } from '#app/config.ts'
import type { Database } from '#app/database.ts'
import { keepTokens } from '#app/keep-token.ts'
import { keptPath } from '#app/kept.ts'
import { startLive } from '#app/live.ts'
import { registerRooms } from '#app/routes.ts'
import { makeServer } from '#app/server.ts'
import type { SiteDoors } from '#app/site.ts'
import { guestOf } from '#app/visit.ts'
import { startWorker } from '#app/worker.ts'
import { scannerAt } from '#attachments/checks.ts'
import { createFileStore, type FileStore } from '#attachments/files.ts'
import { startAsking } from '#identity/asking.ts'
import { clientAddresses, type IdentityOptions } from '#identity/options.ts'
import { startReadingLog } from '#journal/readings.ts'
import type { LetterPlace } from '#notifications/rules/links.ts'
import { oneClick } from '#notifications/web/links.tsx'
import { MOST_FILE_BYTES } from '#settings/rules.ts'
import { connect } from '#shared/db/connect.ts'
import type { Side } from '#shared/kit/actor.ts'
import { makePostman } from '#shared/mail/postman.ts'
import { keptSecret, keyFor } from '#shared/secrets.ts'
import { openSoeClock, type SoeClock } from '#soe/clock.ts'
import { mountSoe } from '#soe/mount.ts'
import { receiptKeys } from '#tickets/receipts.ts'

export interface SiteParts {
  readonly config: Config
  readonly database: Omit<Database, 'stop' | 'owner'>
  readonly parts: 'web' | 'worker' | 'both'
  /** Folder of the built assets. */
  readonly assets: string
  /** Folder of the guide served at /ajuda. */
  readonly docs: string
  /** The clock; tests move it. */
  readonly now?: () => Date
  readonly logLevel?: 'silent' | 'warn'
}

export interface RunningSite {
  /** Where the web server listens, as `http://127.0.0.1:3000`; '' without one. */
  readonly address: string
  stop(): Promise<void>
}

/** Starts the parts. Throws what listening throws (EADDRINUSE) after closing what it had opened. */
export async function startSite(parts: SiteParts): Promise<RunningSite> {
  const { data, clamdUrl, s3Url } = parts.config
  const store = await createFileStore(data, { quarantine: clamdUrl !== undefined, bucket: s3Url })
  const closing: Closing = []
  const stop = async () => {
    for (const close of closing.splice(0).reverse()) await close()
  }
  try {
    if (parts.parts !== 'web') closing.push(await runWorker(parts, store))
    const address = parts.parts === 'worker' ? '' : await runWeb(parts, store, closing)
    return { address, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function runWorker(parts: SiteParts, store: FileStore): Promise<() => Promise<void>> {
  // Ten hands, what they listen with, the signs of life, and the ends of jobs, which are written beside the next ones.
  const worker = connect(parts.database.worker, { max: 20, statementSeconds: 120, waitSeconds: 60 })
  const [web, staff] = [connect(parts.database.web, { max: 1 }), connect(parts.database.staff, { max: 1 })]
  const sides = { institution: web.db, staff: staff.db }
  const { smtpUrl, mailFrom, demo } = parts.config
  const postman = smtpUrl === undefined ? undefined : makePostman({ smtpUrl, from: mailFrom })
  const mail = postman ?? (demo ? 'keep' : 'wait')
  const place = await letterPlace(parts.config)
  const soe = soeClock(parts)
  const { db, pool } = worker
  const scanner = scannerAt(parts.config.clamdUrl)
  const runner = await startWorker({ db, sides, pool, store, scanner, mail, place, soe, now: parts.now })
  return async () => {
    await runner.stop()
    postman?.close()
    await soe?.close()
    await Promise.all([worker.close(), web.close(), staff.close()])
  }
}

function soeClock({ config, database }: SiteParts): SoeClock | undefined {
  return config.issuer ? undefined : openSoeClock({ databaseUrl: database.soe, origin: config.url })
}

async function letterPlace(config: Config): Promise<LetterPlace> {
  return { url: config.url, key: keyFor(await keptSecret(config.data, 'eprod.key'), 'links of letters') }
}

type Closing = (() => Promise<unknown>)[]

async function runWeb(parts: SiteParts, store: FileStore, closing: Closing): Promise<string> {
  const { config, database } = parts
  const key = await keptSecret(config.data, 'eprod.key')
  const doors = await openDoors(parts, { store, key, closing })
  let address = ''
  const identity = identityOptions(config, { doors, key, reach: () => address || undefined })
  const options = {
    ...doors,
    assets: parts.assets,
    metricsToken: config.metricsToken,
    formTargets: config.issuer ? [new URL(config.issuer).origin] : [],
    ...(parts.logLevel ? { logLevel: parts.logLevel } : {}),
  }
  const place = await letterPlace(config)
  const app = await makeServer(options, async (site, server) => {
    const live = startLive(server, doors, database.staff)
    closing.push(live.close)
    oneClick(server, { db: doors.entry, place, now: doors.now })
    registerRooms(site, {
      links: { db: doors.entry, place },
      store,
      identity,
      receipts: { keys: await receiptKeys(config.data), url: config.url, entry: doors.entry },
      docs: parts.docs,
      keptMail: config.demo && !config.smtpUrl ? doors.entry : undefined,
    })
    if (!config.issuer) closing.push(await mountOwnSoe(server, parts, { doors, identity }))
  })
  closing.push(() => app.close())
  const failed = (error: Error) => app.log.error({ err: error }, 'asking the provider again failed')
  closing.push(startAsking(identity, { now: doors.now, failed }).stop)
  await app.listen({ port: config.port, host: listenHost(config.url) })
  const listening = app.server.address()
  address = `http://127.0.0.1:${typeof listening === 'object' ? listening?.port : config.port}`
  return address
}

/** What every page works with: the roles of the two sides and of who is not in yet, the clock, the log of what was read. */
async function openDoors(
  { config, database, now }: SiteParts,
  { store, key, closing }: { store: FileStore; key: Buffer; closing: Closing },
): Promise<SiteDoors> {
  const web = connect(database.web, { max: 10 })
  const staff = connect(database.staff, { max: 10 })
  const entry = connect(database.entry, { max: 3 })
  closing.push(web.close, staff.close, entry.close)
  const clock = await startClock(entry.db)
  closing.push(async () => clock.stop())
  const readings = startReadingLog(entry.db, (error) => console.error('readings:', error))
  closing.push(readings.close)
  return {
    readings,
    web: web.db,
    staff: staff.db,
    entry: entry.db,
    tokens: keepTokens(keyFor(key, 'kept posts')),
    demo: config.demo,
    now: now ?? clock.now,
    url: config.url,
    store,
    fileBytes: MOST_FILE_BYTES,
  }
}

/** EPROD as a client: of its own SOE/WEB, reached where the server listens, unless the settings name another provider. */
function identityOptions(
  config: Config,
  { doors, key, reach }: { doors: SiteDoors; key: Buffer; reach: () => string | undefined },
): IdentityOptions {
  const common = {
    url: config.url,
    clientId: config.clientId,
    db: doors.entry,
    cookieKey: keyFor(key, 'sign-in cookies'),
    afterSignIn: (personId: number, side: Side) => keptPath(doors, { personId, side }),
  }
  if (config.issuer)
    return { ...common, issuer: config.issuer, clientSecret: config.clientSecret, foreign: true, demo: false }
  const clientSecret = keyFor(key, 'client of SOE/WEB').toString('base64url')
  return { ...common, issuer: `${config.url}/soe`, clientSecret, foreign: false, demo: config.demo, reach }
}

async function mountOwnSoe(
  app: FastifyInstance,
  parts: SiteParts,
  { doors, identity }: { doors: SiteDoors; identity: IdentityOptions },
): Promise<() => Promise<void>> {
  const { config, database } = parts
  const { redirectUri, postLogoutRedirectUri, backchannelLogoutUri } = clientAddresses(config.url)
  const soe = await mountSoe(app, {
    databaseUrl: database.soe,
    issuer: identity.issuer,
    dataFolder: config.data,
    demo: config.demo,
    client: {
      id: config.clientId,
      secret: identity.clientSecret ?? '',
      redirectUris: [redirectUri],
      postLogoutRedirectUris: [postLogoutRedirectUri],
      backchannelLogoutUri,
      ...(identity.reach ? { reach: identity.reach } : {}),
    },
    secondFactor: config.secondFactor,
    guestOf: (request) => guestOf(request, doors),
    now: doors.now,
  })
  return soe.close
}

/** A site of this machine alone listens to this machine alone. */
function listenHost(url: string): string {
  const host = new URL(url).hostname
  return host === 'localhost' || host === '127.0.0.1' || host === '[::1]' ? 'localhost' : '::'
}
