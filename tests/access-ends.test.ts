// What ends access on open sessions: a class taken, an account blocked, an institution suspended, a password changed, a date
// reached. SOE/WEB tells EPROD, which ends the session within five seconds; nobody else's, and nothing that was opened since.
import { SignJWT } from 'jose'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type SignInSite, startSignInSite } from './support/sign-in-site.ts'
import type { Walker } from './support/walker.ts'

const OPERATOR = { cpf: '111.444.777-35', plain: '11144477735' }
const COLLEAGUE = '862.883.667-57'
const WITHIN = { timeout: 5000, interval: 50 }
let site: SignInSite
beforeAll(async () => {
  site = await startSignInSite()
})
afterAll(() => site.close())

const owner = (text: string) => site.database.owner.pool.query(text)
const isIn = async (walker: Walker) => (await walker.step('/')).status === 200
async function enter(cpf: string): Promise<Walker> {
  const walker = site.walker()
  await site.signIn(walker, cpf)
  expect(await isIn(walker)).toBe(true)
  return walker
}
const ends = (walker: Walker) => vi.waitFor(async () => expect(await isIn(walker)).toBe(false), WITHIN)
const account = `(select id from soe.account where cpf = '${OPERATOR.plain}')`

describe('within five seconds', () => {
  test.each([
    [
      'a class that is taken',
      `delete from soe.account_class where class = 151 and account_id = ${account}`,
      `insert into soe.account_class (account_id, class, granted_at) values (${account}, 151, now())`,
    ],
    [
      'an account that is blocked',
      `update soe.account set status = 'blocked' where cpf = '${OPERATOR.plain}'`,
      `update soe.account set status = 'active' where cpf = '${OPERATOR.plain}'`,
    ],
    [
      'an institution that is suspended',
      `update soe.institution set status = 'suspended' where cnpj = '11222333000181'`,
      `update soe.institution set status = 'active' where cnpj = '11222333000181'`,
    ],
  ])('%s ends the open sessions of whom it concerns', async (_what, change, back) => {
    const [one, two] = [await enter(OPERATOR.cpf), await enter(OPERATOR.cpf)]
    const other = await enter('714.602.380-01')
    await owner(change)
    await ends(one)
    await ends(two)
    expect(await isIn(other)).toBe(true)
    await owner(back)
  })

  test('a class that is taken from one leaves a colleague in, and one that is given ends nothing', async () => {
    const [one, colleague] = [await enter(OPERATOR.cpf), await enter(COLLEAGUE)]
    await owner(`insert into soe.account_class (account_id, class, granted_at)
      select id, 151, now() from soe.account where cpf = '86288366757'`)
    await owner(`delete from soe.account_class where class = 151 and account_id = ${account}`)
    await ends(one)
    expect(await isIn(colleague)).toBe(true)
    await owner(`insert into soe.account_class (account_id, class, granted_at) values (${account}, 151, now())`)
  })

  test('whoever watches sessions hears of the end', async () => {
    const walker = await enter(OPERATOR.cpf)
    const listener = new pg.Client({ connectionString: site.database.urls.web })
    await listener.connect()
    const heard = new Promise<string>((resolve) => {
      listener.on('notification', ({ payload }) => resolve(payload ?? ''))
    })
    await listener.query('listen eprod_session_ended')
    await owner(`delete from soe.account_class where class = 151 and account_id = ${account}`)
    const { rows } = await owner('select max(id) as id from eprod.session')
    expect(await heard).toBe(String(rows[0].id))
    await ends(walker)
    await listener.end()
    await owner(`insert into soe.account_class (account_id, class, granted_at) values (${account}, 151, now())`)
  })
})

test('a blocked account cannot enter again with the session it has at SOE/WEB', async () => {
  const walker = await enter(OPERATOR.cpf)
  await owner(`update soe.account set status = 'blocked' where cpf = '${OPERATOR.plain}'`)
  await ends(walker)
  const page = await walker.post('/entrar')
  expect(page.address.pathname).toMatch(/^\/soe\/entrar\//)
  expect(await isIn(walker)).toBe(false)
  await owner(`update soe.account set status = 'active' where cpf = '${OPERATOR.plain}'`)
})

test('leaving EPROD in one browser leaves the sessions of other browsers alone', async () => {
  const [one, two] = [await enter(OPERATOR.cpf), await enter(OPERATOR.cpf)]
  await one.post('/sair')
  expect(await isIn(one)).toBe(false)
  const waiting = async () => (await owner('select id from soe.logout_notice where sent_at is null')).rows
  await vi.waitFor(async () => expect(await waiting()).toEqual([]), WITHIN)
  expect(await isIn(two)).toBe(true)
})

describe('a logout token', () => {
  const send = (walker: Walker, token: string) =>
    walker.step(
      '/entrar/encerramento',
      { logout_token: token },
      { origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' },
    )

  test.each(['', 'x', 'a.b.c', 'e30.e30.'])('that is none (%j) is refused', async (token) => {
    const walker = await enter(OPERATOR.cpf)
    expect((await send(walker, token)).status).toBe(400)
    expect(await isIn(walker)).toBe(true)
  })

  test('signed with a key that is not the provider’s is refused', async () => {
    const walker = await enter(OPERATOR.cpf)
    const { rows } = await owner('select subject from eprod.session order by id desc limit 1')
    const { privateKey } = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
      'sign',
      'verify',
    ])
    const token = await new SignJWT({ events: { 'http://schemas.openid.net/event/backchannel-logout': {} }, jti: 'x' })
      .setProtectedHeader({ alg: 'ES256' })
      .setIssuer(`${site.url}/soe`)
      .setAudience('eprod')
      .setSubject(rows[0].subject)
      .setIssuedAt()
      .sign(privateKey)
    expect((await send(walker, token)).status).toBe(400)
    expect(await isIn(walker)).toBe(true)
  })

  test('an ID token is none', async () => {
    const walker = await enter(OPERATOR.cpf)
    const { rows } = await owner('select id_token from eprod.session order by id desc limit 1')
    expect((await send(walker, rows[0].id_token)).status).toBe(400)
    expect(await isIn(walker)).toBe(true)
  })
})
