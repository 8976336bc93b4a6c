// A second application that trusts SOE/WEB, registered on the administrator's pages: it signs people in, its secrets overlap
// while they are rotated, and suspended it gets nothing. How it hears of ended access: application-notices.test.ts.
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  APPLICATIONS as AT,
  authorize,
  BACK,
  carried,
  enterSoe,
  OPERATOR,
  secretOf,
  tokens as tokensAt,
  fleet as typed,
} from './support/application.ts'
import { type SignInSite, startSignInSite } from './support/sign-in-site.ts'
import { textOf, type Walker } from './support/walker.ts'

let site: SignInSite
let admin: Walker
let secret = ''
beforeAll(async () => {
  site = await startSignInSite()
  admin = await enter('168.995.350-09')
})
afterAll(() => site.close())

const enter = (cpf: string) => enterSoe(site, cpf)
const owner = async (text: string) => (await site.database.owner.pool.query(text)).rows
const fleet = () => typed('https://fleet.example/notices')
const register = async (fields: Record<string, string>) =>
  admin.post(`${AT}/nova`, { andamento: carried(await admin.get(`${AT}/nova`)), ...fields })
const rotate = async (horas: string) =>
  admin.post(`${AT}/fleet/chave`, { horas, andamento: carried(await admin.get(`${AT}/fleet`)) })
const tokens = (given: { code: string; verifier: string }, key = secret, id = 'fleet') =>
  tokensAt(site, given, { secret: key, id })

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
    ['retorno', 'https://a;sandbox.example/', 'endereço completo'],
    ['retorno', 'https://a.example,b.example/', 'endereço completo'],
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

  test('the answer comes in the address alone: a form that posts itself is not offered', async () => {
    const { body } = await site.walker().get('/soe/.well-known/openid-configuration')
    expect(JSON.parse(body).response_modes_supported).toEqual(['query'])
  })

  test('the page of the sign-in may lead on to registered addresses, and to no others', async () => {
    const policy = async (path: string) => (await admin.get(path)).headers.get('content-security-policy')
    expect(await policy('/soe/entrar')).toContain(`form-action 'self' https://fleet.example;`)
    expect(await policy(`${AT}/fleet`)).toContain(`form-action 'self';`)
  })

  test.each([
    ['an answer by a form', { response_mode: 'form_post' }],
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
