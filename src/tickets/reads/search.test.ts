// What Pesquisar finds and suggests, for whom: numbers of tickets, vehicles and people, words; nothing of others, no note.
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '#shared/kit/actor.ts'
import { MOST_FOUND, searchTickets, suggestTickets } from '#tickets/reads/search.ts'
import { searchKeys } from '#tickets/rules/search-term.ts'
import { cloneDatabase, type TestDatabase } from '../../../tests/support/database.ts'
import { type Crowd, fillWithTickets } from '../../../tests/support/many-tickets.ts'
import { visitAs } from '../../../tests/support/tickets.ts'

let database: TestDatabase
let crowd: Crowd
const CHASSIS = '9BWZZZ377VT004251'
const CPF = '52998224725'
const CNPJ = '12ABC34501DE35'
/** Of the operator's institution: one closed, one not, both of the same vehicle and debtor. */
let closed = 0
let open = 0

beforeAll(async () => {
  database = await cloneDatabase()
  // 60 tickets of each institution, a tenth of them new and 6 tenths closed.
  crowd = await fillWithTickets(database.owner.db, { tickets: 3000, institutions: 50 })
  closed = await insert('closed', { placa: 'KLM3D21', 'cliente-numero': '529.982.247-25', 'cnpj-atual': CNPJ })
  open = await insert('new', { placa: 'KLM3D21', 'cliente-numero': CPF })
})
afterAll(() => database.drop())

