// A second application that trusts SOE/WEB, registered on the administrator's pages: it signs people in, its secrets overlap
// while they are rotated, it is told when access ends, and suspended it gets nothing.
import { createHash, randomBytes } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type SignInSite, startSignInSite } from './support/sign-in-site.ts'
import { type Page, textOf, type Walker } from './support/walker.ts'

const AT = '/soe/administracao/aplicacoes'
const BACK = 'https://fleet.example/entry'
const OPERATOR = '111.444.777-35'
const WITHIN = { timeout: 5000, interval: 50 }
let site: SignInSite
let admin: Walker
let listener: Server
/** Logout tokens the application was sent, and what it answers to them. */
const told: string[] = []
let answer = 200
let secret = ''

beforeAll(async () => {
  listener = createServer((request, response) => {
    let body = ''
    request.on('data', (piece) => {
      body += piece
    })
    request.on('end', () => {
      told.push(new URLSearchParams(body).get('logout_token') ?? '')
      response.writeHead(answer).end()
    })
  })
  await new Promise<void>((ready) => listener.listen(0, '127.0.0.1', ready))
  site = await startSignInSite()
  admin = await enter('168.995.350-09')
})
afterAll(async () => {
  await site.close()
  listener.close()
})

async function enter(cpf: string): Promise<Walker> {
  const walker = site.walker()
  await walker.post('/soe/entrar?destino=%2Fsoe%2Fconta', { cpf, senha: 'demonstracao' })
  return walker
}
const owner = async (text: string) => (await site.database.owner.pool.query(text)).rows
const carried = (page: Page) => /name="andamento" value="([^"]+)"/.exec(page.body)?.[1] ?? ''
const secretOf = (page: Page) => /client_secret<\/dt><dd><code[^>]*>([\w-]{43})</.exec(page.body)?.[1] ?? ''
const notices = () => `http://127.0.0.1:${(listener.address() as AddressInfo).port}/notices`
const fleet = () => ({
  identificador: 'fleet',
  nome: 'Portal da Frota',
  retorno: `${BACK}\nhttps://fleet.example/other`,
  saida: 'https://fleet.example/bye',
  aviso: notices(),
})
const register = async (fields: Record<string, string>) =>
  admin.post(`${AT}/nova`, { andamento: carried(await admin.get(`${AT}/nova`)), ...fields })
const rotate = async (horas: string) =>
  admin.post(`${AT}/fleet/chave`, { horas, andamento: carried(await admin.get(`${AT}/fleet`)) })

/** Asks for a sign-in as the application would; walks until the browser leaves for it, or to where it stays. */
async function authorize(
  walker: Walker,
  more: Record<string, string> = {},
): Promise<{ code: string; verifier: string; page: Page }> {
  const verifier = randomBytes(32).toString('base64url')
  const asked = {
    client_id: 'fleet',
    redirect_uri: BACK,
    response_type: 'code',
    scope: 'openid eprod',
    state: 'state-of-fleet',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...more,
  }
  let page = await walker.step(`/soe/auth?${new URLSearchParams(asked)}`)
  if (page.headers.get('location')?.includes('/soe/entrar/')) {
    const form = await walker.get(page.headers.get('location')!)
    page = await walker.step(form.address.pathname, { cpf: OPERATOR, senha: 'demonstracao' })
  }
  let target = page.headers.get('location')
  while (target && !target.startsWith(BACK)) {
    page = await walker.step(target)
    target = page.headers.get('location')
  }
  return { code: new URL(target ?? BACK).searchParams.get('code') ?? '', verifier, page }
}

async function tokens(given: { code: string; verifier: string }, key = secret, id = 'fleet') {
  const fields = {
    grant_type: 'authorization_code',
    code: given.code,
    redirect_uri: BACK,
    code_verifier: given.verifier,
  }
  const authorization = `Basic ${Buffer.from(`${id}:${key}`).toString('base64')}`
  const page = await site.walker().step('/soe/token', fields, { authorization, origin: '', accept: 'application/json' })
  return { ...(JSON.parse(page.body) as { id_token?: string; access_token?: string }), status: page.status }
}

