// Signing in as a person lives it: EPROD's entry, SOE/WEB's page, back again, out again, over real HTTP and a real database.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { SESSION_COOKIE } from '#identity/visit.ts'
import { showCpf } from '#shared/kit/cpf.ts'
import { DEMONSTRATION_ACCOUNTS } from '#shared/kit/demonstration.ts'
import { type SignInSite, startSignInSite } from './support/sign-in-site.ts'
import type { Page } from './support/walker.ts'

const OPERATOR = '111.444.777-35'
const ANALYST = '935.411.347-80'
let site: SignInSite
beforeAll(async () => {
  site = await startSignInSite()
})
afterAll(() => site.close())

/** The text of a page's body without tags. */
const textOf = (page: Page) => page.body.replace(/^.*<main/s, '<main').replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
const sessions = async () => (await site.database.owner.pool.query('select * from eprod.session order by id')).rows

describe('the way in', () => {
  test('the entry page has one button, Login SOE, and it leads to the page of SOE/WEB', async () => {
    const walker = site.walker()
    const entry = await walker.get('/')
    expect(entry.address.pathname).toBe('/entrar')
    expect([...entry.body.matchAll(/<main.*<\/main>/gs)][0]![0].match(/<button[^>]*>(?:<svg.*?<\/svg>)?[^<]*<\/button>/g)).toHaveLength(1)
    expect(textOf(entry)).toContain('Login SOE')
    const page = await walker.post('/entrar')
    expect(page.status).toBe(200)
    expect(page.address.pathname).toMatch(/^\/soe\/entrar\//)
    expect(textOf(page)).toContain('Entrar no SOE/WEB')
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
  })

  test.each(['111.444.777-35', '11144477735', ' 111 444 777 35 '])('an operator enters with its CPF typed as %j', async (cpf) => {
    const walker = site.walker()
    const page = await site.signIn(walker, cpf)
    expect(page.body).toBe('in: Mariana Duarte Reis institution 122,151')
    expect(walker.cookie(SESSION_COOKIE)).toMatch(/^i\.[\w-]{43}$/)
    expect(walker.attributes(SESSION_COOKIE)).toMatch(/HttpOnly/i)
    expect(walker.attributes(SESSION_COOKIE)).toMatch(/SameSite=Lax/i)
  })

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
    expect(Object.keys(payload).sort()).toEqual(['at_hash', 'aud', 'exp', 'iat', 'iss', 'nonce', 'sub'].sort())
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
    expect((await walker.post(two.address.pathname, { cpf: OPERATOR, senha: 'demonstracao' })).address.search).toBe('?dois')
    expect((await walker.post(one.address.pathname, { cpf: OPERATOR, senha: 'demonstracao' })).address.search).toBe('?um')
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
    const same = (page: Page) => page.body.replaceAll(page.address.pathname, '').replace(/value="[^"]*"/g, '')
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
    expect((await walker.post(page.address.pathname, { cpf: OPERATOR, senha: 'demonstracao' })).body).toMatch(/^in: Mariana/)
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

describe('refused entries (guide, step 1)', () => {
  const enter = async (cpf: string) => {
    const walker = site.walker()
    return { walker, page: await site.signIn(walker, cpf) }
  }

  test('a master without classes learns that it can give them to itself', async () => {
    const { page, walker } = await enter('529.982.247-25')
    expect(page.status).toBe(403)
    expect(textOf(page)).toContain('Falta a classe 122 (SNG: CONSULTAS RECONET)')
    expect(textOf(page)).toContain('pode atribuir as classes ao seu próprio perfil')
    expect(walker.cookie(SESSION_COOKIE)).toBeUndefined()
  })

  test('an operator without classes learns which is missing and the name of who can mend it', async () => {
    const { page } = await enter('390.533.447-05')
    expect(page.status).toBe(403)
    expect(textOf(page)).toContain('Falta a classe 122')
    expect(textOf(page)).toContain('Helena Prates Vidal (usuário master da sua instituição)')
  })

  test('class 122 alone enters for reading', async () => {
    expect((await enter('862.883.667-57')).page.body).toBe('in: Cecília Nunes Torres institution 122')
  })

  test('class 151 without 122 does not enter', async () => {
    const { pool } = site.database.owner
    const set = `where account_id = (select id from soe.account where cpf = '71460238001') and class = 122`
    await pool.query(`delete from soe.account_class ${set}`)
    const { page } = await enter('714.602.380-01')
    expect(page.status).toBe(403)
    expect(textOf(page)).toContain('Você tem a classe 151')
    expect(textOf(page)).toContain('Rogério Antunes Sá')
    await pool.query(`insert into soe.account_class select id, 122, now() from soe.account where cpf = '71460238001'`)
  })

  test('a suspended institution does not enter', async () => {
    const { pool } = site.database.owner
    await pool.query(`update soe.institution set status = 'suspended' where cnpj = '12ABC34501DE35'`)
    const { page } = await enter('714.602.380-01')
    expect(page.status).toBe(403)
    expect(textOf(page)).toContain('Sua instituição está suspensa')
    expect(textOf(page)).toContain('reconet@detran.rs.gov.br')
    await pool.query(`update soe.institution set status = 'active' where cnpj = '12ABC34501DE35'`)
  })

  test('a class of the DETRAN helps nobody of an institution', async () => {
    const { pool } = site.database.owner
    await pool.query(`insert into soe.account_class select id, 904, now() from soe.account where cpf = '39053344705'`)
    expect((await enter('390.533.447-05')).page.status).toBe(403)
    await pool.query(`delete from soe.account_class where class = 904 and account_id = (select id from soe.account where cpf = '39053344705')`)
  })

  test.each([
    ['153.509.460-56', 'institution 122,151'],
    ['714.602.380-01', 'institution 122,151'],
    ['248.438.034-80', 'staff 901'],
    ['853.513.468-93', 'staff 902,903'],
    ['168.995.350-09', 'staff 904'],
    ['123.456.789-09', 'staff 905'],
  ])('%s enters as %s', async (cpf, as) => {
    expect((await enter(cpf)).page.body).toContain(as)
  })

  test('after a refusal one can enter with another account', async () => {
    const { walker } = await enter('390.533.447-05')
    const out = await walker.post('/sair')
    expect(out.address.href).toBe(`${site.url}/entrar?feito=saiu`)
    expect((await site.signIn(walker, OPERATOR)).body).toMatch(/^in: Mariana/)
  })
})

describe('forged, replayed and broken answers', () => {
  /** Runs the sign-in up to the answer, without redeeming it. `bend` changes the request that SOE/WEB receives. */
  async function upToAnswer(bend: (address: URL) => void = () => {}) {
    const walker = site.walker()
    const start = await walker.step('/entrar', {})
    const request = new URL(start.headers.get('location')!)
    bend(request)
    const page = await walker.get(request.href)
    const posted = await walker.step(page.address.pathname, { cpf: OPERATOR, senha: 'demonstracao' })
    const resumed = posted.status === 303 ? await walker.step(posted.headers.get('location')!) : posted
    return { walker, page, answer: resumed.headers.get('location') ?? '' }
  }
  const noSession = (walker: { cookie(name: string): string | undefined }) => expect(walker.cookie(SESSION_COOKIE)).toBeUndefined()

  test('the untouched answer enters', async () => {
    const { walker, answer } = await upToAnswer()
    expect((await walker.get(answer)).body).toMatch(/^in: Mariana/)
  })

  test('a replayed answer is refused, also with the cookies of the first time', async () => {
    const { walker, answer } = await upToAnswer()
    const before = walker.keep()
    await walker.get(answer)
    const again = await walker.get(answer)
    expect(again.status).toBe(400)
    expect(textOf(again)).toContain('venceu ou já foi usada')
    walker.restore(before)
    const replayed = await walker.get(answer)
    expect(replayed.status).toBe(400)
    expect(textOf(replayed)).toContain('não pôde ser conferida')
    noSession(walker)
  })

  test.each([
    ['state', 'venceu ou já foi usada'],
    ['code', 'não pôde ser conferida'],
    ['iss', 'não pôde ser conferida'],
  ])('an answer with another %s is refused', async (name, sentence) => {
    const { walker, answer } = await upToAnswer()
    const bent = new URL(answer)
    bent.searchParams.set(name, name === 'iss' ? 'https://evil.example' : 'x'.repeat(43))
    const page = await walker.get(bent.href)
    expect(page.status).toBe(400)
    expect(textOf(page)).toContain(sentence)
    noSession(walker)
  })

  test.each([
    ['nonce', 'another-nonce'],
    ['code_challenge', 'x'.repeat(43)],
  ])('a tampered %s is noticed', async (name, value) => {
    const { walker, answer } = await upToAnswer((address) => address.searchParams.set(name, value))
    const page = await walker.get(answer)
    expect(page.status).toBe(400)
    expect(textOf(page)).toContain('não pôde ser conferida')
    noSession(walker)
  })

  test('SOE/WEB gives no code without PKCE', async () => {
    const walker = site.walker()
    const request = new URL((await walker.step('/entrar', {})).headers.get('location')!)
    request.searchParams.delete('code_challenge')
    request.searchParams.delete('code_challenge_method')
    const page = await walker.get(request.href)
    expect(page.status).toBe(400)
    expect(textOf(page)).toContain('O SOE/WEB não concluiu a entrada')
  })

  test.each([
    ['redirect_uri', 'https://evil.example/'],
    ['client_id', 'nobody'],
  ])('SOE/WEB sends nobody on with a wrong %s; its page is ours', async (name, value) => {
    const walker = site.walker()
    const request = new URL((await walker.step('/entrar', {})).headers.get('location')!)
    request.searchParams.set(name, value)
    const page = await walker.get(request.href)
    expect(page.status).toBe(400)
    expect(textOf(page)).toContain('A entrada não pôde ser concluída')
    expect(page.body).not.toMatch(/<script>|<style|evil\.example/)
  })

  test('the answer of a flow that began more than ten minutes ago is refused', async () => {
    const { walker, answer } = await upToAnswer()
    const now = site.clock.now
    site.clock.now = new Date(now.getTime() + 10 * 60_000)
    expect(textOf(await walker.get(answer))).toContain('venceu ou já foi usada')
    site.clock.now = now
  })

  test("an answer of one browser is worth nothing in another's", async () => {
    const { answer } = await upToAnswer()
    expect((await site.walker().get(answer)).status).toBe(400)
  })
})

describe('the way out', () => {
  test('leaving ends both sessions and returns to the entry page', async () => {
    const walker = site.walker()
    await site.signIn(walker, OPERATOR)
    const out = await walker.post('/sair')
    expect(out.address.href).toBe(`${site.url}/entrar?feito=saiu`)
    expect(textOf(out)).toContain('Você saiu do EPROD e do SOE/WEB')
    expect(walker.cookie(SESSION_COOKIE)).toBeUndefined()
    expect((await sessions()).at(-1)!.ended_at).not.toBeNull()
    expect((await walker.post('/entrar')).address.pathname).toMatch(/^\/soe\/entrar\//)
  })

  test('leaving without a session, or twice, ends at the entry page as well', async () => {
    expect((await site.walker().post('/sair')).address.href).toBe(`${site.url}/entrar?feito=saiu`)
  })

  test('without proof SOE/WEB asks before it ends a session, with a page of ours', async () => {
    const walker = site.walker()
    await site.signIn(walker, OPERATOR)
    const page = await walker.get('/soe/session/end')
    expect(textOf(page)).toContain('Você quer encerrar a sua sessão')
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(page.body)![1]!
    const done = await walker.post('/soe/session/end/confirm', { xsrf, logout: 'yes' })
    expect(textOf(done)).toContain('Você saiu do SOE/WEB')
    expect(page.body + done.body).not.toMatch(/<script>|<style|Submitting/)
  })

  test('leaving takes back what was granted: nothing of the session is left at SOE/WEB', async () => {
    const walker = site.walker()
    await site.signIn(walker, OPERATOR)
    const count = async () => Number((await site.database.owner.pool.query(`select count(*) from soe.provider_state where model in ('Session', 'Grant', 'AccessToken')`)).rows[0].count)
    const before = await count()
    await walker.post('/sair')
    expect(await count()).toBe(before - 3)
  })
})
