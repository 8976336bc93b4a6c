// The bell's page and what an open page says was seen: read is what was shown, and looking by itself is no use of the session.
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import {
  BANK,
  type DraftSite,
  draftOf,
  type Person,
  startDraftSite,
  theft,
  theftFiles,
} from '../../../tests/support/draft-site.ts'

let site: DraftSite
let ana: Person
let analyst: Person
let path: string
let other: string
beforeAll(async () => {
  site = await startDraftSite()
  ana = await site.person({ cpf: '11144477735', cnpj: BANK, classes: [122, 151] })
  analyst = await site.person({ cpf: '93541134780', cnpj: '03847655000198', classes: [901] })
  path = await opened('ABC1D23')
  other = await opened('XYZ9W87')
  for (const text of ['Um.', 'Dois.', 'Três.']) await analyst.post(`${path}/acompanhamentos`, { texto: text })
})
afterAll(() => site.close())
/** As the fan-out lays them: a line of Ana's for each entry of her tickets, unread. */
beforeEach(async () => {
  await owner('delete from eprod.notification')
  await owner(`insert into eprod.notification (person_id, entry_id, ticket_id, event, at)
    select ${ana.personId}, e.id, e.thing_id::bigint, e.event, e.at from eprod.journal_entry e
     where e.thing = 'ticket' order by e.id`)
})

const owner = (statement: string) => sql.raw<Record<string, unknown>>(statement).execute(site.database.owner.db)
async function opened(placa: string): Promise<string> {
  const { location } = await ana.post(await draftOf(ana), { ...theft, placa, acao: 'enviar' }, theftFiles)
  return location.replace(/\?.*/, '')
}
const idOf = (of: string) => Number(of.split('/')[2])
async function unread(of: string): Promise<number> {
  const { rows } = await owner(`select count(*)::int as n from eprod.notification
    where read_at is null and ticket_id = ${idOf(of)}`)
  return Number(rows[0]?.n)
}

async function newestOf(of: string): Promise<unknown> {
  const { rows } = await owner(`select max(id) as id from eprod.notification where ticket_id = ${idOf(of)}`)
  return rows[0]?.id
}
/** Lines of a kept search, newer than those of the tickets. */
async function searchLines(n: number): Promise<void> {
  await owner(`with search as (insert into eprod.saved_search (institution_id, owner_id, name, shared, query, request_key, changed_at)
      values (${ana.institutionId}, ${ana.personId}, 'Minha', 'private', 'x', gen_random_uuid(), now()) returning id)
    insert into eprod.notification (person_id, search_id, event, amount, at)
    select ${ana.personId}, s.id, 'search-alert', n, now() from generate_series(1, ${n}) n, search s`)
}

it('the lines of a ticket stand together, its newest first', async () => {
  const { body } = await ana.get('/avisos')
  expect(body.match(/<li class="unread">/g)).toHaveLength(2)
  expect(body).toContain('Mais 3 avisos deste chamado')
})

it('whoever follows a line to its ticket has read the ticket’s lines, with no script to say so', async () => {
  const [first] = [...(await ana.get('/avisos')).body.matchAll(/href="(\/avisos\/\d+)"/g)].map(([, href]) => href ?? '')
  const answer = await ana.get(first ?? '')
  expect([answer.status, answer.location]).toEqual([303, path])
  expect([await unread(path), await unread(other)]).toEqual([0, 1])
  expect((await analyst.get(first ?? '')).status).toBe(404)
  expect((await ana.get('/avisos/0')).status).toBe(404)
})

it('lines beyond the first hundred are reached by a link', async () => {
  await searchLines(105)
  const { body } = await ana.get('/avisos')
  const older = /href="(\/avisos\?antes=\d+)"/.exec(body)?.[1] ?? ''
  expect(older).not.toBe('')
  expect((await ana.get(older)).body).toContain('Mais 3 avisos deste chamado')
})

it('only those not read are shown on request, a page at a time to the end, without a script', async () => {
  await owner(`update eprod.notification set read_at = now() where ticket_id = ${idOf(other)}`)
  expect((await ana.get('/avisos')).body.match(/<li/g)?.length).toBeGreaterThan(1)
  const unreadOnly = (await ana.get('/avisos?so=nao-lidos')).body
  expect(unreadOnly).toContain(`value="${await newestOf(path)}"`)
  expect(unreadOnly).not.toContain('XYZ')
  await searchLines(200)
  const pages: number[] = []
  for (let at = '/avisos?so=nao-lidos'; at !== '' && pages.length < 9; ) {
    const { body } = await ana.get(at)
    pages.push(body.match(/<li class="unread">/g)?.length ?? 0)
    at = (/rel="next" href="([^"]+)"/.exec(body)?.[1] ?? '').replaceAll('&amp;', '&')
  }
  expect(pages).toEqual([100, 100, 1])
  await ana.post('/avisos?so=nao-lidos', {})
  expect((await ana.get('/avisos?so=nao-lidos')).body).toContain('Nenhum aviso por ler')
})

it('one is marked as read by its button, with what stands behind it, and the page stays where it was', async () => {
  const answer = await ana.post('/avisos?so=nao-lidos', { aviso: String(await newestOf(path)) })
  expect([answer.status, answer.location]).toEqual([303, '/avisos?so=nao-lidos&feito=lido'])
  expect([await unread(path), await unread(other)]).toEqual([0, 1])
  expect((await analyst.post('/avisos', { aviso: String(await newestOf(other)) })).status).toBe(404)
  expect(await unread(other)).toBe(1)
})

it('an open page marks what it shows as read, and nothing that came later', async () => {
  const shown = Number(/data-shown="(\d+)"/.exec((await ana.get(path)).body)?.[1])
  const { rows } = await owner(
    `select entry_id from eprod.notification where ticket_id = ${idOf(path)} order by entry_id`,
  )
  expect(shown).toBe(Number(rows.at(-1)?.entry_id))
  const before = String(rows.at(-2)?.entry_id)
  const answer = await ana.post('/avisos', { chamado: String(idOf(path)), ate: before })
  expect(JSON.parse(answer.body)).toEqual({ unread: 2 })
  expect(await unread(path)).toBe(1)
})

it('what an open page asks by itself does not keep the session alive; a hand does', async () => {
  const idle = async () => (await owner('select max(idle_until) as at from eprod.session')).rows[0]?.at as Date
  const began = await idle()
  site.clock.now = new Date(site.clock.now.getTime() + 10 * 60_000)
  const quiet = { 'x-quiet': '1' }
  expect((await ana.get(path, quiet)).status).toBe(200)
  const form = 'application/x-www-form-urlencoded'
  expect((await ana.raw('/avisos', form, `chamado=${idOf(path)}`, quiet)).status).toBe(200)
  expect(await idle()).toEqual(began)
  await ana.get(path)
  // The answer of a reading does not wait for its commit.
  await expect.poll(async () => (await idle()).getTime()).toBe(site.clock.now.getTime() + 1_800_000)
})