describe('registering', () => {
  test('shows the secret once and keeps only its hash; the same form sent twice registers one', async () => {
    const andamento = carried(await admin.get(`${AT}/nova`))
    const [one, two] = await Promise.all([
      admin.post(`${AT}/nova`, { ...fleet(), andamento }),
      admin.post(`${AT}/nova`, { ...fleet(), andamento }),
    ])
    secret = secretOf(one)
    expect(secret).toHaveLength(43)
    expect(secretOf(two)).toBe(secret)
    expect(one.headers.get('cache-control')).toBe('no-store')
    const kept = JSON.stringify(
      await owner('select * from soe.client c join soe.client_secret s on s.client_id = c.id'),
    )
    expect(kept).not.toContain(secret)
    const [row] = await owner(`select secret_hash = sha256('${secret}'::bytea) as hashed from soe.client_secret`)
    expect(row).toEqual({ hashed: true })
    expect((await admin.get(`${AT}/fleet`)).body).not.toContain(secret)
    const entries = await owner(`select event, facts from soe.audit where facts->>'application' = 'fleet'`)
    expect(entries).toHaveLength(1)
    expect(entries[0].facts.after.redirectUris).toEqual([BACK, 'https://fleet.example/other'])
    expect(JSON.stringify(entries)).not.toContain(secret)
  })

  test.each([
    ['identificador', '', 'Informe o identificador'],
    ['identificador', 'Frota!', 'letras minúsculas'],
    ['identificador', 'fleet', 'Já existe uma aplicação'],
    ['identificador', 'eprod', 'Já existe uma aplicação'],
    ['nome', '', 'Informe o nome da aplicação'],
    ['nome', '123', 'precisa ter letras'],
    ['retorno', '', 'pelo menos um endereço de retorno'],
    ['retorno', 'fleet.example/entry', 'endereço completo'],
    ['retorno', 'javascript:alert(1)', 'endereço completo'],
    ['retorno', 'http://fleet.example/entry', 'precisa começar com https'],
    ['retorno', 'https://fleet.example/entry#x', 'não pode ter #'],
    ['retorno', 'https://*.example/entry', 'não pode ter #'],
    ['retorno', 'https://me:pass@fleet.example/', 'não pode ter #'],
    ['retorno', `https://fleet.example/${'x'.repeat(500)}`, 'até 500 caracteres'],
    ['retorno', Array.from({ length: 11 }, (_, n) => `https://fleet.example/${n}`).join('\n'), 'no máximo 10'],
    ['saida', 'http://fleet.example/bye', 'precisa começar com https'],
    ['aviso', 'https://a.example/ https://b.example/', 'um endereço só'],
  ])('with %s %j is refused with its own sentence at the field', async (field, value, sentence) => {
    const page = await register({ ...fleet(), identificador: 'another', [field]: value })
    expect(page.status).toBe(422)
    expect(textOf(page)).toContain(sentence)
    expect(page.body).toContain(`href="#${field}"`)
    expect(await owner('select id from soe.client')).toHaveLength(1)
  })
})

describe('signing in', () => {
  test('a person comes to the application with a code, and its tokens tell who it is', async () => {
    const walker = site.walker()
    const arrived = await authorize(walker)
    const given = await tokens(arrived)
    expect(given.status).toBe(200)
    expect(decodeJwt(given.id_token!)).toMatchObject({ aud: 'fleet', iss: `${site.url}/soe` })
    const authorization = `Bearer ${given.access_token}`
    const info = await walker.step('/soe/me', undefined, { authorization, accept: 'application/json' })
    expect(JSON.parse(info.body)).toMatchObject({ cpf: '11144477735', classes: [122, 151] })
  })

  test('whoever is signed in at EPROD is so at the application without a password', async () => {
    const walker = site.walker()
    await site.signIn(walker, OPERATOR)
    const { code } = await authorize(walker)
    expect(code).not.toBe('')
  })

  test('the page of the sign-in may lead on to registered addresses, and to no others', async () => {
    const policy = async (path: string) => (await admin.get(path)).headers.get('content-security-policy')
    expect(await policy('/soe/entrar')).toContain(`form-action 'self' https://fleet.example;`)
    expect(await policy(`${AT}/fleet`)).toContain(`form-action 'self';`)
  })

  test.each([
    ['an address that is not registered', { redirect_uri: 'https://evil.example/entry' }],
    ['a registered address with something behind it', { redirect_uri: `${BACK}/../x` }],
    ['another application’s name', { client_id: 'unknown' }],
    ['no PKCE', { code_challenge: '', code_challenge_method: '' }],
  ])('%s is refused', async (_what, more) => {
    expect((await authorize(site.walker(), more)).code).toBe('')
  })

  test.each(['', 'wrong', 'a secret of the tests', 'kept-as-hashes-only'])(
    'the secret %j opens nothing',
    async (key) => {
      expect((await tokens(await authorize(await enter(OPERATOR)), key)).status).toBeGreaterThanOrEqual(400)
    },
  )

  test('its secret opens nothing as EPROD', async () => {
    expect((await tokens(await authorize(await enter(OPERATOR)), secret, 'eprod')).status).toBe(401)
  })
})

