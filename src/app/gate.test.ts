// Searches that take long are held few at once, over real lines: nobody else's pages wait for them.
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { BANK, type DraftSite, type Person, startDraftSite } from '../../tests/support/draft-site.ts'

const OTHER_BANK = '11222333000181'
const LONG = '/chamados?r1.campo=acompanhamento&r1.op=contem&r1.valor=contrato'
let site: DraftSite
let at: string
let busy: Person
let other: Person
beforeAll(async () => {
  site = await startDraftSite()
  at = await site.listen()
  busy = await site.person({ cpf: '11144477735', cnpj: BANK, classes: [122, 151] })
  other = await site.person({ cpf: '52998224725', cnpj: OTHER_BANK, classes: [122, 151] })
})
afterAll(() => site.close())

const ask = (person: Person, path: string, signal?: AbortSignal) =>
  fetch(`${at}${path}`, { headers: { cookie: person.cookie }, ...(signal ? { signal } : {}) })

/** While `work` runs nothing can be looked up among the texts of tickets: such searches last. */
async function whileTextsAreHeld(work: () => Promise<void>): Promise<void> {
  await site.database.owner.db.transaction().execute(async (tx) => {
    await sql`lock table eprod.ticket_text in access exclusive mode`.execute(tx)
    await work()
  })
}

const heldSearches = async (): Promise<number> => {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from pg_locks l
    join pg_database d on d.oid = l.database where d.datname = current_database() and not l.granted`.execute(
    site.database.owner.db,
  )
  return rows[0]?.n ?? 0
}

it('thirty long searches of one person keep no page of another bank waiting', async () => {
  let asked: Promise<Response>[] = []
  await whileTextsAreHeld(async () => {
    asked = Array.from({ length: 30 }, () => ask(busy, LONG))
    const refused = await Promise.race(asked)
    expect(refused.status).toBe(429)
    expect(refused.headers.get('retry-after')).toBe('5')
    expect(await refused.text()).toContain('Pesquisas demais ao mesmo tempo')
    await vi.waitFor(async () => expect(await heldSearches()).toBe(2))
    const begun = performance.now()
    expect((await ask(other, '/chamados')).status).toBe(200)
    expect(performance.now() - begun).toBeLessThan(1000)
    expect(await heldSearches()).toBe(2)
  })
  const statuses = (await Promise.all(asked)).map(({ status }) => status)
  expect(statuses.filter((status) => status === 200).length).toBe(6)
  expect(statuses.filter((status) => status === 429).length).toBe(24)
})

it('a search whose browser has gone away is given up in the database too', async () => {
  await whileTextsAreHeld(async () => {
    const gone = new AbortController()
    const asked = ask(busy, LONG, gone.signal).catch(() => 'gone')
    await vi.waitFor(async () => expect(await heldSearches()).toBe(1))
    gone.abort()
    expect(await asked).toBe('gone')
    await vi.waitFor(async () => expect(await heldSearches()).toBe(0), { timeout: 1000 })
  })
  expect((await ask(busy, LONG)).status).toBe(200)
})

it('what the next key suggests takes the place of what the last one did', async () => {
  await whileTextsAreHeld(async () => {
    const suggestions = Array.from({ length: 8 }, (_, n) => ask(busy, `/pesquisar/sugestoes?q=contrat${'o'.repeat(n)}`))
    const statuses = (await Promise.all(suggestions)).map(({ status }) => status)
    expect(statuses.filter((status) => status === 429).length).toBe(7)
    expect(statuses.filter((status) => status === 200).length).toBe(1)
  })
})
