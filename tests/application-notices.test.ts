// How a second application hears that access has ended, and how one leaves by it.
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import {
  APPLICATIONS,
  authorize,
  BACK,
  carried,
  enterSoe,
  fleet,
  type NoticeServer,
  OPERATOR,
  secretOf,
  startNoticeServer,
  tokens,
} from './support/application.ts'
import { type SignInSite, startSignInSite } from './support/sign-in-site.ts'

const WITHIN = { timeout: 5000, interval: 50 }
let server: NoticeServer
let site: SignInSite
let secret = ''
beforeAll(async () => {
  server = await startNoticeServer()
  site = await startSignInSite()
  const admin = await enterSoe(site, '168.995.350-09')
  const andamento = carried(await admin.get(`${APPLICATIONS}/nova`))
  secret = secretOf(await admin.post(`${APPLICATIONS}/nova`, { ...fleet(server.url), andamento }))
})
afterAll(async () => {
  await site.close()
  server.close()
})
const owner = async (text: string) => (await site.database.owner.pool.query(text)).rows

describe('access that ends', () => {
  const waiting = () => owner('select told from soe.logout_notice where sent_at is null')

  test('is told to the application and to EPROD; one that does not answer is told again, EPROD is not', async () => {
    const walker = site.walker()
    await site.signIn(walker, OPERATOR)
    await authorize(walker)
    server.answer = 500
    server.told.length = 0
    await owner(`delete from soe.account_class where class = 151 and account_id =
      (select id from soe.account where cpf = '11144477735')`)
    await vi.waitFor(async () => expect((await walker.step('/')).status).not.toBe(200), WITHIN)
    await vi.waitFor(async () => expect(await waiting()).toEqual([{ told: ['eprod'] }]), WITHIN)
    const again = site.walker()
    await site.signIn(again, OPERATOR)
    server.answer = 200
    await vi.waitFor(async () => expect(await waiting()).toEqual([]), WITHIN)
    expect(decodeJwt(server.told.at(-1)!)).toMatchObject({ aud: 'fleet', iss: `${site.url}/soe` })
    expect((await again.step('/')).status).toBe(200)
  })

  test('the end of one session is told to those who were entered in it alone', async () => {
    const walker = site.walker()
    await site.signIn(walker, OPERATOR)
    server.told.length = 0
    await walker.post('/sair')
    await vi.waitFor(async () => expect(await waiting()).toEqual([]), WITHIN)
    expect(server.told).toEqual([])
  })
})

describe('leaving by the application', () => {
  const leave = (id_token_hint: string, post_logout_redirect_uri: string) =>
    `/soe/session/end?${new URLSearchParams({ id_token_hint, post_logout_redirect_uri, state: 's' })}`

  test('ends the session of SOE/WEB and that of EPROD, and goes where it is registered to go', async () => {
    const walker = site.walker()
    await site.signIn(walker, OPERATOR)
    const { id_token = '' } = await tokens(site, await authorize(walker), { secret })
    const gone = await walker.step(leave(id_token, 'https://fleet.example/bye'))
    expect(gone.headers.get('location')).toBe('https://fleet.example/bye?state=s')
    await vi.waitFor(async () => expect((await walker.step('/')).status).not.toBe(200), WITHIN)
    expect((await walker.step('/soe/conta')).headers.get('location')).toContain('/soe/entrar')
  })

  test.each([BACK, 'https://evil.example/', 'http://fleet.example/bye'])('never leads to %s', async (target) => {
    const walker = site.walker()
    await site.signIn(walker, OPERATOR)
    const { id_token = '' } = await tokens(site, await authorize(walker), { secret })
    const page = await walker.step(leave(id_token, target))
    expect([page.status, page.headers.get('location')]).toEqual([400, null])
    expect((await walker.step('/')).status).toBe(200)
  })
})
