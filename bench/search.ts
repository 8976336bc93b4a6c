// npm run bench search: every usual list, Pesquisar and the hard searches of searches.json, at one connection, on the bench
// database and on one of a tenth of its tickets, in turns.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { RawItem } from '#criteria/rules/grammar.ts'
import { check } from '#criteria/rules/read.ts'
import { QUEUE_TABS, queuePage } from '#desk/reads.ts'
import { type Connection, connect, type Tx } from '#shared/db/connect.ts'
import { migrate } from '#shared/db/migrate.ts'
import { rolesOf } from '#shared/db/passwords.ts'
import type { Actor } from '#shared/kit/actor.ts'
import { findPage } from '#tickets/reads/find.ts'
import { homeRows } from '#tickets/reads/home.ts'
import { listPage, MOST_COUNTED } from '#tickets/reads/list.ts'
import { searchTickets, suggestTickets } from '#tickets/reads/search.ts'
import { searchKnown } from '#tickets/reads/search-known.ts'
import { defaultQuery } from '#tickets/rules/list-query.ts'
import { ticketFields } from '#tickets/rules/search-fields.ts'
import { wordsFor } from '#words/words.ts'
import { beside, maintaining, type Place, ROOT } from './place.ts'
import { figure, keep } from './results.ts'
import { seed } from './seed.ts'

const SMALL = 'eprod_bench_small'
const CALLS = 30
const WARM_CALLS = 3
const MOST_P95_MS = 50
const MOST_GROWTH = 2
const lang = 'pt-BR'

type Who = 'operator' | 'analyst'
/** Tickets of the operator's institution that are asked for, another in each call. */
interface Sample {
  readonly id: number
  readonly plate: string
  readonly chassis: string
}
interface Site {
  readonly tickets: number
  readonly actors: Readonly<Record<Who, Actor>>
  readonly connections: Readonly<Record<Who, Connection>>
  readonly samples: readonly Sample[]
}
interface Case {
  readonly name: string
  readonly who: Who
  /** Returns what the count said, where there is one. */
  readonly work: (tx: Tx, actor: Actor, sample: Sample) => Promise<unknown>
}
interface Taken {
  readonly ms: number[]
  said: unknown
}

export async function measureSearch(place: Place): Promise<void> {
  const big = await siteOf(place)
  const small = await smaller(place, big.tickets / 10)
  try {
    const lines = []
    for (const one of [...usualCases(), ...searchCases()]) {
      const [few, many] = await inTurns(one, [small, big])
      const line = lineOf(one, few, many)
      console.log(line.join(' · '))
      lines.push(line)
    }
    report(lines, [small.tickets, big.tickets])
  } finally {
    for (const { connections } of [small, big]) for (const one of Object.values(connections)) await one.close()
  }
}

async function smaller(place: Place, tickets: number): Promise<Site> {
  const other = beside(place, SMALL)
  const there = await siteOf(other).catch(() => undefined)
  if (there?.tickets === tickets) return there
  for (const one of Object.values(there?.connections ?? {})) await one.close()
  await seed(other, tickets)
  return await siteOf(other)
}

async function siteOf(place: Place): Promise<Site> {
  await migrate(place.urls.owner, join(ROOT, 'migrations'), rolesOf(place.passwords))
  const owner = connect(maintaining(place.urls.owner), { max: 1 })
  try {
    const { rows } = await sql<Actor>`
      select p.id as "personId", 0 as "sessionId", p.name, p.email, p.cpf, p.side, p.institution_id as "institutionId",
             i.name as "institutionName", '{}'::int[] as classes, array(select team_id from eprod.team_member m where m.person_id = p.id) as teams
        from eprod.person p join eprod.institution i on i.id = p.institution_id
       where i.cnpj like '90000100%' or p.cpf like '0091%' order by p.side, p.id`.execute(owner.db)
    const operator = rows.find(({ side }) => side === 'institution')
    const analyst = rows.find(({ side }) => side === 'staff')
    if (!operator || !analyst) throw new Error('The bench database is empty: npm run bench:seed')
    const samples =
      await sql<Sample>`select id, plate, chassis from eprod.ticket where institution_id = ${operator.institutionId}
      order by hashint8(id) limit ${sql.lit(CALLS + WARM_CALLS)}`.execute(owner.db)
    const count = await sql<{ n: number }>`select count(*) as n from eprod.ticket`.execute(owner.db)
    return {
      tickets: count.rows[0]?.n ?? 0,
      actors: { operator, analyst },
      connections: {
        operator: connect(place.urls.web, { max: 1 }),
        analyst: connect(place.urls.staff, { max: 1 }),
      },
      samples: samples.rows,
    }
  } finally {
    await owner.close()
  }
}

