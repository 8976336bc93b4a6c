// The log of sign-ins on the administrator's pages of SOE/WEB: what it tells, what it is narrowed by, how it pages, and that
// it stays quick and holds no secrets.
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { SIGN_INS_A_PAGE, signInsPage, signInsStatement } from '#soe/sign-ins/reads.ts'
import { type SignInPlace, type SignInSearch, writePlace } from '#soe/sign-ins/rules.ts'
import { connectSoe } from '#soe/tables.ts'
import { type SignInSite, startSignInSite } from './support/sign-in-site.ts'
import { type Page, textOf, type Walker } from './support/walker.ts'

const LOG = '/soe/administracao/entradas'
let site: SignInSite
let admin: Walker
beforeAll(async () => {
  site = await startSignInSite()
  await enter(site.walker(), '111.444.777-35', 'a wrong password of mine')
  await enter(site.walker(), '111.444.777-35')
  await enter(site.walker(), '714.602.380-01')
  await enter(site.walker(), '987.654.321-00', 'nobody has this CPF')
  for (let n = 0; n < 11; n += 1) await enter(site.walker(), '862.883.667-57', 'another wrong one')
  admin = site.walker()
  await enter(admin, '168.995.350-09')
})
afterAll(() => site.close())

const enter = (walker: Walker, cpf: string, senha = 'demonstracao') =>
  walker.post('/soe/entrar?destino=%2Fsoe%2Fconta', { cpf, senha })
const owner = async (text: string) => (await site.database.owner.pool.query(text)).rows
const ask = (filters: Record<string, string>) => admin.get(`${LOG}?${new URLSearchParams(filters)}`)
/** The rows of the page's table, each cell's text. */
const rowsOf = (page: Page): string[][] =>
  [...(page.body.split('<tbody>')[1] ?? '').matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row = '']) =>
    [...row.matchAll(/<td[^>]*>(.*?)<\/td>/gs)].map(([, cell = '']) => cell.replace(/<[^>]+>/g, ' ').trim()),
  )
const day = (days: number) =>
  new Date(site.clock.now.getTime() - 3 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10)

describe('the log', () => {
  test('tells who came in, when, from where and by which means, the newest first', async () => {
    const rows = rowsOf(await ask({}))
    expect(rows[0]).toEqual([
      expect.stringMatching(/^\d\d-\d\d-\d{4} \d\d:\d\d$/),
      expect.stringMatching(/^Marcelo Brum Siqueira\s+CPF \*\*\*\.995\.350-\*\*$/),
      'DETRAN-RS',
      'Entrou',
      'senha',
      '127.0.0.1',
    ])
    expect(rows).toHaveLength(16)
  })

  test('tells why somebody was refused, and that a CPF has no account', async () => {
    const rows = rowsOf(await ask({ resultado: 'recusada' }))
    expect(new Set(rows.map((row) => row[3]))).toEqual(new Set(['Recusada']))
    expect(new Set(rows.map((row) => row[4]))).toEqual(new Set(['CPF ou senha errados']))
    expect(rows.some((row) => row[1] === 'CPF sem cadastro' && row[2] === '')).toBe(true)
  })

  test('tells tries that were slowed down', async () => {
    const rows = rowsOf(await ask({ resultado: 'contida' }))
    expect(rows.map((row) => [row[1]?.replace(/\s+/g, ' '), row[4]])).toEqual([
      ['Cecília Nunes Torres CPF ***.883.667-**', 'tentativas demais'],
    ])
  })

  test('holds no password, whole CPF, code or token', async () => {
    const { body } = await ask({})
    for (const secret of [
      'wrong password',
      'nobody has',
      'another wrong',
      'demonstracao',
      '111.444.777',
      '11144477735',
      'argon2',
    ])
      expect(body).not.toContain(secret)
  })
})

describe('filters', () => {
  const who = async (filters: Record<string, string>) => [
    ...new Set(rowsOf(await ask(filters)).map((row) => row[1]?.split(/\s{2,}|CPF/)[0]?.trim())),
  ]

  test.each([
    ['a part of a name', { pessoa: 'mariana' }, ['Mariana Duarte Reis']],
    ['a CPF in any spelling', { pessoa: '111.444.777-35' }, ['Mariana Duarte Reis']],
    ['the beginning of a CPF', { pessoa: '86288' }, ['Cecília Nunes Torres']],
    ['nobody’s name', { pessoa: 'x%_' }, []],
    ['a part of an institution’s name', { instituicao: 'modelo' }, ['Patrícia Gomes Leal']],
    ['a CNPJ', { instituicao: '12.ABC.345/01DE-35' }, ['Patrícia Gomes Leal']],
    ['an institution and a result', { instituicao: 'exemplo', resultado: 'entrou' }, ['Mariana Duarte Reis']],
    ['a person who belongs elsewhere', { instituicao: 'modelo', pessoa: 'mariana' }, []],
  ])('by %s', async (_what, filters, names) => {
    expect(await who(filters)).toEqual(names)
  })

  test('by days, both counted, as they are in São Paulo', async () => {
    expect(rowsOf(await ask({ de: day(0), ate: day(0) }))).toHaveLength(16)
    expect(rowsOf(await ask({ ate: day(-1) }))).toHaveLength(0)
    expect(rowsOf(await ask({ de: day(1) }))).toHaveLength(0)
  })

  test.each([
    [{ de: '2026-02-30' }, '#de', 'A data não existe'],
    [{ ate: '31/02/2026' }, '#ate', 'A data não existe'],
    [{ de: '2026-02-02', ate: '2026-02-01' }, '#ate', 'O último dia vem antes do primeiro'],
  ])('%j is refused with its own sentence at the field', async (filters, field, sentence) => {
    const page = await ask(filters as Record<string, string>)
    expect(page.status).toBe(422)
    expect(page.body).toContain(`href="${field}"`)
    expect(textOf(page)).toContain(sentence)
  })

  test.each(['x', '1-2-3', '9'.repeat(40), '1-1', "1-0-1'"])(
    'a place of %j is none: the first page',
    async (depois) => {
      expect(rowsOf(await ask({ depois }))).toHaveLength(16)
    },
  )
})

