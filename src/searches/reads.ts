// The searches a person may open, each with what the person made of it; and how many tickets they find.
import { sql } from 'kysely'
import type { Shared } from '#searches/rules.ts'
import type { Tx } from '#shared/db/connect.ts'
import type { Actor } from '#shared/kit/actor.ts'
import { countOfSearch } from '#tickets/reads/find.ts'
import { listCount } from '#tickets/reads/list.ts'
import { type Asking, askedList } from '#tickets/reads/list-search.ts'

export interface SavedSearch {
  readonly id: number
  readonly name: string
  readonly shared: Shared
  readonly teamId: number | null
  readonly team: string | null
  readonly own: boolean
  /** null: works elsewhere by now. */
  readonly owner: string | null
  /** Shared, and its owner works elsewhere or may not enter any more. */
  readonly left: boolean
  readonly query: string
  /** The reader's list begins with it. */
  readonly start: boolean
  /** The reader is told when it counts more; null: no alert. */
  readonly above: number | null
  readonly byMail: boolean
}

/** Searches shown; one's own come first. */
const MOST_SHOWN = 200

/** All the actor may open; row-level security leaves the others out. */
export async function savedSearches(tx: Tx, actor: Actor, id?: number): Promise<readonly SavedSearch[]> {
  const only = id === undefined ? sql`` : sql`where s.id = ${id}`
  const { rows } = await sql<SavedSearch>`
    select s.id, s.name, s.shared, s.team_id as "teamId", g.name as team, s.owner_id = ${actor.personId} as own,
           p.name as owner, s.shared <> 'private' and eprod.search_is_left(s.id) as left, s.query, c.person_id is not null as start, a.above, coalesce(a.by_mail, false) as "byMail"
      from eprod.saved_search s
      left join eprod.person p on p.id = s.owner_id
      left join eprod.team g on g.id = s.team_id
      left join eprod.list_choice c on c.start_search_id = s.id and c.person_id = ${actor.personId}
      left join eprod.search_alert a on a.search_id = s.id and a.person_id = ${actor.personId}
      ${only} order by own desc, s.shared, lower(s.name), s.id limit ${sql.lit(MOST_SHOWN)}`.execute(tx)
  return rows
}

/** One of them; undefined: there is none the actor may open. */
export async function savedSearch(tx: Tx, actor: Actor, id: number): Promise<SavedSearch | undefined> {
  return (await savedSearches(tx, actor, id))[0]
}

/** The actor's own teams, to share with. */
export async function ownTeams(tx: Tx, { teams }: Actor): Promise<readonly { id: number; name: string }[]> {
  if (teams.length === 0) return []
  return await tx
    .selectFrom('eprod.team')
    .select(['id', 'name'])
    .where('id', 'in', [...teams])
    .orderBy('name')
    .execute()
}

/** How many the actor keeps. */
export async function keptCount(tx: Tx, actor: Actor): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from eprod.saved_search where owner_id = ${actor.personId}`.execute(tx)
  return rows[0]?.n ?? 0
}

/** How many tickets a kept query finds for whoever asks, to a thousand; undefined: not in time, or not understood any more. */
export async function countOf(asking: Asking, query: string, countMs?: number): Promise<number | undefined> {
  const { tx, actor, lang, now } = asking
  const asked = await askedList(asking, new URLSearchParams(query))
  if (asked.problems.length > 0) return undefined
  const { fields, criteria } = asked
  if (!asked.query.rules) return await listCount(tx, { actor, lang, query: asked.query })
  return await countOfSearch(tx, {
    actor,
    lang,
    now,
    query: asked.query,
    fields,
    criteria,
    ...(countMs ? { countMs } : {}),
  })
}

/** Counts of a page of searches are told for so long; they cost at most this much together. */
const KEPT_MS = 60_000
const TOGETHER_MS = 400
const MOST_REMEMBERED = 5000
const counted = new Map<string, { readonly n: number | undefined; readonly until: number }>()

/** Counts beside searches, in their order; undefined where the time was over. At most a minute old. */
export async function countsOf(asking: Asking, queries: readonly string[]): Promise<(number | undefined)[]> {
  const began = performance.now()
  const at = asking.now.getTime()
  const counts: (number | undefined)[] = []
  for (const query of queries) {
    const key = `${asking.actor.personId} ${query}`
    const known = counted.get(key)
    if (known && known.until > at && known.until <= at + KEPT_MS) counts.push(known.n)
    else if (performance.now() - began > TOGETHER_MS) counts.push(undefined)
    else {
      const n = await countOf(asking, query)
      if (counted.size >= MOST_REMEMBERED) counted.clear()
      counted.set(key, { n, until: at + KEPT_MS })
      counts.push(n)
    }
  }
  return counts
}
