// A password that was forgotten: the link, what it ends, and whom it is worth nothing to.
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type SignInSite, startSignInSite } from './support/sign-in-site.ts'
import { type Page, textOf, type Walker } from './support/walker.ts'

const PASSWORD = 'demonstracao'
const WITHIN = { timeout: 5000, interval: 50 }
let site: SignInSite
beforeAll(async () => {
  site = await startSignInSite()
})
afterAll(() => site.close())

const owner = async (text: string) => (await site.database.owner.pool.query(text)).rows

/** Signs in at SOE/WEB itself. */
async function atSoe(cpf: string, senha = PASSWORD): Promise<{ walker: Walker; page: Page }> {
  const walker = site.walker()
  return { walker, page: await walker.post('/soe/entrar?destino=%2Fsoe%2Fconta', { cpf, senha }) }
}

describe('a forgotten password', () => {
  const letters = () => owner(`select recipient, text_part from mail.letter order by id`)
  const ask = (cpf: string) => site.walker().post('/soe/senha', { cpf })

  test('is asked for with the same answer whether the CPF has an account or not', async () => {
    const [known, unknown] = [await ask('390.533.447-05'), await ask('987.654.321-00')]
    expect(unknown.body.replaceAll(/\s/g, '')).toBe(known.body.replaceAll(/\s/g, ''))
    expect(textOf(known)).toContain('Se o CPF tem conta ativa')
    await vi.waitFor(async () => expect(await letters()).toHaveLength(1), WITHIN)
  })

  test('is replaced through the link, once; what was open ends; the password of before is worth nothing', async () => {
    const open = (await atSoe('390.533.447-05')).walker
    const before = (await letters()).length
    await ask('390.533.447-05')
    await vi.waitFor(async () => expect(await letters()).toHaveLength(before + 1), WITHIN)
    const link = /https?:\/\/\S+\/soe\/senha\/[\w-]+/.exec((await letters()).at(-1).text_part)?.[0] ?? ''
    const walker = site.walker()
    expect(textOf(await walker.get(link))).toContain('Criar outra senha')
    const weak = await walker.post(link, { nova: 'senhasenhasenha' })
    expect(textOf(weak)).toContain('comum ou fácil de adivinhar')
    const nova = 'jabuti atravessa a ponte devagar'
    expect(textOf(await walker.post(link, { nova }))).toContain('Senha guardada')
    expect((await walker.post(link, { nova: `${nova} outra vez` })).status).toBe(410)
    expect((await walker.get(link)).status).toBe(410)
    expect((await open.get('/soe/conta')).address.pathname).toBe('/soe/entrar')
    expect((await atSoe('390.533.447-05')).page.status).toBe(422)
    expect((await atSoe('390.533.447-05', nova)).page.address.pathname).toBe('/soe/conta')
  })

  test('is not replaced by the link of an account that is blocked, nor once it is back', async () => {
    await ask('714.602.380-01')
    const hers = async () => (await letters()).filter(({ recipient }) => recipient === 'patricia.leal@example.com')
    await vi.waitFor(async () => expect(await hers()).toHaveLength(1), WITHIN)
    const link = /https?:\/\/\S+\/soe\/senha\/[\w-]+/.exec((await hers())[0].text_part)?.[0] ?? ''
    expect((await site.walker().get(link)).status).toBe(200)
    const { walker: master } = await atSoe('153.509.460-56')
    const [{ id }] = await owner(`select id from soe.account where cpf = '71460238001'`)
    await master.post(`/soe/operadores/${id}/bloqueio`)
    expect((await site.walker().get(link)).status).toBe(410)
    expect((await site.walker().post(link, { nova: 'jabuti atravessa a ponte' })).status).toBe(410)
    await master.post(`/soe/operadores/${id}/reativacao`)
    expect((await site.walker().get(link)).status).toBe(410)
  })

  test('cannot be used to flood a mailbox', async () => {
    const pages: Page[] = []
    for (let at = 0; at < 12; at += 1) pages.push(await ask('123.456.789-09'))
    expect(pages.at(-1)?.status).toBe(429)
  })
})
