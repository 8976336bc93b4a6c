// npm run bench list, ticket: the real page against a bare route that runs the same statements, in turns, in one run.
import { join } from 'node:path'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { draftCopiedFrom } from '#forms/reads.ts'
import { settingsNow } from '#settings/reads.ts'
import type { Tx } from '#shared/db/connect.ts'
import type { Tables } from '#shared/db/tables.ts'
import { listPage } from '#tickets/reads/list.ts'
import { ticketFacts, ticketFiles, timeline } from '#tickets/reads/ticket-page.ts'
import { defaultQuery } from '#tickets/rules/list-query.ts'
import type { Told } from './bare.ts'
import { CONNECTIONS, nothing, percentile, round, type Taken, type Target } from './load.ts'
import type { Place } from './place.ts'
import { figure, keep } from './results.ts'
import { launch, launchSite, signIn, type Visitor } from './site.ts'

const ROUNDS = 4
const ROUND_SECONDS = 4
const WARM_SECONDS = 3
/** Of the bare route's requests a second (issue A, figures). */
const WANTED = 0.4

interface Page {
  readonly name: 'list' | 'ticket'
  readonly paths: readonly string[]
  /** The address part the bare route is asked with. */
  readonly bare: readonly string[]
  readonly key: number | null
  /** The reads the page makes. */
  readonly reads: (tx: Tx) => Promise<unknown>
}

export async function measureList(place: Place): Promise<void> {
  const visitor = await signIn(place)
  const asked = {
    actor: visitor.actor,
    lang: 'pt-BR',
    query: defaultQuery({ side: 'institution', teams: [] }),
  } as const
  const page: Page = { name: 'list', paths: ['/chamados'], bare: ['/0'], key: null, reads: (tx) => listPage(tx, asked) }
  await measure(place, visitor, page)
}

export async function measureTicket(place: Place): Promise<void> {
  const visitor = await signIn(place)
  const [key = 0] = visitor.tickets
  const page: Page = {
    name: 'ticket',
    paths: visitor.tickets.map((id) => `/chamados/${id}`),
    bare: visitor.tickets.map((id) => `/${id}`),
    key,
    reads: async (tx) => {
      await ticketFacts(tx, key)
      await timeline(tx, key)
      await ticketFiles(tx, key)
      await settingsNow(tx)
      await draftCopiedFrom(tx, { personId: visitor.actor.personId, ticketId: key })
    },
  }
  await measure(place, visitor, page)
}

async function measure(place: Place, visitor: Visitor, page: Page): Promise<void> {
  const site = await launchSite(place)
  try {
    const bytes = await meanBytes(site.address, visitor.cookie, page.paths)
    const told: Told = { url: place.plain, bytes, key: page.key, statements: await statementsOf(place, page) }
    const bare = await launch([join(import.meta.dirname, 'bare.ts')], {
      env: { BENCH_BARE: JSON.stringify(told) },
      ready: /^bare: (\S+)$/,
    })
    const { postmaster } = place
    try {
      const targets = {
        page: { ...site, paths: page.paths, cookie: visitor.cookie, postmaster },
        bare: { ...bare, paths: page.bare, postmaster },
      }
      report(page, await inTurns(targets), { bytes, tickets: await ticketsIn(place) })
    } finally {
      await bare.stop()
    }
  } finally {
    await site.stop()
  }
}

async function inTurns(targets: { page: Target; bare: Target }): Promise<{ page: Taken; bare: Taken }> {
  await round(targets.page, WARM_SECONDS, nothing())
  await round(targets.bare, WARM_SECONDS, nothing())
  const taken = { page: nothing(), bare: nothing() }
  for (let turn = 0; turn < ROUNDS; turn += 1) {
    await round(targets.page, ROUND_SECONDS, taken.page)
    await round(targets.bare, ROUND_SECONDS, taken.bare)
  }
  return taken
}

/** What the page's reads send, with their parameters, as the database sees them. */
async function statementsOf(place: Place, page: Page): Promise<Told['statements']> {
  const statements: { text: string; values: readonly unknown[] }[] = []
  const db = new Kysely<Tables>({
    dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: place.plain, max: 1 }) }),
    log: ({ query }) => {
      statements.push({ text: query.sql, values: query.parameters })
    },
  })
  try {
    await db.transaction().execute(page.reads)
  } finally {
    await db.destroy()
  }
  return statements.filter(({ text }) => !/^(begin|commit)/.test(text))
}

async function meanBytes(address: string, cookie: string, paths: readonly string[]): Promise<number> {
  let sum = 0
  for (const path of paths) {
    const answer = await fetch(`${address}${path}`, { headers: { cookie, 'accept-encoding': 'identity' } })
    if (answer.status !== 200 || answer.redirected) throw new Error(`${path}: ${answer.status}`)
    sum += (await answer.arrayBuffer()).byteLength
  }
  return Math.round(sum / paths.length)
}

async function ticketsIn(place: Place): Promise<number> {
  const client = new pg.Client({ connectionString: place.plain })
  await client.connect()
  const { rows } = await client.query<{ n: number }>('select count(*)::int as n from eprod.ticket')
  await client.end()
  return rows[0]?.n ?? 0
}

function report(page: Page, taken: { page: Taken; bare: Taken }, of: { bytes: number; tickets: number }): void {
  const perSecond = (one: Taken) => one.requests / one.seconds
  const line = (name: string, one: Taken) => [
    name,
    figure(perSecond(one)),
    ...[0.5, 0.95, 0.99].map((share) => figure(percentile(one, share))),
    figure(one.nodeMs / one.requests),
    figure(one.postgresMs / one.requests),
    Math.round(one.bytes / one.requests),
  ]
  const ratio = perSecond(taken.page) / perSecond(taken.bare)
  keep({
    title: page.name,
    command: `npm run bench ${page.name}`,
    head: ['', 'requests/s', 'p50 ms', 'p95 ms', 'p99 ms', 'CPU ms Node', 'CPU ms PostgreSQL', 'bytes'],
    rows: [line('page', taken.page), line('bare route', taken.bare)],
    notes: [
      `**${(ratio * 100).toFixed(0)} %** of the bare route's requests a second (wanted: at least ${WANTED * 100} %); ${CONNECTIONS} connections, ${ROUNDS} rounds of ${ROUND_SECONDS} s each in turns. The load generator shares the cores. Body of the page: ${of.bytes} bytes, not compressed; ${of.tickets} tickets.`,
    ],
  })
}
