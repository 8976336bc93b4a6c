// EPROD with OIDC_ISSUER: a second provider, started on its own and set up differently, takes the place of SOE/WEB unchanged.
// And all that a forger may send instead of its answers: each is refused for its own reason and logged without secrets.
import { generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { askAgain } from '#identity/actions.ts'
import type { IdentityOptions } from '#identity/options.ts'
import { makeProvider } from '#identity/provider.ts'
import type { Failure } from '#identity/refusals.ts'
import { SESSION_COOKIE } from '#identity/visit.ts'
import { wordsFor } from '#words/words.ts'
import { type Bending, CLIENT, type ForeignProvider, signed, startForeignProvider } from './support/foreign-provider.ts'
import { type SignInSite, startSignInSite } from './support/sign-in-site.ts'
import { textOf, type Walker } from './support/walker.ts'

const URL_OF_EPROD = 'http://localhost:4113'
const FACTS = {
  sub: 'servidor-7',
  cpf: '11144477735',
  name: 'Mariana Duarte Reis',
  email: 'mariana@example.com',
  institution: { cnpj: '11222333000181', name: 'Banco Exemplo S.A.', status: 'active' },
  classes: [122, 151],
}
let foreign: ForeignProvider
let site: SignInSite
let identity: Partial<IdentityOptions>
const log: string[] = []
beforeAll(async () => {
  foreign = await startForeignProvider({
    redirectUri: `${URL_OF_EPROD}/entrar/retorno`,
    signedOutUri: `${URL_OF_EPROD}/entrar?feito=saiu`,
  })
  identity = {
    issuer: foreign.issuer,
    clientId: CLIENT.id,
    clientSecret: CLIENT.secret,
    foreign: true,
    reach: () => undefined,
  }
  site = await startSignInSite({
    public: URL_OF_EPROD,
    demo: false,
    identity,
    logTo: { write: (line) => void log.push(line) },
  })
})
beforeEach(() => {
  Object.assign(foreign.person, FACTS)
  foreign.honest()
  foreign.away.on = false
  site.clock.now = new Date()
  log.length = 0
})
afterAll(async () => {
  await site?.close()
  await foreign?.close()
})

/** Up to the answer: the address at EPROD that the provider sends the browser to. */
async function upToAnswer(walker = site.walker()): Promise<{ walker: Walker; answer: string }> {
  const start = await walker.step('/entrar', {})
  return { walker, answer: await foreign.browser()(start.headers.get('location') ?? '') }
}
async function enter() {
  const { walker, answer } = await upToAnswer()
  return { walker, page: await walker.get(answer) }
}
const isIn = async (walker: Walker) => (await walker.step('/')).status === 200

describe('another provider', () => {
  test('lets people in by its own addresses, algorithm and client authentication', async () => {
    const { page, walker } = await enter()
    expect(page.body).toBe('in: Mariana Duarte Reis institution 122,151')
    expect(walker.cookie(SESSION_COOKIE)).toMatch(/^i\./)
  })

  test('is asked for what it knows, not for the scope of SOE/WEB', async () => {
    const request = new URL((await site.walker().step('/entrar', {})).headers.get('location') ?? '')
    expect(request.pathname).toBe('/realms/estado/entrada')
    expect(request.searchParams.get('scope')).toBe('openid profile email offline_access')
    expect(request.searchParams.get('code_challenge_method')).toBe('S256')
  })

  test('that tells no classes lets nobody in, and the page says who can mend it without names', async () => {
    foreign.person.classes = []
    const { page } = await enter()
    expect(page.status).toBe(403)
    expect(textOf(page)).toContain('Falta a classe 122')
    expect(textOf(page)).toContain('o usuário master da sua instituição')
  })

  test('is left too when EPROD is left', async () => {
    const { walker } = await enter()
    const out = await walker.step('/sair', {})
    const address = new URL(out.headers.get('location') ?? '')
    expect(address.href).toContain('/realms/estado/fim?')
    expect(address.searchParams.get('id_token_hint')).toMatch(/^ey/)
    expect(await isIn(walker)).toBe(false)
  })
})

describe('without back-channel logout', () => {
  const later = (seconds: number) => {
    site.clock.now = new Date(site.clock.now.getTime() + seconds * 1000)
  }
  const ask = () => {
    const options: IdentityOptions = {
      url: URL_OF_EPROD,
      demo: false,
      db: site.database.entry.db,
      cookieKey: Buffer.alloc(32, 7),
      ...(identity as Pick<IdentityOptions, 'issuer' | 'clientId' | 'clientSecret' | 'foreign'>),
    }
    return askAgain(options, makeProvider(options), site.clock.now)
  }

  test('classes are read again before five minutes have passed, and the session goes on with those of now', async () => {
    const { walker } = await enter()
    foreign.person.classes = [122]
    later(240)
    await ask()
    expect((await walker.step('/')).body).toBe('in: Mariana Duarte Reis institution 122')
    later(240)
    await ask()
    expect(await isIn(walker)).toBe(true)
  })

  test.each<[string, Partial<typeof FACTS> | 'grants ended']>([
    ['the class that lets in was taken', { classes: [151] }],
    ['the institution was suspended', { institution: { ...FACTS.institution, status: 'suspended' } }],
    ['the person changed institution', { institution: { ...FACTS.institution, cnpj: '12ABC34501DE35' } }],
    ['the provider ended what it had granted', 'grants ended'],
  ])('the session ends when %s', async (_what, change) => {
    const { walker } = await enter()
    if (change === 'grants ended') await foreign.endGrants()
    else Object.assign(foreign.person, change)
    later(240)
    await ask()
    expect(await isIn(walker)).toBe(false)
  })

  test('a provider that is silent shuts the session after five minutes, and opens it again when it answers', async () => {
    const { walker } = await enter()
    foreign.away.on = true
    later(240)
    await ask()
    expect(await isIn(walker)).toBe(true)
    later(61)
    expect(await isIn(walker)).toBe(false)
    foreign.away.on = false
    await ask()
    expect(await isIn(walker)).toBe(true)
  })

  test('what asks again lies sealed in the database', async () => {
    await enter()
    const { rows } = await site.database.owner.pool.query('select * from eprod.session order by id desc limit 1')
    expect(rows[0].sealed_refresh).toMatch(/^[\w-]{60,}$/)
    expect(rows[0].fresh_until.getTime() - rows[0].created_at.getTime()).toBe(5 * 60_000)
  })
})

interface Forgery {
  readonly what: string
  readonly reason: Failure
  /** To what the provider sends. */
  readonly bend?: Bending
  /** To the address the browser is sent back with. */
  readonly answer?: (address: URL) => void
}

const hmac = (claims: JWTPayload) =>
  new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(Buffer.from(CLIENT.secret))
const strange = async (claims: JWTPayload, kid?: string) =>
  signed(claims, (await generateKeyPair('EdDSA')).privateKey, kid)
const set = (name: string, value: string) => (address: URL) => address.searchParams.set(name, value)
const HOUR = 3600

const FORGERIES: readonly Forgery[] = [
  { what: 'a state nobody has begun with', reason: 'flow-lost', answer: set('state', 'x'.repeat(43)) },
  { what: 'no state', reason: 'flow-lost', answer: (address) => address.searchParams.delete('state') },
  { what: 'a code that was made up', reason: 'code-refused', answer: set('code', 'x'.repeat(43)) },
  {
    what: 'the name of another provider (mix-up)',
    reason: 'other-provider',
    answer: set('iss', 'https://evil.example'),
  },
  {
    what: 'no name of the provider',
    reason: 'other-provider',
    answer: (address) => address.searchParams.delete('iss'),
  },
  { what: 'a refusal of the provider', reason: 'provider-said-no', answer: set('error', 'access_denied') },
  { what: 'another nonce', reason: 'nonce-wrong', bend: { claims: (claims) => ({ ...claims, nonce: 'another' }) } },
  {
    what: 'an ID token without a signature',
    reason: 'alg-refused',
    bend: { token: (claims) => new UnsecuredJWT(claims).encode() },
  },
  { what: 'an ID token signed with the client’s secret', reason: 'alg-refused', bend: { token: hmac } },
  {
    what: 'an ID token for another client',
    reason: 'audience-wrong',
    bend: { claims: (claims) => ({ ...claims, aud: 'another' }) },
  },
  {
    what: 'an ID token for two clients',
    reason: 'audience-wrong',
    bend: { claims: (claims) => ({ ...claims, aud: [CLIENT.id, 'another'] }) },
  },
  {
    what: 'an ID token of another issuer',
    reason: 'issuer-wrong',
    bend: { claims: (claims) => ({ ...claims, iss: 'https://evil.example' }) },
  },
  {
    what: 'an ID token that has expired',
    reason: 'token-expired',
    bend: { claims: (claims) => ({ ...claims, exp: (claims.iat ?? 0) - HOUR }) },
  },
  {
    what: 'an ID token signed with a key that was rotated out',
    reason: 'key-unknown',
    bend: { token: (claims) => strange(claims, 'an-old-key') },
  },
  {
    what: 'an ID token signed with another key of the same name',
    reason: 'signature-wrong',
    bend: { token: (claims) => strange(claims) },
  },
  {
    what: 'an ID token altered after signing',
    reason: 'signature-wrong',
    bend: {
      token: async (claims, key) => {
        const [head, , proof] = (await signed(claims, key)).split('.')
        const other = Buffer.from(JSON.stringify({ ...claims, classes: [904] })).toString('base64url')
        return [head, other, proof].join('.')
      },
    },
  },
  {
    what: 'facts of another person',
    reason: 'person-changed',
    bend: { userinfo: (facts) => ({ ...facts, sub: 'another' }) },
  },
]

describe('a forged answer', () => {
  afterEach(() => foreign.honest())

  test.each(FORGERIES)('with $what is refused: $reason', async ({ reason, bend, answer: alter }) => {
    Object.assign(foreign.bending, bend)
    const { walker, answer } = await upToAnswer()
    const address = new URL(answer)
    alter?.(address)
    const page = await walker.get(address.href)
    expect(page.status).toBe(400)
    expect(textOf(page)).toContain(wordsFor('pt-BR').identity.failures[reason])
    expect(walker.cookie(SESSION_COOKIE)).toBeUndefined()
    expectLogged(reason, [...address.searchParams.values()])
  })

  test('that was used before is refused, in the browser that used it and with its cookies put back', async () => {
    const { walker, answer } = await upToAnswer()
    const before = walker.keep()
    await walker.get(answer)
    expect(textOf(await walker.get(answer))).toContain(wordsFor('pt-BR').identity.failures['flow-lost'])
    walker.restore(before)
    const page = await walker.get(answer)
    expect(textOf(page)).toContain(wordsFor('pt-BR').identity.failures['code-refused'])
    expectLogged('code-refused', [...new URL(answer).searchParams.values()])
  })

  test('with the code of another sign-in is refused: it was not this browser’s', async () => {
    const [one, two] = [await upToAnswer(), await upToAnswer()]
    const mixed = new URL(one.answer)
    mixed.searchParams.set('code', new URL(two.answer).searchParams.get('code') ?? '')
    const page = await one.walker.get(mixed.href)
    expect(page.status).toBe(400)
    expect(textOf(page)).toContain(wordsFor('pt-BR').identity.failures['code-refused'])
  })

  /** One line names the reason; none holds a code, a state, a token, a secret or a name. */
  function expectLogged(reason: Failure, secrets: readonly string[]): void {
    const lines = log.filter((line) => line.includes(`"failure":"${reason}"`))
    expect(lines, log.join('')).toHaveLength(1)
    const all = log.join('')
    const hidden = [
      ...secrets.filter((value) => value.length >= 20 && !value.startsWith('http')),
      CLIENT.secret,
      FACTS.cpf,
      FACTS.name,
    ]
    for (const secret of hidden) expect(all).not.toContain(secret)
    expect(all).not.toMatch(/eyJ[\w-]{10,}\./)
  }
})
