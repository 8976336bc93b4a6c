// Signing in as a person lives it: EPROD's entry, SOE/WEB's page, back again, out again, over real HTTP and a real database.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { SESSION_COOKIE } from '#identity/visit.ts'
import { DEMONSTRATION_ACCOUNTS } from '#shared/kit/demonstration.ts'
import { showCpf } from '#shared/kit/identifiers/cpf.ts'
import { type SignInSite, startSignInSite } from './support/sign-in-site.ts'
import { type Page, textOf } from './support/walker.ts'

const OPERATOR = '111.444.777-35'
const ANALYST = '935.411.347-80'
let site: SignInSite
beforeAll(async () => {
  site = await startSignInSite()
})
afterAll(() => site.close())

const sessions = async () => (await site.database.owner.pool.query('select * from eprod.session order by id')).rows

describe('the way in', () => {
  test('the entry page has one button, Login SOE, and it leads to the page of SOE/WEB', async () => {
    const walker = site.walker()
    const entry = await walker.get('/')
    expect(entry.address.pathname).toBe('/entrar')
    expect(
      [...entry.body.matchAll(/<main.*<\/main>/gs)][0]![0].match(/<button[^>]*>(?:<svg.*?<\/svg>)?[^<]*<\/button>/g),
    ).toHaveLength(1)
    expect(textOf(entry)).toContain('Login SOE')
    const page = await walker.post('/entrar')
    expect(page.status).toBe(200)
    expect(page.address.pathname).toMatch(/^\/soe\/entrar\//)
    expect(textOf(page)).toContain('Entrar no SOE/WEB')
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
  })

  test.each(['111.444.777-35', '11144477735', ' 111 444 777 35 '])(
    'an operator enters with its CPF typed as %j',
    async (cpf) => {
      const walker = site.walker()
      const page = await site.signIn(walker, cpf)
      expect(page.body).toBe('in: Mariana Duarte Reis institution 122,151')
      expect(walker.cookie(SESSION_COOKIE)).toMatch(/^i\.[\w-]{43}$/)
      expect(walker.attributes(SESSION_COOKIE)).toMatch(/HttpOnly/i)
      expect(walker.attributes(SESSION_COOKIE)).toMatch(/SameSite=Lax/i)
    },
  )

  test('an analyst of the DETRAN enters on the staff side', async () => {
    const walker = site.walker()
    expect((await site.signIn(walker, ANALYST)).body).toBe('in: Lúcia Farias Moreira staff 901')
    expect(walker.cookie(SESSION_COOKIE)).toMatch(/^s\./)
  })

  test('only the hash of the session token is kept', async () => {
    const walker = site.walker()
    await site.signIn(walker, OPERATOR)
    const token = walker.cookie(SESSION_COOKIE)!.slice(2)
    const row = (await sessions()).at(-1)!
    expect(row.token_hash).toHaveLength(32)
    expect(JSON.stringify(row)).not.toContain(token)
    expect(row.ends_at - row.created_at).toBe(12 * 3_600_000)
    expect(row.idle_until - row.created_at).toBe(30 * 60_000)
  })

  test('the ID token carries no personal data, since it travels in addresses', async () => {
    const { id_token } = (await sessions()).at(-1)!
    const payload = JSON.parse(Buffer.from(id_token.split('.')[1], 'base64url').toString())
    expect(Object.keys(payload).sort()).toEqual(['aud', 'auth_time', 'exp', 'iat', 'iss', 'nonce', 'sid', 'sub'])
  })

  test('a person is sent on to the page it asked for, never to another site', async () => {
    const enter = async (to: string) => {
      const walker = site.walker()
      const page = await walker.post(`/entrar?destino=${encodeURIComponent(to)}`)
      return walker.post(page.address.pathname, { cpf: OPERATOR, senha: 'demonstracao' })
    }
    expect((await enter('/?visao=grupo')).address.href).toBe(`${site.url}/?visao=grupo`)
    expect((await enter('//evil.example/')).address.href).toBe(`${site.url}/`)
    expect((await enter('https://evil.example/')).address.href).toBe(`${site.url}/`)
  })

  test('a second sign-in of the browser ends the session before', async () => {
    const walker = site.walker()
    await site.signIn(walker, OPERATOR)
    const first = walker.cookie(SESSION_COOKIE)
    await walker.post('/entrar')
    expect(walker.cookie(SESSION_COOKIE)).not.toBe(first)
    const [before, after] = (await sessions()).slice(-2)
    expect(before!.ended_at).not.toBeNull()
    expect(after!.ended_at).toBeNull()
  })

  test('two tabs may sign in at the same time', async () => {
    const walker = site.walker()
    const one = await walker.post('/entrar?destino=%2F%3Fum')
    const two = await walker.post('/entrar?destino=%2F%3Fdois')
    expect((await walker.post(two.address.pathname, { cpf: OPERATOR, senha: 'demonstracao' })).address.search).toBe(
      '?dois',
    )
    expect((await walker.post(one.address.pathname, { cpf: OPERATOR, senha: 'demonstracao' })).address.search).toBe(
      '?um',
    )
  })

  test('another person signing in on the same browser inherits nothing', async () => {
    const walker = site.walker()
    const one = await walker.post('/entrar')
    const two = await walker.post('/entrar')
    await walker.post(one.address.pathname, { cpf: OPERATOR, senha: 'demonstracao' })
    const page = await walker.post(two.address.pathname, { cpf: ANALYST, senha: 'demonstracao' })
    expect(page.body).toBe('in: Lúcia Farias Moreira staff 901')
    expect((await sessions()).at(-2)!.ended_at).not.toBeNull()
  })
})

describe('the page of SOE/WEB', () => {
  const tryIt = async (cpf: string, senha: string) => {
    const walker = site.walker()
    const page = await walker.post('/entrar')
    return { walker, page: await walker.post(page.address.pathname, { cpf, senha }) }
  }

  test('an unknown CPF and a wrong password get the same answer', async () => {
    const wrong = await tryIt('111.444.777-35', 'wrong')
    const unknown = await tryIt('987.654.321-00', 'wrong')
    expect(wrong.page.status).toBe(422)
    expect(unknown.page.status).toBe(422)
    const same = (page: Page) =>
      page.body.replaceAll(page.address.pathname, '').replace(/(value|data-options)="[^"]*"/g, '')
    expect(same(unknown.page)).toBe(same(wrong.page))
    expect(textOf(wrong.page)).toContain('CPF ou senha não conferem')
  })

  test('what was typed stays, except the password', async () => {
    const { page } = await tryIt('111.444.777-35', 'wrong-password')
    expect(page.body).toContain('value="111.444.777-35"')
    expect(page.body).not.toContain('wrong-password')
    expect(page.body).toContain('href="#cpf"')
  })

  test.each([
    ['', 'x', 'Informe o seu CPF.'],
    ['111.444.777-34', 'x', 'Este CPF não existe'],
    ['111.444.777-35', '', 'Informe a sua senha.'],
    ['111.444.777-35', 'x'.repeat(201), 'passa de 200 caracteres'],
  ])('CPF %j with a password of that kind says what to mend', async (cpf, senha, sentence) => {
    const { page } = await tryIt(cpf, senha)
    expect(page.status).toBe(422)
    expect(textOf(page).split(sentence)).toHaveLength(3)
  })

  test('after a wrong password the right one enters', async () => {
    const { walker, page } = await tryIt(OPERATOR, 'wrong')
    expect((await walker.post(page.address.pathname, { cpf: OPERATOR, senha: 'demonstracao' })).body).toMatch(
      /^in: Mariana/,
    )
  })

  test('the browser gets a name at the first sign-in and keeps it, for SOE/WEB alone', async () => {
    const walker = site.walker()
    await site.signIn(walker, OPERATOR)
    const name = walker.cookie('aparelho')
    expect(name).toMatch(/^[\w-]{22}$/)
    expect(walker.attributes('aparelho')).toMatch(/Path=\/soe; Max-Age=31536000; HttpOnly; SameSite=Lax$/)
    const { rows } = await site.database.owner.pool.query(
      `select device from soe.sign_in_attempt where outcome = 'in' order by id desc limit 1`,
    )
    expect(rows[0].device).toMatch(/^[0-9a-f]{64}$/)
    await walker.post('/sair')
    await site.signIn(walker, OPERATOR)
    expect(walker.cookie('aparelho')).toBe(name)
  })

  test('a used page, as with the back button, leads to a new start', async () => {
    const walker = site.walker()
    const page = await walker.post('/entrar')
    await walker.post(page.address.pathname, { cpf: OPERATOR, senha: 'demonstracao' })
    const back = await walker.get(page.address.pathname)
    expect(back.status).toBe(400)
    expect(textOf(back)).toContain('Esta página de entrada venceu')
  })

  test("another browser cannot use somebody's sign-in page", async () => {
    const page = await site.walker().post('/entrar')
    const other = site.walker()
    await other.post('/entrar')
    expect((await other.post(page.address.pathname, { cpf: OPERATOR, senha: 'demonstracao' })).status).toBe(400)
  })

  test('another site cannot sign a browser in', async () => {
    const walker = site.walker()
    const page = await walker.post('/entrar')
    const foreign = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }
    const answer = await walker.step(page.address.pathname, { cpf: OPERATOR, senha: 'demonstracao' }, foreign)
    expect(answer.status).toBe(400)
  })

  test('a blocked account is told so only with its right password', async () => {
    const { pool } = site.database.owner
    await pool.query(`update soe.account set status = 'blocked' where cpf = '71460238001'`)
    expect(textOf((await tryIt('714.602.380-01', 'demonstracao')).page)).toContain('Sua conta está bloqueada')
    expect(textOf((await tryIt('714.602.380-01', 'wrong')).page)).toContain('não conferem')
    await pool.query(`update soe.account set status = 'active' where cpf = '71460238001'`)
  })

  test('the demonstration accounts are listed with their password, and the help page needs no sign-in', async () => {
    const page = await site.walker().post('/entrar')
    for (const account of DEMONSTRATION_ACCOUNTS) expect(page.body).toContain(showCpf(account.cpf))
    expect(textOf(page)).toContain('demonstracao')
    const help = await site.walker().get('/soe')
    expect(help.address.pathname).toBe('/soe/ajuda')
    expect(textOf(help)).toContain('SNG: CONSULTAS RECONET')
  })
})
