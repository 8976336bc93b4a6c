// A running server with SOE/WEB, the entry of EPROD and one signed-in page, for the tests of signing in.
import { mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { keepTokens } from '#app/keep-token.ts'
import { makeServer } from '#app/server.ts'
import { guestOf } from '#app/visit.ts'
import { createFileStore } from '#attachments/files.ts'
import { clientAddresses, type IdentityOptions } from '#identity/options.ts'
import { routes } from '#identity/web/routes.ts'
import type { SecondFactorRule } from '#soe/factors/rules.ts'
import { mountSoe } from '#soe/mount.ts'
import { seedSoeDemo } from '../../seeds/demo-soe.ts'
import { cloneDatabase, type TestDatabase } from './database.ts'
import { makeWalker, type Walker } from './walker.ts'

export interface SignInSite {
  readonly url: string
  readonly database: TestDatabase
  /** The clock of the whole house; tests move it. */
  readonly clock: { now: Date }
  /** While on, EPROD does not reach its provider. */
  readonly cut: { on: boolean }
  walker(): Walker
  /** Walks from the entry page through SOE/WEB with an account. */
  signIn(walker: Walker, cpf: string, password?: string): ReturnType<Walker['post']>
  close(): Promise<void>
}

/** `public`: the address EPROD is known by; the server listens elsewhere and must reach its own provider all the same. */
export async function startSignInSite(
  given: {
    public?: string
    demo?: boolean
    /** false: SOE/WEB has no accounts yet. */
    accounts?: boolean
    secondFactor?: SecondFactorRule
    logTo?: { write(line: string): void }
    identity?: Partial<IdentityOptions>
  } = {},
): Promise<SignInSite> {
  const url = given.public ?? 'http://localhost:4111'
  const database = await cloneDatabase()
  if (given.accounts !== false) await seedSoeDemo(database.urls.soe)
  const folder = await mkdtemp(join(tmpdir(), 'eprod-sign-in-'))
  const clock = { now: new Date() }
  const key = Buffer.alloc(32, 7)
  const demo = given.demo ?? true
  const { web, staff, entry } = database
  const doors = { web: web.db, staff: staff.db, entry: entry.db, tokens: keepTokens(key), demo, now: () => clock.now }
  const { redirectUri, postLogoutRedirectUri, backchannelLogoutUri } = clientAddresses(url)
  const client = {
    id: 'eprod',
    secret: 'a secret of the tests',
    redirectUris: [redirectUri],
    postLogoutRedirectUris: [postLogoutRedirectUri],
    backchannelLogoutUri,
    reach: () => at,
  }
  let at = ''
  const cut = { on: false }
  const identity: IdentityOptions = {
    url,
    issuer: `${url}/soe`,
    clientId: client.id,
    clientSecret: client.secret,
    db: database.entry.db,
    cookieKey: key,
    foreign: false,
    demo,
    reach: () => (cut.on ? 'http://127.0.0.1:9' : at),
    ...given.identity,
  }
  let soe: { close(): Promise<void> } | undefined
  const server = await makeServer(
    {
      ...doors,
      url,
      store: await createFileStore(folder),
      fileBytes: 1e6,
      assets: folder,
      formTargets: [],
      ...(given.logTo ? { logTo: given.logTo } : { logLevel: 'silent' as const }),
    },
    async (site, app) => {
      routes(site, identity)
      site.get('/', async ({ actor }) => ({ html: `in: ${actor.name} ${actor.side} ${actor.classes.join()}` }))
      site.get('/ajuda', async () => ({ html: 'help' }))
      // A foreign provider stands elsewhere.
      if (identity.foreign) return
      soe = await mountSoe(app, {
        databaseUrl: database.urls.soe,
        issuer: identity.issuer,
        dataFolder: folder,
        demo,
        client,
        secondFactor: given.secondFactor ?? 'off',
        now: doors.now,
        guestOf: (request) => guestOf(request, doors),
      })
    },
  )
  await server.listen({ port: 0, host: '127.0.0.1' })
  at = `http://127.0.0.1:${(server.server.address() as AddressInfo).port}`
  return {
    url,
    database,
    clock,
    cut,
    walker: () => makeWalker(url, at),
    signIn: async (walker, cpf, password = 'demonstracao') => {
      const page = await walker.post('/entrar')
      return walker.post(page.address.pathname, { cpf, senha: password })
    },
    close: async () => {
      await server.close()
      await soe?.close()
      await database.drop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
