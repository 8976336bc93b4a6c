import { Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import { draftCopiedFrom } from '#forms/reads.ts'
import { readSessionCookie } from '#identity/visit.ts'
import { connect } from '#shared/db/connect.ts'
import { listPage } from '#tickets/reads/list.ts'
import { ticketFacts, ticketFiles, timeline } from '#tickets/reads/ticket-page.ts'
import { defaultQuery } from '#tickets/rules/list-query.ts'
import { openPlace } from './place.ts'
import { signIn } from './site.ts'

const place = await openPlace()
const v = await signIn(place)
const q: any[] = []
const db = new Kysely<any>({
  dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: place.urls.web, max: 1 }) }),
  log: (e) => {
    q.push(e)
  },
})
const c = readSessionCookie(v.cookie.split('=')[1])!
await db.transaction().execute(async (tx: any) => {
  await sql`select * from eprod.open_visit(${c.tokenHash}, ${new Date()})`.execute(tx)
  q.length = 0
  const id = v.tickets[0]!
  await ticketFacts(tx, id)
  await timeline(tx, id)
  await ticketFiles(tx, id)
  await draftCopiedFrom(tx, { personId: v.actor.personId, ticketId: id })
  await listPage(tx, { actor: v.actor, lang: 'pt-BR', query: defaultQuery('institution') })
  for (const e of q.slice()) {
    console.log('-----', e.queryDurationMillis.toFixed(2), e.query.sql.slice(0, 120).replace(/\s+/g, ' '))
    const big = process.argv[2] === 'all' || e.queryDurationMillis > 8
    if (!big) continue
    const r = await sql`explain (analyze, buffers off, costs off) ${sql.raw(
      e.query.sql.replace(/\$(\d+)/g, (_: string, n: string) => {
        const x = e.query.parameters[Number(n) - 1]
        return typeof x === 'number' ? String(x) : `'${x}'`
      }),
    )}`.execute(tx)
    console.log(r.rows.map((x: any) => x['QUERY PLAN']).join('\n'))
  }
})
await db.destroy()
await place.stop()