describe('a rotated secret', () => {
  test('the old one counts for the hours chosen, then no more; the new one counts at once', async () => {
    const old = secret
    const page = await rotate('24')
    secret = secretOf(page)
    expect(secret).not.toBe(old)
    expect(textOf(page)).toContain('A chave anterior vale até')
    const walker = await enter(OPERATOR)
    expect((await tokens(await authorize(walker), old)).status).toBe(200)
    expect((await tokens(await authorize(walker), secret)).status).toBe(200)
    const was = site.clock.now
    site.clock.now = new Date(was.getTime() + 24 * 3_600_000 + 1000)
    const later = await enter(OPERATOR)
    expect((await tokens(await authorize(later), old)).status).toBe(401)
    expect((await tokens(await authorize(later), secret)).status).toBe(200)
    site.clock.now = was
  })

  test('another rotation does not prolong what is ending; without overlap the old one ends now', async () => {
    const old = secret
    const andamento = carried(await admin.get(`${AT}/fleet`))
    const [one, two] = [
      await admin.post(`${AT}/fleet/chave`, { horas: '0', andamento }),
      await admin.post(`${AT}/fleet/chave`, { horas: '0', andamento }),
    ]
    secret = secretOf(one)
    expect(secretOf(two)).toBe(secret)
    const walker = await enter(OPERATOR)
    expect((await tokens(await authorize(walker), old)).status).toBe(401)
    expect((await tokens(await authorize(walker), secret)).status).toBe(200)
    const live = await owner('select id from soe.client_secret where ends_at is null or ends_at > now()')
    expect(live).toHaveLength(1)
    const events = await owner(`select facts from soe.audit where event = 'application-secret-rotated'`)
    expect(events).toHaveLength(2)
    expect(JSON.stringify(events)).not.toContain(secret)
  })

  test('no time chosen, or a form older than an hour, is refused and rotates nothing', async () => {
    expect(textOf(await rotate('9999'))).toContain('Escolha por quanto tempo')
    const old = await admin.post(`${AT}/fleet/chave`, { horas: '24', andamento: 'x' })
    expect([old.status, textOf(old)]).toEqual([422, expect.stringContaining('mais de uma hora')])
    expect(await owner('select id from soe.client_secret')).toHaveLength(3)
  })
})

describe('access that ends', () => {
  const waiting = () => owner('select told from soe.logout_notice where sent_at is null')

  test('is told to the application and to EPROD; one that does not answer is told again, EPROD is not', async () => {
    const walker = site.walker()
    await site.signIn(walker, OPERATOR)
    await authorize(walker)
    answer = 500
    told.length = 0
    await owner(`delete from soe.account_class where class = 151 and account_id =
      (select id from soe.account where cpf = '11144477735')`)
    await vi.waitFor(async () => expect((await walker.step('/')).status).not.toBe(200), WITHIN)
    await vi.waitFor(async () => expect(await waiting()).toEqual([{ told: ['eprod'] }]), WITHIN)
    const again = site.walker()
    await site.signIn(again, OPERATOR)
    answer = 200
    await vi.waitFor(async () => expect(await waiting()).toEqual([]), WITHIN)
    expect(decodeJwt(told.at(-1)!)).toMatchObject({ aud: 'fleet', iss: `${site.url}/soe` })
    expect((await again.step('/')).status).toBe(200)
  })

  test('the end of one session is told to those who were entered in it alone', async () => {
    const walker = site.walker()
    await site.signIn(walker, OPERATOR)
    told.length = 0
    await walker.post('/sair')
    await vi.waitFor(async () => expect(await waiting()).toEqual([]), WITHIN)
    expect(told).toEqual([])
  })
})

describe('changes', () => {
  test('of addresses count at once and are audited with those before', async () => {
    await admin.post(`${AT}/fleet/dados`, { ...fleet(), retorno: 'https://fleet.example/other' })
    expect((await authorize(await enter(OPERATOR))).code).toBe('')
    const [entry] = await owner(`select facts from soe.audit where event = 'application-edited'`)
    expect(entry.facts).toMatchObject({
      before: { redirectUris: [BACK, 'https://fleet.example/other'] },
      after: { redirectUris: ['https://fleet.example/other'] },
    })
    await admin.post(`${AT}/fleet/dados`, fleet())
    expect((await authorize(await enter(OPERATOR))).code).not.toBe('')
  })

  test('a suspended application signs nobody in, its secret opens nothing, and it is back when active', async () => {
    const arrived = await authorize(await enter(OPERATOR))
    await admin.post(`${AT}/fleet/situacao`, { situacao: 'suspended' })
    expect((await tokens(arrived)).status).toBe(401)
    expect((await authorize(await enter(OPERATOR))).code).toBe('')
    expect((await site.walker().get('/soe/entrar')).headers.get('content-security-policy')).not.toContain('fleet')
    await admin.post(`${AT}/fleet/situacao`, { situacao: 'active' })
    expect((await authorize(await enter(OPERATOR))).code).not.toBe('')
  })
})
