// The journal off-line: whole as the product writes it, and the first planted change is named; readings and seals likewise.
import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { auditRows, fullCpf, readAuditQuery } from '#admin/audit.ts'
import { sealDayBefore } from '#journal/actions.ts'
import { startReadingLog } from '#journal/readings.ts'
import { verifyJournal } from '#journal/verify.ts'
import type { Actor } from '#shared/kit/actor.ts'
import { moveTicket } from '#tickets/actions/move-ticket.ts'
import { cloneDatabase, type TestDatabase } from '../../tests/support/database.ts'
import { type Cast, castOf, newTicket, visitAs } from '../../tests/support/tickets.ts'

let database: TestDatabase
let cast: Cast
let forger: pg.Client
let ticket: number
const NOW = new Date()
const DAY_AFTER = new Date(NOW.getTime() + 2 * 86_400_000)

beforeAll(async () => {
  database = await cloneDatabase()
  cast = await castOf(database)
  ticket = await newTicket(database, cast.operator, NOW)
  for (const body of ['Um.', 'Dois.', 'Três.'])
    await visitAs(database.web.db, cast.operator, (tx) =>
      moveTicket({ tx, actor: cast.operator, now: NOW }, ticket, { verb: 'follow-up', body }),
    )
  const log = startReadingLog(database.entry.db, (error) => {
    throw error
  })
  for (let n = 0; n < 3; n += 1)
    log.note({ at: NOW, person: cast.operator.personId, what: 'ticket-page', thing: 'ticket', id: String(ticket) })
  await log.close()
  for (const event of ['signed-in', 'class-granted', 'signed-in'])
    await sql`insert into soe.audit (at, event, facts) values (${NOW}, ${event}, '{"address": "10.0.0.1", "who": "Lúcia"}')`.execute(
      database.owner.db,
    )
  await sealDayBefore(database.worker.db, NOW)
  // A superuser without triggers: nothing less can plant a change.
  forger = new pg.Client({ connectionString: database.urls.admin })
  await forger.connect()
  await forger.query('set session_replication_role = replica')
})
afterAll(async () => {
  await forger?.end()
  await database?.drop()
})

const verify = async (written: string[] = []) => {
  const client = new pg.Client({ connectionString: database.urls.owner, options: '-c eprod.maintenance=on' })
  await client.connect()
  try {
    return await verifyJournal(client, written)
  } finally {
    await client.end()
  }
}
/** Plants changes, verifies, and takes them back. */
async function planted(...statements: string[]): Promise<string | undefined> {
  const own = ['journal_entry', 'reading', 'seal', 'follow_up', 'requested_document', 'attachment', 'ticket']
  const tables = [...own.map((name) => ['eprod', name] as const), ['soe', 'audit'], ['soe', 'audit_head']]
  for (const [schema, name] of tables)
    await forger.query(`create temp table kept_${name} as select * from ${schema}.${name}`)
  for (const statement of statements) await forger.query(statement)
  const { broken } = await verify()
  for (const [schema, name] of tables) {
    await forger.query(`delete from ${schema}.${name}`)
    const { rows } = await forger.query(`select string_agg(quote_ident(attname), ', ') as own from pg_attribute
      where attrelid = '${schema}.${name}'::regclass and attnum > 0 and not attisdropped and attgenerated = ''`)
    const columns = rows[0].own
    await forger.query(
      `insert into ${schema}.${name} (${columns}) overriding system value select ${columns} from kept_${name}`,
    )
    await forger.query(`drop table kept_${name}`)
  }
  return broken
}