function usualCases(): Case[] {
  const both: readonly Who[] = ['operator', 'analyst']
  const list = (who: Who): Case => ({
    name: 'default list',
    who,
    work: async (tx, actor) => (await listPage(tx, { actor, lang, query: defaultQuery(actor) })).count,
  })
  const homes = (['pessoal', 'grupo'] as const).map(
    (view) =>
      (who: Who): Case => ({
        name: `home, ${view}`,
        who,
        work: async (tx, actor) => void (await homeRows(tx, { actor, lang, view })),
      }),
  )
  const queues = QUEUE_TABS.map(
    (tab): Case => ({
      name: `queue, ${tab}`,
      who: 'analyst',
      work: async (tx, actor) => void (await queuePage(tx, { actor, lang, tab })),
    }),
  )
  const term =
    (name: string, termOf: (sample: Sample) => string) =>
    (who: Who): Case => ({
      name: `Pesquisar: ${name}`,
      who,
      work: async (tx, actor, sample) => (await searchTickets(tx, actor, termOf(sample)))?.length,
    })
  const typed = (who: Who): Case => ({
    name: 'suggestions for four characters of a plate',
    who,
    work: async (tx, actor, { plate }) => void (await suggestTickets(tx, actor, plate.slice(0, 4))),
  })
  const terms = [
    term('ID', ({ id }) => String(id)),
    term('plate', ({ plate }) => plate),
    term('chassis', ({ chassis }) => chassis),
    term('last 6 of a chassis', ({ chassis }) => chassis.slice(-6)),
    term('words of one follow-up in a thousand', () => 'certidão de óbito'),
    term('words of one in a hundred', () => 'alienação fiduciária'),
    term('words of one in ten', () => 'procuração pública'),
    term('a word of a quarter of all titles', () => 'roubo'),
    term('words of none', () => 'usucapião extrajudicial'),
  ]
  const field =
    (key: string, of: (sample: Sample) => string) =>
    (who: Who): Case => ({
      name: `criteria: ${key} é`,
      who,
      work: async (tx, actor, sample) =>
        await foundBy(tx, actor, [{ link: 'e', field: key, operator: 'e', values: [of(sample)] }]),
    })
  const fields = [field('placa', ({ plate }) => plate), field('chassi', ({ chassis }) => chassis)]
  return [...[list, ...homes, ...terms, typed, ...fields].flatMap((of) => both.map(of)), ...queues]
}

type Written =
  | readonly [link: string, field: string, operator: string, ...values: string[]]
  | readonly [string, Written[]]
const itemOf = (written: Written): RawItem =>
  Array.isArray(written[1])
    ? { link: written[0], items: (written[1] as Written[]).map(itemOf) }
    : {
        link: written[0],
        field: written[1] as string,
        operator: String(written[2]),
        values: written.slice(3) as string[],
      }

function searchCases(): Case[] {
  const { searches } = JSON.parse(readFileSync(join(import.meta.dirname, 'searches.json'), 'utf8')) as {
    searches: { name: string; as: Who; items: Written[] }[]
  }
  return searches.map(({ name, as, items }) => ({
    name,
    who: as,
    work: async (tx, actor) => await foundBy(tx, actor, items.map(itemOf)),
  }))
}

async function foundBy(tx: Tx, actor: Actor, rules: readonly RawItem[]): Promise<number | string> {
  const now = new Date()
  const known = await searchKnown(tx, { actor, lang, now })
  const fields = ticketFields({ actor, words: wordsFor(lang), lang, known })
  const { criteria, problems } = check(rules, fields)
  if (problems.length > 0) throw new Error(JSON.stringify([rules, problems]))
  const query = { ...defaultQuery(actor), rules }
  const found = await findPage(tx, { actor, lang, now, query, fields, criteria })
  return found ? (found.count ?? 'not counted') : 'refine'
}

async function inTurns(one: Case, sites: readonly [Site, Site]): Promise<[Taken, Taken]> {
  const taken: [Taken, Taken] = [
    { ms: [], said: undefined },
    { ms: [], said: undefined },
  ]
  for (let call = 0; call < CALLS + WARM_CALLS; call += 1) {
    for (const [at, site] of sites.entries()) {
      const { ms, said } = await timed(one, site, call)
      const mine = taken[at === 0 ? 0 : 1]
      if (call >= WARM_CALLS) mine.ms.push(ms)
      mine.said = said
    }
  }
  return taken
}

/** As a visit: a transaction whose context is the actor's. */
async function timed({ who, work }: Case, site: Site, call: number): Promise<{ ms: number; said: unknown }> {
  const actor = site.actors[who]
  const sample = site.samples[call % site.samples.length]
  if (!sample) throw new Error('no tickets')
  const began = performance.now()
  const said = await site.connections[who].db.transaction().execute(async (tx) => {
    await sql`select set_config('eprod.person', ${String(actor.personId)}, true),
      set_config('eprod.institution', ${String(actor.institutionId)}, true)`.execute(tx)
    return await work(tx, actor, sample)
  })
  return { ms: performance.now() - began, said }
}

type Line = readonly (string | number)[]
function lineOf({ name, who }: Case, few: Taken, many: Taken): Line {
  const at = (taken: Taken, share: number) =>
    [...taken.ms].sort((a, b) => a - b)[Math.min(taken.ms.length - 1, Math.floor(taken.ms.length * share))] ?? 0
  const growth = at(many, 0.5) / at(few, 0.5)
  const said = typeof many.said === 'number' && many.said > MOST_COUNTED ? `> ${MOST_COUNTED}` : String(many.said ?? '')
  const times = [few, many].flatMap((taken) => [figure(at(taken, 0.5)), figure(at(taken, 0.95))])
  return [`${who}: ${name}`, ...times, figure(growth), said]
}

function report(lines: readonly Line[], [few = 0, many = 0]: readonly number[]): void {
  const late = lines.filter((line) => Number(line[4]) >= MOST_P95_MS).length
  const grown = lines.filter((line) => Number(line[5]) >= MOST_GROWTH).length
  keep({
    title: 'search',
    command: 'npm run bench search',
    head: ['', `${few} p50 ms`, 'p95 ms', `${many} p50 ms`, 'p95 ms', 'growth of p50', 'found'],
    rows: lines,
    notes: [
      `${lines.length} cases, ${CALLS} calls each in turns, one connection, with the transaction around them. Over ${MOST_P95_MS} ms at the larger size: ${late}. Grown to ${MOST_GROWTH} times or more: ${grown}.`,
    ],
  })
}
