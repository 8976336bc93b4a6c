// A page may be begun for the actor seen last with its cookie. It is never finished for anybody but the actor of now.
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { inTransaction } from '#shared/db/transaction.ts'
import {
  BANK,
  type DraftSite,
  draftOf,
  type Person,
  startDraftSite,
  theft,
  theftFiles,
} from '../../tests/support/draft-site.ts'

let site: DraftSite
let ana: Person
beforeAll(async () => {
  site = await startDraftSite()
  ana = await site.person({ cpf: '11144477735', cnpj: BANK, classes: [122, 151] })
})
afterAll(() => site.close())

const owner = () => site.database.owner.db
const drafts = async () =>
  (await sql<{ n: number }>`select count(*)::int as n from eprod.draft`.execute(owner())).rows[0]?.n

it('a class taken from a session counts at its very next page, and what was begun with it leaves nothing', async () => {
  const path = await draftOf(ana)
  expect((await ana.get(path)).body).toContain('value="enviar"')
  await sql`update eprod.session set classes = '{122}' where person_id = ${ana.personId} and ended_at is null`.execute(
    owner(),
  )
  const before = await drafts()
  expect((await ana.get('/abrir-chamado/instituicoes-financeiras')).status).toBe(403)
  expect(await drafts()).toBe(before)
  await sql`update eprod.session set classes = '{122,151}' where person_id = ${ana.personId} and ended_at is null`.execute(
    owner(),
  )
  expect((await ana.get(path)).status).toBe(200)
})

it('a session that has ended shows nothing of what was begun for it', async () => {
  const path = await draftOf(ana)
  expect((await ana.get(path)).status).toBe(200)
  await ana.expire()
  const answer = await ana.get(path)
  expect([answer.status, answer.body]).toEqual([303, ''])
  expect(answer.location).toContain('/entrar')
})

it('a handle refuses statements after its transaction, whose connection is somebody else’s by then', async () => {
  const db = site.database.web.db
  const one = sql<{ n: number }>`select 1 as n`
  const opening = { db, first: one.compile(db), reading: true }
  const handle = await inTransaction(opening, async (tx) => tx)
  await expect(one.execute(handle!)).rejects.toThrow('this transaction has ended')
  await expect(inTransaction(opening, (tx) => sql`select 1/0`.execute(tx))).rejects.toThrow('division by zero')
  const swallowed = inTransaction({ ...opening, reading: false }, async (tx) => {
    await sql`select 1/0`.execute(tx).catch(() => {})
    return true
  })
  await expect(swallowed).rejects.toThrow('had failed')
})

it('the bell counts on a page as it is sent, without any script', async () => {
  await ana.return()
  const filed = await ana.post(await draftOf(ana), { ...theft, acao: 'enviar' }, theftFiles)
  expect(filed.body).not.toContain('não lido')
  await sql`insert into eprod.notification (person_id, entry_id, ticket_id, event, at)
    select ${ana.personId}, id, thing_id::bigint, 'follow-up', now() from eprod.journal_entry where thing = 'ticket'`.execute(
    owner(),
  )
  expect((await ana.get('/chamados')).body).toContain(
    '<b data-unread="true">1</b><span class="vh" data-unread-said="true">1 não lido</span>',
  )
})