describe('verifying', () => {
  it('finds the journal whole as it was written, and whole again when a second day is sealed', async () => {
    expect(await verify()).toMatchObject({ broken: undefined, seals: 1, readings: 3 })
    expect(await sealDayBefore(database.worker.db, NOW)).toBe(false)
    expect(await sealDayBefore(database.worker.db, DAY_AFTER)).toBe(true)
    expect(await verify()).toMatchObject({ broken: undefined, seals: 2 })
  })

  it('names the entry that was changed, the one after a removed one, and a wrong private part', async () => {
    const of = `where thing = 'ticket' and thing_id = '${ticket}'`
    expect(
      await planted(`update eprod.journal_entry set actor_id = ${cast.analyst.personId} ${of} and seq = 2`),
    ).toMatch(`ticket ${ticket}: entry 2 (follow-up`)
    expect(await planted(`delete from eprod.journal_entry ${of} and seq = 3`)).toMatch(`ticket ${ticket}: entry 4`)
    expect(
      await planted(`update eprod.journal_entry set private_part = '{"plate":"AAA0A00"}' ${of} and seq = 1`),
    ).toMatch(`ticket ${ticket}: entry 1`)
    expect((await verify()).broken).toBeUndefined()
  })

  it('holds when a private part is erased with its salt, as the law may demand', async () => {
    const erased = `update eprod.journal_entry set private_part = null, salt = null`
    const gone = [`update eprod.follow_up set body = ''`, `update eprod.ticket set answers = '{}'`]
    expect(await planted(erased, ...gone)).toBeUndefined()
    // Whoever forges a text could erase what covers it: then the text must be gone too.
    expect(await planted(erased)).toMatch(
      'entry 1 (open) had its private part erased, but what it covers is still there',
    )
  })

  it('finds by the seal what a chain alone cannot: its last entries cut off, readings changed, a seal made anew', async () => {
    expect(await planted(`delete from eprod.journal_entry where thing = 'ticket' and seq = 4`)).toMatch(
      /seal of .* entries are not those sealed; number \d+ is gone/,
    )
    expect(await planted(`delete from eprod.reading where id = (select max(id) from eprod.reading)`)).toMatch(
      /readings are not those sealed; number \d+ is gone/,
    )
    expect(await planted(`update eprod.reading set person_id = ${cast.analyst.personId} where id = 2`)).toMatch(
      /the first is reading 2/,
    )
    // A chain made anew from its beginning, as who may write the table could: only the seal knows.
    expect(
      await planted(
        `update eprod.journal_entry e set at = at - interval '1 s' where thing = 'ticket' and seq = 4`,
        `update eprod.journal_entry e set hash = sha256(convert_to(eprod.journal_text(e), 'UTF8')) where thing = 'ticket' and seq = 4`,
      ),
    ).toMatch(`the first is ticket ${ticket}: entry 4`)
    expect(await planted(`update eprod.seal set entries = entries - 1 where previous_hash is null`)).toMatch(
      /does not fit the seals/,
    )
  })

  it('names the entry of SOE/WEB’s audit that was changed, taken out or cut off, or made anew after it was sealed', async () => {
    expect(await verify()).toMatchObject({ broken: undefined, audited: 3 })
    expect(
      await planted(`update soe.audit set facts = facts || '{"address": "6.6.6.6"}' where event = 'class-granted'`),
    ).toMatch(/^SOE\/WEB: entry 2 of its audit \(class-granted, .*\) does not fit its chain/)
    expect(await planted('delete from soe.audit where id = 2')).toMatch('entry 3 of its audit (signed-in')
    expect(await planted('delete from soe.audit where id = 3')).toMatch('does not end with entry 3')
    expect(
      await planted(
        'delete from soe.audit where id = 3',
        'update soe.audit_head set id = 2, hash = (select hash from soe.audit where id = 2)',
      ),
    ).toMatch(/the seal of .*: entry 3 of SOE\/WEB's audit is not the one sealed/)
    expect(await planted(`update soe.audit a set event = 'x' where id = 3`)).toMatch('entry 3 of its audit (x')
  })

  it('names the text, the answers, the files, the vehicle, the outcome, the author and the status that are not those written', async () => {
    const named = `ticket ${ticket}: `
    const of = `where ticket_id = ${ticket}`
    const asked = await visitAs(database.staff.db, cast.analyst, (tx) =>
      moveTicket({ tx, actor: cast.analyst, now: NOW }, ticket, {
        verb: 'ask',
        waitingTypeId: 1,
        waitingReason: 'Ilegível',
        body: 'Envie a procuração.',
        documents: [{ document: 'procuracao', fault: 'illegible' }],
      }),
    )
    expect(asked.ok).toBe(true)
    expect((await verify()).broken).toBeUndefined()
    expect(await planted(`update eprod.follow_up set body = 'Outra.' ${of} and body = 'Dois.'`)).toBe(
      `${named}entry 3 (follow-up) covers another text than stands there now`,
    )
    expect(
      await planted(
        `update eprod.follow_up set kind = 'solution', outcome = 'granted', due_at = now() ${of} and body = 'Dois.'`,
      ),
    ).toBe(`${named}entry 3 (follow-up) says another outcome than stands there now`)
    expect(
      await planted(`update eprod.follow_up set author_id = ${cast.secondAnalyst.personId} ${of} and body = 'Dois.'`),
    ).toBe(`${named}entry 3 (follow-up) is of another person than stands there now`)
    expect(await planted(`delete from eprod.requested_document`)).toBe(
      `${named}entry 5 (ask) covers other documents than are asked for now`,
    )
    expect(await planted(`update eprod.ticket set answers = answers || '{"x": "y"}' where id = ${ticket}`)).toBe(
      `${named}entry 1 (open) covers another text than stands there now`,
    )
    expect(await planted(`update eprod.ticket set renavam = '00123456789' where id = ${ticket}`)).toBe(
      `${named}entry 1 (open) covers another vehicle than stands there now`,
    )
    expect(
      await planted(`insert into eprod.attachment (institution_id, ticket_id, n, document, name, size, sha256, media_type, uploaded_by, uploaded_at)
        values (${cast.operator.institutionId}, ${ticket}, 99, 'bo', 'x', 1, sha256('x'), 'application/pdf', ${cast.operator.personId}, now())`),
    ).toBe(`${named}entry 1 (open) covers other files than are there now`)
    expect(
      await planted(
        `update eprod.ticket set status = 'processing', due_at = null, waiting_type_id = null, waiting_reason = null where id = ${ticket}`,
      ),
    ).toBe(`${named}it is processing, but its last entry left it pending`)
  })
})

it('finds seals gone that were written down outside, and tells the newest to be written down', async () => {
  const { lastSeal } = await verify()
  const hash = lastSeal?.hash ?? ''
  expect(hash).toMatch(/^[0-9a-f]{64}$/)
  expect((await verify([hash.toUpperCase()])).broken).toBeUndefined()
  await forger.query('create temp table kept as select * from eprod.seal')
  await forger.query('delete from eprod.seal')
  expect((await verify()).broken).toBeUndefined()
  expect((await verify([hash])).broken).toMatch(/no seal has the hash/)
  await forger.query('insert into eprod.seal select * from kept')
})

describe('the auditor', () => {
  const auditor = async <T>(work: Parameters<typeof visitAs<T>>[2]) => {
    await database.owner.pool.query(
      `update eprod.session set classes = '{905}' where id = ${cast.secondAnalyst.sessionId}`,
    )
    return await asked(cast.secondAnalyst, work)
  }
  const asked = <T>(actor: Actor, work: Parameters<typeof visitAs<T>>[2]) =>
    visitAs(database.staff.db, actor, async (tx) => {
      await sql`select set_config('eprod.session', ${String(actor.sessionId)}, true)`.execute(tx)
      return await work(tx)
    })
  const query = (text: string) => readAuditQuery(new URLSearchParams(text)).query

  it('finds changes and readings by ticket, person and day, with CPFs masked', async () => {
    const changes = await auditor((tx) => auditRows(tx, query(`chamado=${ticket}&pessoa=operator`), 50))
    expect(changes?.map((row) => row.event)).toEqual(['follow-up', 'follow-up', 'follow-up', 'open'])
    expect(changes?.[0]?.cpf).toBe('***.444.777-**')
    expect(await auditor((tx) => auditRows(tx, query(`o=leituras&chamado=${ticket}`), 50))).toHaveLength(3)
    expect(await auditor((tx) => auditRows(tx, query('ate=2020-01-01'), 50))).toEqual([])
    expect(query('de=2026-02-31&chamado=24.151')).toMatchObject({ from: '', ticketId: 24151 })
  })

  it('alone reads the log of readings and whole CPFs; nobody else, by the database itself', async () => {
    expect(await auditor((tx) => fullCpf(tx, cast.operator.personId))).toEqual({ name: 'operator', cpf: '11144477735' })
    await expect(asked(cast.analyst, (tx) => fullCpf(tx, cast.operator.personId))).rejects.toMatchObject({
      code: '42501',
    })
    expect(await asked(cast.analyst, (tx) => auditRows(tx, query('o=leituras'), 50))).toEqual([])
  })
})
