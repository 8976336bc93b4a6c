// What a session of SOE/WEB is good for: not after it was left alone, and not by password alone once a class demands more.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type SignInSite, startSignInSite } from './support/sign-in-site.ts'
import { textOf, type Walker } from './support/walker.ts'

const OPERATOR = '111.444.777-35'
const ANALYST = '935.411.347-80'
let site: SignInSite
beforeAll(async () => {
  site = await startSignInSite({ secondFactor: 'staff' })
})
afterAll(() => site.close())
const owner = (text: string) => site.database.owner.pool.query(text)
const asksToSignIn = async (walker: Walker) =>
  textOf(await walker.post('/entrar')).includes('Entrar com chave de acesso')
/** The provider's clock is the machine's: its sessions are made older instead. */
const passSeconds = (seconds: number) =>
  owner(`update soe.provider_state set payload = jsonb_set(payload, '{loginTs}', to_jsonb((payload->>'loginTs')::int - ${seconds}))
    where model = 'Session'`)

test('within half an hour entering EPROD again takes no password, after it does', async () => {
  const walker = site.walker()
  await site.signIn(walker, OPERATOR)
  await passSeconds(29 * 60)
  expect((await walker.post('/entrar')).body).toMatch(/^in: Mariana/)
  await passSeconds(2 * 60)
  expect(await asksToSignIn(walker)).toBe(true)
  expect((await walker.post('/entrar')).body).not.toMatch(/^in:/)
})

test('nor after the shorter time an administrator has set for sessions', async () => {
  await owner(`insert into eprod.setting (key, value, changed_at) values ('idleSeconds', '300', now())`)
  const walker = site.walker()
  await site.signIn(walker, OPERATOR)
  await passSeconds(4 * 60)
  expect((await walker.post('/entrar')).body).toMatch(/^in: Mariana/)
  await passSeconds(2 * 60)
  expect(await asksToSignIn(walker)).toBe(true)
  await owner(`delete from eprod.setting where key = 'idleSeconds'`)
})

test('who cuts that demand out of the address does not enter either', async () => {
  const walker = site.walker()
  await site.signIn(walker, OPERATOR)
  await passSeconds(31 * 60)
  const asked = await walker.step('/entrar', {})
  const address = new URL(asked.headers.get('location') ?? '')
  expect(address.searchParams.get('max_age')).toBe('1800')
  address.searchParams.delete('max_age')
  const refused = await walker.get(address.href)
  expect([refused.address.pathname, refused.status]).toEqual(['/entrar/retorno', 400])
})

test('no session begins that the audit could not tell of', async () => {
  const walker = site.walker()
  await owner(`alter table soe.audit add constraint failing check (event <> 'signed-in') not valid`)
  const failed = await walker.post('/soe/entrar?destino=%2Fsoe%2Fconta', { cpf: OPERATOR, senha: 'demonstracao' })
  await owner('alter table soe.audit drop constraint failing')
  expect(failed.status).toBe(500)
  expect((await walker.get('/soe/conta')).address.pathname).toBe('/soe/entrar')
})

test('the pages of SOE/WEB ask for the password again after half an hour without use', async () => {
  const walker = site.walker()
  await walker.post('/soe/entrar?destino=%2Fsoe%2Fconta', { cpf: OPERATOR, senha: 'demonstracao' })
  const later = (minutes: number) => {
    site.clock.now = new Date(site.clock.now.getTime() + minutes * 60_000)
  }
  for (const minutes of [29, 29]) {
    later(minutes)
    expect((await walker.step('/soe/conta')).status).toBe(200)
  }
  later(31)
  expect((await walker.step('/soe/conta')).headers.get('location')).toBe('/soe/entrar?destino=%2Fsoe%2Fconta')
})

test('a session by password alone opens nothing more once a class of the DETRAN-RS was given', async () => {
  await owner(`delete from soe.account_class where account_id = (select id from soe.account where cpf = '93541134780')`)
  const walker = site.walker()
  await walker.post('/soe/entrar?destino=%2Fsoe%2Fconta', { cpf: ANALYST, senha: 'demonstracao' })
  expect((await walker.step('/soe/conta')).status).toBe(200)
  await owner(`insert into soe.account_class (account_id, class, granted_at)
    select id, 901, now() from soe.account where cpf = '93541134780'`)
  expect((await walker.step('/soe/conta')).status).toBe(303)
  expect(await asksToSignIn(walker)).toBe(true)
  const page = await site.signIn(walker, ANALYST)
  expect(textOf(page)).toContain('O seu perfil exige um segundo fator')
})