describe('with many entries', () => {
  const MANY = 30_000
  const none = { person: '', institution: '', result: undefined, from: undefined, until: undefined, after: undefined }
  beforeAll(async () => {
    // Several at the same instant in both sources: pages must neither lose nor repeat one.
    await owner('alter table soe.audit disable trigger chain')
    await owner(`insert into soe.audit (id, at, account_id, institution_id, event, facts, previous_hash, hash)
      select 1000000 + n, timestamptz '2026-01-01T00:00:00Z' + make_interval(secs => n / 7), a.id, a.institution_id,
             (array['signed-in', 'sign-in-refused', 'account-edited'])[n % 3 + 1], '{"address": "192.0.2.1"}', '', ''
        from generate_series(1, ${MANY}) n
        join (select id, institution_id, row_number() over (order by id) as r from soe.account) a on a.r = n % 11 + 1`)
    await owner('alter table soe.audit enable trigger chain')
    await owner(`insert into soe.sign_in_attempt (cpf, address, at, outcome)
      select '11144477735', '192.0.2.2', timestamptz '2026-01-01T00:00:00Z' + make_interval(secs => n / 3), 'slowed'
        from generate_series(1, 300) n`)
    await owner('analyze soe.audit, soe.sign_in_attempt')
  })

  test('pages follow one another without a gap or a repetition', async () => {
    const until = '2026-01-01T00:01:40'
    const { all } = (
      await owner(`select count(*)::int as all from (
        select at from soe.audit where event in ('signed-in', 'sign-in-refused') and at < '${until}Z'
        union all select at from soe.sign_in_attempt where outcome = 'slowed' and at < '${until}Z') x`)
    )[0]
    const soe = connectSoe(site.database.urls.soe, 1)
    const seen: string[] = []
    let after: SignInPlace | undefined = { at: new Date(`${until}Z`), source: 1, id: 0 }
    while (after) {
      const search: SignInSearch = { ...none, after }
      const rows = await soe.db.transaction().execute((tx) => signInsPage(tx, search))
      seen.push(...rows.slice(0, SIGN_INS_A_PAGE).map(writePlace))
      after = rows.length > SIGN_INS_A_PAGE ? rows[SIGN_INS_A_PAGE - 1] : undefined
    }
    await soe.close()
    expect(seen.length).toBe(all)
    expect(new Set(seen).size).toBe(all)
  })

  test('the link to older ones keeps the filters and leads on, and back to the newest', async () => {
    const page = await ask({ pessoa: 'mariana', resultado: 'recusada' })
    const older = /href="([^"]+depois=[^"]+)"/.exec(page.body)?.[1]?.replaceAll('&amp;', '&') ?? ''
    expect(older).toContain('pessoa=mariana&resultado=recusada')
    const next = await admin.get(older)
    expect(new Set(rowsOf(next).map((row) => row[3]))).toEqual(new Set(['Recusada']))
    expect(rowsOf(next)[0]).not.toEqual(rowsOf(page)[0])
    expect(next.body).toContain('>Mais novas</a>')
  })

  const place = { at: new Date('2026-01-01T00:30:00Z'), source: 0, id: 1_005_000 } as const
  const SEARCHES: [string, Partial<SignInSearch>, boolean][] = [
    ['all', {}, false],
    ['those who came in', { result: 'entrou' }, false],
    ['those who were refused', { result: 'recusada' }, false],
    ['slowed tries', { result: 'contida' }, false],
    ['a day', { from: new Date('2026-01-01T00:10:00Z'), until: new Date('2026-01-01T00:20:00Z') }, false],
    ['a later page', { after: place }, false],
    ['a person', {}, true],
  ]

  test.each(SEARCHES)('the page of %s is read by an index', async (_what, search, person) => {
    const soe = connectSoe(site.database.urls.soe, 1)
    const [account] = await owner(`select id from soe.account where cpf = '11144477735'`)
    const who = { accounts: person ? [account.id] : undefined, institutions: undefined }
    const statement = signInsStatement({ ...none, ...search }, who)
    const { rows } = await sql<Record<string, string>>`explain ${statement}`.execute(soe.db).finally(soe.close)
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
    expect(plan).not.toMatch(/Seq Scan on (audit|sign_in_attempt)/)
    expect(plan).toMatch(/Index/)
  })
})