async function insert(status: 'closed' | 'new', answers: Record<string, string>): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into eprod.ticket (institution_id, status, subject, form_version_id, case_code, answers, plate, chassis, renavam,
                              requester_id, opened_at, updated_at, solved_at, closed_at)
    select ${crowd.operator.institutionId}, ${status}, 'Instituições Financeiras - Desbloqueio - Sucessão do arrendatário - KLM3D21',
           (select min(id) from eprod.form_version), '01', ${JSON.stringify(answers)}::jsonb, 'KLM3D21', ${CHASSIS}, '00639884962',
           ${crowd.operator.personId}, at, at, case when ${status} = 'closed' then at end, case when ${status} = 'closed' then at end
      from (values (timestamptz '2026-11-02 12:00-03')) v(at) returning id`.execute(await unguarded())
  return rows[0]!.id
}

/** Past the guard of the life cycle, which lets nothing begin closed. */
async function unguarded() {
  await sql`alter table eprod.ticket disable trigger guard`.execute(database.owner.db)
  return database.owner.db
}

const as = <T>(actor: Actor, work: Parameters<typeof visitAs<T>>[2]): Promise<T> =>
  visitAs(actor.side === 'staff' ? database.staff.db : database.web.db, actor, work)
const search = async (actor: Actor, term: string): Promise<number[]> =>
  ((await as(actor, (tx) => searchTickets(tx, actor, term))) ?? []).map(({ id }) => id)
const suggested = async (actor: Actor, typed: string): Promise<number[]> =>
  (await as(actor, (tx) => suggestTickets(tx, actor, typed))).map(({ id }) => id)

const write = (ticket: number, kind: 'follow-up' | 'note', body: string) =>
  sql`insert into eprod.follow_up (ticket_id, institution_id, kind, author_id, body, created_at)
    values (${ticket}, ${crowd.operator.institutionId}, ${kind}, ${crowd.analyst.personId}, ${body}, now())`.execute(
    database.owner.db,
  )

describe('by a number', () => {
  const spellings = ['KLM3D21', 'klm-3d21', 'KLM3321', 'klm 3321', CHASSIS, CHASSIS.toLowerCase(), '9BWZZZ-377VT004251']
  const ends = ['004251', 'T004251', 'ZZ377VT004251', 'vt004251']
  const numbers = ['00639884962', '639884962', '0063988496-2', CPF, '529.982.247-25']
  it.each([...spellings, ...ends, ...numbers])(
    '%s finds both tickets of the vehicle, the closed one last',
    async (term) => {
      expect(await search(crowd.operator, term)).toEqual([open, closed])
      expect(await search(crowd.analyst, term)).toEqual([open, closed])
      expect(await search(crowd.stranger, term)).toEqual([])
    },
  )

  it.each([
    `chassi ${CHASSIS}`,
    'Chassi: 004251',
    'RENAVAM: 639884962',
    'renavam nº 0063988496-2',
    `CPF ${CPF}`,
    'placa KLM-3321',
  ])('%s is found as without the word before it', async (term) => {
    expect(await search(crowd.operator, term)).toEqual([open, closed])
  })

  it('finds by the CNPJ with letters, however it is written', async () => {
    for (const term of [CNPJ, '12.ABC.345/01DE-35', '12abc34501de35'])
      expect(await search(crowd.operator, term), term).toEqual([closed])
  })

  it.each(['furto e roubo', '%', '', '___', 'a'])('takes %s for no number', (term) => {
    expect(searchKeys(term)).toBeUndefined()
  })
})

describe('by words', () => {
  it('finds words of the title in any order and number, without accents, what is closed last', async () => {
    for (const term of ['arrendatários: sucessao', 'SUCESSÃO klm3d21'])
      expect(await search(crowd.operator, term), term).toEqual([open, closed])
    expect(await search(crowd.operator, 'sucessao hipoteca')).toEqual([])
    expect(await search(crowd.stranger, 'sucessao arrendatario')).toEqual([])
  })

  it('finds words of public follow-ups; a private note is found by nobody', async () => {
    await write(open, 'follow-up', 'Certidão de óbito anexada')
    await write(open, 'note', 'Suspeita de falsificação')
    for (const actor of [crowd.operator, crowd.analyst]) {
      expect(await search(actor, 'certidao obito')).toEqual([open])
      expect(await search(actor, 'suspeita falsificação')).toEqual([])
    }
    expect(await search(crowd.stranger, 'certidao obito')).toEqual([])
  })

  it('of a word that thousands hold shows the newest of what is open and of what is closed', async () => {
    const found = (await as(crowd.analyst, (tx) => searchTickets(tx, crowd.analyst, 'furto'))) ?? []
    const at = found.map(({ status }) => status === 'closed').indexOf(true)
    const groups = [found.slice(0, at), found.slice(at)]
    expect(groups.map((group) => group.length)).toEqual([MOST_FOUND + 1, MOST_FOUND + 1])
    for (const group of groups) {
      const instants = group.map(({ updatedAt }) => updatedAt.getTime())
      expect(instants).toEqual([...instants].sort((a, b) => b - a))
    }
    const { rows } = await sql<{
      id: number
    }>`select id from eprod.ticket where status <> 'closed' and title like '%Furto%'
      order by updated_at desc, id desc limit ${sql.lit(MOST_FOUND + 1)}`.execute(database.owner.db)
    expect(groups[0]!.map(({ id }) => id)).toEqual(rows.map(({ id }) => id))
  })
})

describe('by what is half known', () => {
  it.each(['KLM3', 'KLM3D', 'klm-33', '9BWZZZ3', '377VT0'])(
    '%s, a piece of plate or chassis, finds both',
    async (term) => {
      for (const actor of [crowd.operator, crowd.analyst])
        expect(await search(actor, term), term).toEqual([open, closed])
      expect(await search(crowd.stranger, term)).toEqual([])
    },
  )

  it('finds by a plate in its other spelling beside a word', async () => {
    for (const term of ['KLM3321 sucessão', 'sucessao klm-3d21'])
      expect(await search(crowd.operator, term), term).toEqual([open, closed])
  })

  it('finds several numbers and plates side by side', async () => {
    const ids = `${open} ${closed}`
    for (const term of [ids, ids.replace(' ', ', '), `KLM3D21 ${open}`])
      expect(await search(crowd.operator, term), term).toEqual([open, closed])
    expect(await search(crowd.stranger, ids)).toEqual([])
  })

  it.each(['ID', 'chamado', 'chamado nº', 'Id:'])('finds a ticket by its number after “%s”', async (word) => {
    expect(await search(crowd.operator, `${word} ${open}`)).toEqual([open])
    expect(await search(crowd.operator, `${word} ${open}.`)).toEqual([open])
  })
})

describe('while one types', () => {
  it('suggests by the beginning of a number in any spelling, or by a piece of the title', async () => {
    const number = String(open).replace(/(\d{3})$/, '.$1')
    expect(await suggested(crowd.operator, number)).toEqual([open])
    for (const typed of ['klm3d', 'KLM-33', '9bwzzz', '0063988', 'sucess', 'SUCESSÃO DO'])
      expect(await suggested(crowd.operator, typed), typed).toEqual([open, closed])
    expect(await suggested(crowd.operator, 'kl')).toEqual([])
  })

  it('suggests plates and chassis to staff by their first characters, in either spelling', async () => {
    for (const typed of ['klm', 'klm3', 'KLM-3D', 'klm33', 'klm332', '9bwzzz377'])
      expect(await suggested(crowd.analyst, typed), typed).toEqual([open, closed])
  })

  it('suggests by whole words where nothing is written as typed, of follow-ups too', async () => {
    await write(open, 'follow-up', 'Inventário encerrado em cartório')
    expect(await suggested(crowd.operator, 'arrendatario sucessao')).toEqual([open, closed])
    expect(await suggested(crowd.operator, 'cartório inventario')).toEqual([open])
    expect(await suggested(crowd.stranger, 'cartório inventario')).toEqual([])
  })

  it('suggests at most eight, and nothing of others', async () => {
    expect(await suggested(crowd.operator, 'furto')).toHaveLength(8)
    for (const typed of ['klm3d', String(open), 'sucess']) expect(await suggested(crowd.stranger, typed)).toEqual([])
  })
})
