// Signing in where the public address is https behind a proxy, SOE/WEB away, and what a forged Host header changes: nothing.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { SESSION_COOKIE } from '#identity/visit.ts'
import { type SignInSite, startSignInSite } from './support/sign-in-site.ts'

const OPERATOR = '111.444.777-35'
let site: SignInSite
beforeAll(async () => {
  site = await startSignInSite({
    public: 'https://eprod.example',
    demo: false,
    identity: { afterSignIn: async (_person, side) => (side === 'staff' ? '/ajuda' : undefined) },
  })
})
afterAll(() => site.close())

test('behind a proxy EPROD reaches its own provider, and cookies are of this host and Secure', async () => {
  const walker = site.walker()
  const page = await site.signIn(walker, OPERATOR)
  expect(page.body).toMatch(/^in: Mariana/)
  expect(page.way.every((address) => address.startsWith('https://eprod.example/'))).toBe(true)
  expect(walker.attributes(`__Host-${SESSION_COOKIE}`)).toMatch(/Path=\/;.*Secure/)
  expect(walker.attributes(SESSION_COOKIE)).toBeUndefined()
  expect(walker.attributes('__Host-soe')).toMatch(/path=\/;.*secure.*httponly/i)
})

test('a cookie that another host of the domain could have set is not read', async () => {
  const walker = site.walker()
  await site.signIn(walker, OPERATOR)
  const value = walker.cookie(`__Host-${SESSION_COOKIE}`) ?? ''
  const answer = (name: string) => site.walker().step('/', undefined, { cookie: `${name}=${value}` })
  expect((await answer(SESSION_COOKIE)).headers.get('location')).toBe('/entrar')
  expect((await answer(`__Host-${SESSION_COOKIE}`)).body).toMatch(/^in: Mariana/)
})

test('who has something waiting is sent there', async () => {
  const page = await site.signIn(site.walker(), '935.411.347-80')
  expect(page.address.pathname).toBe('/ajuda')
})

test('a forged Host header changes no address of the provider', async () => {
  const answer = await site.walker().step('/soe/.well-known/openid-configuration', undefined, {
    'x-forwarded-host': 'evil.example',
    accept: 'application/json',
  })
  const told = JSON.parse(answer.body)
  expect(told).toMatchObject({
    issuer: 'https://eprod.example/soe',
    authorization_endpoint: 'https://eprod.example/soe/auth',
    token_endpoint: 'https://eprod.example/soe/token',
    scopes_supported: expect.arrayContaining(['openid', 'eprod']),
    code_challenge_methods_supported: ['S256'],
    id_token_signing_alg_values_supported: ['ES256'],
    response_types_supported: ['code'],
    grant_types_supported: ['authorization_code'],
  })
  expect(answer.body).not.toContain('evil')
})

test('an address of SOE/WEB that is none is told on a page, and its bare one leads to its help', async () => {
  const page = await site.walker().get('/soe/nada')
  expect(page.status).toBe(404)
  expect(page.body).toContain('Página não encontrada')
  expect((await site.walker().step('/soe/')).headers.get('location')).toBe('/soe/ajuda')
})

test('the public keys tell nothing private', async () => {
  const { keys } = JSON.parse((await site.walker().step('/soe/jwks', undefined, { accept: 'application/json' })).body)
  expect(keys).toHaveLength(1)
  expect(keys[0].d).toBeUndefined()
})

test('without the demonstration no page lists accounts', async () => {
  const walker = site.walker()
  expect((await walker.get('/entrar')).body).not.toContain('demonstracao')
  expect((await walker.post('/entrar')).body).not.toContain('demonstracao')
})

test('a provider that does not answer is told as such, and found again when it is back', async () => {
  const other = await startSignInSite({ public: 'http://localhost:4112' })
  other.cut.on = true
  const walker = other.walker()
  const page = await walker.post('/entrar?destino=/chamados')
  expect(page.status).toBe(503)
  expect(page.body).toContain('O SOE/WEB não respondeu')
  expect(page.body).toContain('action="/entrar?destino=%2Fchamados"')
  other.cut.on = false
  expect((await other.signIn(walker, OPERATOR)).body).toMatch(/^in: Mariana/)
  await other.close()
})
