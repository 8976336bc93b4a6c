// The first administrator of an installation without the demonstration, made at the console and followed to the own pages.
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type SignInSite, startSignInSite } from './support/sign-in-site.ts'
import { textOf } from './support/walker.ts'

const ROOT = join(import.meta.dirname, '..')
const PERSON = ['295.379.955-93', 'Aurora Lima Sá', 'aurora@example.com']
let site: SignInSite
beforeAll(async () => {
  site = await startSignInSite({ demo: false, accounts: false })
})
afterAll(() => site.close())

interface Said {
  readonly code: number | null
  readonly text: string
}

/** Runs the script as npm does; nobody is at the console to answer. */
function make(args: readonly string[], env: Record<string, string> = {}): Promise<Said> {
  const settings = { DATABASE_URL: site.database.urls.owner, EPROD_URL: site.url, OIDC_ISSUER: '', ...env }
  return new Promise((tell) => {
    const child = execFile(
      process.execPath,
      ['bin/soe-first-administrator.js', ...args],
      { cwd: ROOT, env: { ...process.env, ...settings } },
      (_error, out, err) => tell({ code: child.exitCode, text: out + err }),
    )
    child.stdin?.end()
  })
}
const linkIn = ({ text }: Said) => /\/soe\/convite\/[\w-]{43}/.exec(text)?.[0] ?? ''
const accounts = async () => (await site.database.owner.pool.query('select cpf from soe.account')).rows.length

test.each([
  [[], ['Give the person’s CPF', 'Give the name', 'Give the e-mail']],
  [['295.379.955-94', 'Aurora', 'aurora@example.com'], ['check digits']],
  [['295.379.955-93', 'Aurora', 'aurora'], ['e-mail must look like']],
])('with %j it says what is wrong and makes nobody', async (args, sentences) => {
  const said = await make(args)
  expect(said.code).toBe(1)
  for (const sentence of sentences) expect(said.text).toContain(sentence)
  expect(said.text).not.toContain('at ')
  expect(await accounts()).toBe(0)
})

test('it is not for another provider, nor for a database without tables', async () => {
  expect((await make(PERSON, { OIDC_ISSUER: 'https://id.example.com' })).text).toContain('OIDC_ISSUER names')
  const bare = site.database.urls.admin.replace(/\/[^/?]+(\?|$)/, '/postgres$1')
  expect((await make(PERSON, { DATABASE_URL: bare })).text).toContain('start EPROD once')
})

test('it makes one, whose link leads to a password, the administrator’s pages, and EPROD', async () => {
  const first = await make(PERSON)
  expect(first.code).toBe(0)
  const again = await make(PERSON)
  expect(await accounts()).toBe(1)
  // The console goes by the machine's clock, however long it took: so does the site from here on.
  site.clock.now = new Date()
  const walker = site.walker()
  expect((await walker.get(linkIn(first))).status).toBe(410)
  const other = await make(['111.444.777-35', 'Outra Pessoa', 'outra@example.com'])
  expect(other).toEqual({ code: 1, text: expect.stringContaining('Another person was invited') })
  expect(textOf(await walker.get(linkIn(again)))).toContain('Aurora Lima Sá, DETRAN-RS cadastrou você no SOE/WEB')
  await walker.post(linkIn(again), { nova: 'girafa azul come trevo' })
  await walker.post('/soe/entrar', { cpf: PERSON[0] ?? '', senha: 'girafa azul come trevo' })
  expect(textOf(await walker.get('/soe/administracao'))).toContain('Quem pode ter operadores no SOE/WEB')
  expect(textOf(await walker.get('/soe/operadores'))).toContain('DETRAN-RS: quem entra')
  site.clock.now = new Date()
  const entered = await site.signIn(site.walker(), PERSON[0] ?? '', 'girafa azul come trevo')
  expect(entered.body).toContain('in: Aurora Lima Sá staff 904')
})

test('where somebody administers it refuses, and changes nothing', async () => {
  for (const args of [PERSON, ['111.444.777-35', 'Outra Pessoa', 'outra@example.com']]) {
    const said = await make(args)
    expect(said.code).toBe(1)
    expect(said.text).toContain('has an administrator already')
  }
  expect(await accounts()).toBe(1)
  const { rows } = await site.database.owner.pool.query(
    `select event, actor_id, facts from soe.audit order by id limit 1`,
  )
  expect(rows[0]).toMatchObject({ event: 'administrator-named', actor_id: null, facts: { after: { classes: [904] } } })
})

test('when the last one has lost the class, somebody of the DETRAN-RS is given it and keeps the password; nobody else is', async () => {
  const owner = (text: string) => site.database.owner.pool.query(text)
  await owner('delete from soe.account_class where class = 904')
  await owner(`with bank as (insert into soe.institution (cnpj, name, created_at) values ('11222333000181', 'Banco', now()) returning id)
    insert into soe.account (institution_id, cpf, name, email, created_at)
    select id, '11144477735', 'Outra', 'outra@example.com', now() from bank`)
  const other = await make(['111.444.777-35', 'Outra Pessoa', 'outra@example.com'])
  expect(other).toEqual({ code: 1, text: expect.stringContaining('has an account in another institution') })
  const given = await make(PERSON)
  expect([given.code, linkIn(given)]).toEqual([0, ''])
  site.clock.now = new Date()
  const entered = await site.signIn(site.walker(), PERSON[0] ?? '', 'girafa azul come trevo')
  expect(entered.body).toContain('in: Aurora Lima Sá staff 904')
})
