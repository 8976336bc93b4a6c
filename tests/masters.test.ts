// The master's pages of SOE/WEB over real HTTP: classes to oneself, an invitation up to the first entry, and what is refused.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type SignInSite, startSignInSite } from './support/sign-in-site.ts'
import { textOf, type Walker } from './support/walker.ts'

let site: SignInSite
let master: Walker
beforeAll(async () => {
  site = await startSignInSite()
  master = await enter('529.982.247-25')
})
afterAll(() => site.close())

async function enter(cpf: string): Promise<Walker> {
  const walker = site.walker()
  await walker.get('/soe/operadores')
  await walker.post('/soe/entrar?destino=%2Fsoe%2Foperadores', { cpf, senha: 'demonstracao' })
  return walker
}
const idOf = async (cpf: string) =>
  (await site.database.owner.pool.query('select id from soe.account where cpf = $1', [cpf])).rows[0].id as string

test('a master without classes gives them to itself and enters EPROD', async () => {
  const own = (await master.get('/soe/operadores/eu')).address.pathname
  for (const classe of ['122', '151'])
    expect((await master.post(`${own}/classes`, { classe, ate: '' })).status).toBe(200)
  expect((await master.post('/entrar')).body).toContain('in: Helena Prates Vidal institution 122,151')
})

test('an invited operator sets its password by the link, once, and enters', async () => {
  const page = await master.post('/soe/operadores/novo', {
    cpf: '987.654.321-00',
    nome: 'Joana Prado',
    email: 'joana.prado@example.com',
    classes: '122',
    chave: 'b2f2b8ea-52a1-4c0e-9a52-0d1de1f0a001',
  })
  expect(textOf(page)).toContain('o convite foi enviado por e-mail')
  const { rows } = await site.database.owner.pool.query('select text_part from mail.letter')
  const link = /\/soe\/convite\/[\w-]{43}/.exec(rows[0].text_part)![0]
  const joana = site.walker()
  expect(textOf(await joana.get(link))).toContain('Joana Prado')
  expect((await joana.post(link, { nova: 'curta' })).status).toBe(422)
  expect((await joana.post(link, { nova: 'girafa azul come trevo' })).status).toBe(200)
  const again = await joana.post(link, { nova: 'girafa verde come trevo' })
  expect(again.status).toBe(410)
  expect(textOf(again)).toContain('já foi usado')
  const entered = await site.signIn(joana, '987.654.321-00', 'girafa azul come trevo')
  expect(entered.body).toContain('in: Joana Prado institution 122')
})

test.each([
  ['invalid check digits', '111.444.777-34', /d.gito/i],
  ['a CPF of the own institution', '111.444.777-35', /já está cadastrado na sua instituição/],
  ['a CPF of another institution', '714.602.380-01', /outra instituição/],
])('%s are refused with their own sentence, and what was typed stays', async (_what, cpf, sentence) => {
  const page = await master.post('/soe/operadores/novo', { cpf, nome: 'Fulano Silva', email: 'f@example.com' })
  expect(page.status).toBe(422)
  expect(textOf(page)).toMatch(sentence)
  expect(page.body).toContain('value="Fulano Silva"')
})

test('another institution’s operator is not found on any page or post', async () => {
  const path = `/soe/operadores/${await idOf('71460238001')}`
  expect((await master.get(path)).status).toBe(404)
  for (const post of ['dados', 'classes', 'classes/retirada', 'bloqueio', 'reativacao', 'link']) {
    const fields = { nome: 'X Y', email: 'x@example.com', classe: '122', ate: '' }
    expect((await master.post(`${path}/${post}`, fields)).status, post).toBe(404)
  }
})

test('nobody but a master has these pages, and another site cannot post to them', async () => {
  const operator = await enter('111.444.777-35')
  for (const path of ['/soe/operadores', '/soe/confirmacao', '/soe/auditoria'])
    expect((await operator.get(path)).status, path).toBe(403)
  const foreign = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }
  const path = `/soe/operadores/${await idOf('11144477735')}/bloqueio`
  expect((await master.step(path, {}, foreign)).status).toBe(400)
})

test('a class with an end in the past is refused; after its last day it does not count', async () => {
  const path = `/soe/operadores/${await idOf('39053344705')}/classes`
  expect((await master.post(path, { classe: '122', ate: '2020-01-01' })).status).toBe(422)
  const day = new Date(site.clock.now.getTime() - 3 * 3_600_000).toISOString().slice(0, 10)
  expect((await master.post(path, { classe: '122', ate: day.split('-').reverse().join('/') })).status).toBe(200)
  const otavio = site.walker()
  expect((await site.signIn(otavio, '390.533.447-05')).body).toContain('in: Otávio')
  site.clock.now = new Date(site.clock.now.getTime() + 25 * 3_600_000)
  expect((await site.signIn(site.walker(), '390.533.447-05')).status).toBe(403)
})

test('a year later the classes are to be confirmed or dropped, and the audit tells what was done', async () => {
  site.clock.now = new Date(site.clock.now.getTime() + 366 * 86_400_000)
  master = await enter('529.982.247-25')
  const mariana = await idOf('11144477735')
  const answer = (number: number) => `resposta.${mariana}.${number}`
  expect((await master.get('/soe/operadores')).body).toContain('esperam a confirmação periódica')
  expect((await master.get('/soe/confirmacao')).body).toContain(answer(122))
  await master.post('/soe/confirmacao', { [answer(122)]: 'manter' })
  expect((await master.get('/soe/confirmacao')).body).not.toContain(answer(122))
  const none = await master.post('/soe/confirmacao', { [answer(151)]: '' })
  expect([none.status, textOf(none).includes('Responda sobre ao menos uma classe')]).toEqual([422, true])
  await master.post('/soe/confirmacao', { [answer(151)]: 'retirar' })
  const audit = textOf(await master.get('/soe/auditoria'))
  expect(audit).toContain('Classe confirmada')
  expect(audit).toContain('Classe retirada')
  const hers = textOf(await master.get(`/soe/auditoria?pessoa=${mariana}`))
  expect(hers).toContain('cadastro de Mariana Duarte Reis')
  expect(hers).not.toContain('Joana Prado')
  expect((await master.get(`/soe/auditoria?pessoa=${await idOf('71460238001')}`)).status).toBe(404)
})

test('the master of a suspended institution is told who can mend it', async () => {
  const change = (status: string) =>
    site.database.owner.pool.query(`update soe.institution set status = $1 where cnpj = '11222333000181'`, [status])
  await change('suspended')
  const page = await master.get('/soe/operadores')
  expect(page.status).toBe(403)
  expect(textOf(page)).toContain('Quem resolve é o DETRAN-RS')
  await change('active')
})
