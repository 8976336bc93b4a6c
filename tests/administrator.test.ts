// The administrator's pages of SOE/WEB over real HTTP: institutions, their masters, the log of sign-ins, settings. The
// applications have their own file.
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type SignInSite, startSignInSite } from './support/sign-in-site.ts'
import { textOf, type Walker } from './support/walker.ts'

const AT = '/soe/administracao'
const BANK = '11222333000181'
let site: SignInSite
let admin: Walker
beforeAll(async () => {
  site = await startSignInSite()
  admin = await enter('168.995.350-09')
})
afterAll(() => site.close())

async function enter(cpf: string): Promise<Walker> {
  const walker = site.walker()
  await walker.post('/soe/entrar?destino=%2Fsoe%2Fconta', { cpf, senha: 'demonstracao' })
  return walker
}
const owner = async (text: string, values: unknown[] = []) => (await site.database.owner.pool.query(text, values)).rows
const institution = async (cnpj: string) =>
  `${AT}/instituicoes/${(await owner('select id from soe.institution where cnpj = $1', [cnpj]))[0].id}`
const accountId = async (cpf: string) => (await owner('select id from soe.account where cpf = $1', [cpf]))[0].id
const lastAudit = async () =>
  (
    await owner(`select e.event, a.cpf::text as actor, e.facts from soe.audit e left join soe.account a on a.id = e.actor_id
      where e.event not in ('signed-in', 'sign-in-refused') order by e.id desc limit 1`)
  )[0]
const ADMIN = '16899535009'

describe('who may see them', () => {
  const PAGES = ['', '/instituicoes', '/instituicoes/nova', '/instituicoes/1', '/aplicacoes', '/aplicacoes/nova']
  const MORE = ['/aplicacoes/x', '/entradas', '/auditoria', '/ajustes']

  test.each([
    ['an operator', '111.444.777-35'],
    ['a master of a bank', '529.982.247-25'],
    ['an analyst', '935.411.347-80'],
    ['an auditor', '123.456.789-09'],
  ])('%s finds nothing there', async (_who, cpf) => {
    const walker = await enter(cpf)
    for (const path of [...PAGES, ...MORE]) expect((await walker.get(AT + path)).status, path).toBe(404)
    for (const path of ['/instituicoes/nova', '/instituicoes/1/situacao', '/aplicacoes/nova', '/ajustes'])
      expect((await walker.post(AT + path, { situacao: 'suspended' })).status, path).toBe(404)
    expect((await walker.get('/soe/conta')).body).not.toContain(AT)
  })

  test('the administrator finds the way from the own account; whoever is not signed in is asked to', async () => {
    expect((await admin.get('/soe/conta')).body).toContain(`href="${AT}"`)
    expect((await admin.get(AT)).address.pathname).toBe(`${AT}/instituicoes`)
    expect((await site.walker().get(`${AT}/entradas`)).address.pathname).toBe('/soe/entrar')
  })

  test('the class 904 counts to its last day', async () => {
    const id = await accountId(ADMIN)
    const end = (day: string) =>
      owner(`update soe.account_class set ends_on = ${day} where class = 904 and account_id = $1`, [id])
    await end('current_date - 2')
    expect((await admin.get(`${AT}/instituicoes`)).status).toBe(404)
    await end('null')
    expect((await admin.get(`${AT}/instituicoes`)).status).toBe(200)
  })

  test('another site cannot post to them', async () => {
    const foreign = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }
    const page = await admin.step(`${await institution(BANK)}/situacao`, { situacao: 'suspended' }, foreign)
    expect(page.status).toBe(400)
  })

  test.each(['0', '-1', '999999999', '12345678901', 'x', '%00', '1%27'])(
    'institution %s does not exist',
    async (id) => {
      expect((await admin.get(`${AT}/instituicoes/${id}`)).status).toBe(404)
    },
  )
})

describe('institutions', () => {
  const add = (fields: Record<string, string>) =>
    admin.post(`${AT}/instituicoes/nova`, { chave: crypto.randomUUID(), ...fields })

  test.each([
    ['a numeric CNPJ', '00.000.000/0001-91', 'Banco Numérico S.A.', '00000000000191'],
    ['an alphanumeric CNPJ', 'rs.202.6ep/rod1-16', 'Cooperativa 1º de Maio', 'RS2026EPROD116'],
  ])('%s is registered in any spelling', async (_what, cnpj, nome, kept) => {
    const page = await add({ cnpj, nome })
    expect(page.address.pathname).toBe(await institution(kept))
    expect(await lastAudit()).toEqual({
      event: 'institution-added',
      actor: ADMIN,
      facts: { after: { cnpj: kept, name: nome, status: 'active' } },
    })
  })

  test.each([
    [{ cnpj: '', nome: 'Banco' }, 'Informe o CNPJ'],
    [{ cnpj: '11.222.333/0001-80', nome: 'Banco' }, 'dígitos verificadores do CNPJ'],
    [{ cnpj: '12.ABC.345/01DE-3A', nome: 'Banco' }, 'termina em dois números'],
    [{ cnpj: '112223330001', nome: 'Banco' }, 'foram digitados 12'],
    [{ cnpj: '00.000.000/0000-00', nome: 'Banco' }, 'um único caractere repetido'],
    [{ cnpj: 'RS2026EPROD116', nome: '  ' }, 'Informe o nome da instituição'],
    [{ cnpj: 'RS2026EPROD116', nome: '–––' }, 'precisa ter letras ou números'],
    [{ cnpj: 'RS2026EPROD116', nome: 'x'.repeat(201) }, 'no máximo 200'],
  ])('%j is refused with its own sentence, and what was typed stays', async (fields, sentence) => {
    const page = await add(fields)
    expect(page.status).toBe(422)
    expect(textOf(page)).toContain(sentence)
    expect(page.body).toContain(`value="${fields.cnpj || fields.nome}"`)
  })

  test('a CNPJ that is registered is refused with the way to its record', async () => {
    const page = await add({ cnpj: '12.abc.345/01de-35', nome: 'Outra' })
    expect(page.status).toBe(422)
    expect(textOf(page)).toContain('Este CNPJ já está cadastrado')
    expect(page.body).toContain(`href="${await institution('12ABC34501DE35')}"`)
  })

  test('the same form sent twice adds one', async () => {
    const fields = { cnpj: '11.444.777/0001-61', nome: 'Banco Duplo', chave: crypto.randomUUID() }
    const [one, two] = await Promise.all([add(fields), add(fields)])
    expect([one.status, two.status]).toEqual([200, 200])
    expect(one.address.pathname).toBe(two.address.pathname)
    expect(await owner(`select 1 from soe.audit where facts->'after'->>'cnpj' = '11444777000161'`)).toHaveLength(1)
  })

  test('are found by a part of the name, by the beginning of the CNPJ and by their state', async () => {
    const list = async (query: string) => textOf(await admin.get(`${AT}/instituicoes?${query}`))
    expect(await list('q=modelo')).toContain('Financeira Modelo')
    expect(await list('q=modelo')).not.toContain('Banco Exemplo')
    expect(await list('q=12.abc.345')).toContain('Financeira Modelo')
    expect(await list('q=100%25')).toContain('Nenhuma instituição encontrada')
    expect(await list('mostrar=sem-master')).toContain('Cooperativa 1º de Maio')
    expect(await list('mostrar=sem-master')).not.toContain('Banco Exemplo')
    expect(await list('mostrar=suspensas')).toContain('Nenhuma instituição encontrada')
  })

  test('a new name is kept, audited with the old one, and nothing changed leaves no entry', async () => {
    const path = await institution('RS2026EPROD116')
    expect(textOf(await admin.post(`${path}/dados`, { nome: 'Cooperativa de Maio' }))).toContain('O nome foi salvo')
    const entry = await lastAudit()
    expect(entry).toMatchObject({ event: 'institution-renamed', actor: ADMIN })
    expect(entry.facts).toEqual({ before: { name: 'Cooperativa 1º de Maio' }, after: { name: 'Cooperativa de Maio' } })
    const count = async () => (await owner('select count(*)::int as n from soe.audit'))[0].n
    const before = await count()
    await admin.post(`${path}/dados`, { nome: 'Cooperativa de Maio ' })
    expect(await count()).toBe(before)
    expect((await admin.post(`${path}/dados`, { nome: '' })).status).toBe(422)
  })

  test('a suspended one loses what its people have open within five seconds, and nobody enters until it is active', async () => {
    const walker = site.walker()
    await site.signIn(walker, '714.602.380-01')
    const isIn = async () => (await walker.step('/')).status === 200
    expect(await isIn()).toBe(true)
    const path = await institution('12ABC34501DE35')
    await admin.post(`${path}/situacao`, { situacao: 'suspended' })
    await vi.waitFor(async () => expect(await isIn()).toBe(false), { timeout: 5000, interval: 50 })
    expect(await lastAudit()).toMatchObject({
      event: 'institution-status',
      facts: { before: { status: 'active' }, after: { status: 'suspended' } },
    })
    expect((await site.signIn(site.walker(), '714.602.380-01')).status).toBe(403)
    await admin.post(`${path}/situacao`, { situacao: 'active' })
    expect((await site.signIn(site.walker(), '714.602.380-01')).status).toBe(200)
  })

  test('the one that runs SOE/WEB is not suspended: nobody could make it active again', async () => {
    const page = await admin.post(`${await institution('03847655000198')}/situacao`, { situacao: 'suspended' })
    expect(page.status).toBe(422)
    expect(textOf(page)).toContain('ninguém poderia reativá-la')
  })
})

describe('masters', () => {
  const name = async (cnpj: string, fields: Record<string, string>) =>
    admin.post(`${await institution(cnpj)}/masters`, { chave: crypto.randomUUID(), ...fields })
  const isMaster = async (cpf: string) =>
    (await owner('select master from soe.account where cpf = $1', [cpf]))[0].master

  test('a newcomer is invited, sets a password by the link and manages the institution', async () => {
    const fields = { cpf: '987.654.321-00', 'nome-master': 'Joana Prado', email: 'joana.prado@example.com' }
    expect(textOf(await name('RS2026EPROD116', fields))).toContain('convite ao novo usuário master foi enviado')
    expect(await lastAudit()).toMatchObject({ event: 'account-invited', facts: { after: { master: true } } })
    const [letter] = await owner('select text_part from mail.letter order by id desc limit 1')
    const link = /\/soe\/convite\/[\w-]{43}/.exec(letter.text_part)![0]
    const joana = site.walker()
    await joana.post(link, { nova: 'girafa azul come trevo' })
    await joana.post('/soe/entrar', { cpf: fields.cpf, senha: 'girafa azul come trevo' })
    expect(textOf(await joana.get('/soe/operadores'))).toContain('Cooperativa de Maio: quem entra')
  })

  test('an operator of the institution is named by the CPF alone, and taken back; both are audited', async () => {
    expect(textOf(await name(BANK, { cpf: '111.444.777-35' }))).toContain('é usuário master da instituição')
    expect(await isMaster('11144477735')).toBe(true)
    expect(await lastAudit()).toMatchObject({
      event: 'master-named',
      facts: { before: { master: false }, after: { master: true } },
    })
    const path = `${await institution(BANK)}/masters/${await accountId('11144477735')}`
    expect(textOf(await admin.post(`${path}/retirada`))).toContain('deixou de ser usuário master')
    expect(await isMaster('11144477735')).toBe(false)
    expect(await lastAudit()).toMatchObject({ event: 'master-withdrawn', actor: ADMIN })
  })

  test('the last master who can sign in stays', async () => {
    const page = await admin.post(`${await institution(BANK)}/masters/${await accountId('52998224725')}/retirada`)
    expect(page.status).toBe(422)
    expect(textOf(page)).toContain('último usuário master')
    expect(await isMaster('52998224725')).toBe(true)
  })

  test.each([
    ['no CPF', { cpf: '' }, 'Informe o CPF da pessoa'],
    ['wrong check digits', { cpf: '111.444.777-34' }, 'dígitos verificadores do CPF'],
    ['a CPF of another institution', { cpf: '714.602.380-01' }, 'tem cadastro em outra instituição'],
    ['a newcomer without a name', { cpf: '295.379.955-93', email: 'a@example.com' }, 'Informe o nome.'],
    ['a newcomer without an e-mail', { cpf: '295.379.955-93', 'nome-master': 'Ana Luz' }, 'Informe o e-mail'],
  ])('%s is refused with its own sentence at the field', async (_what, fields, sentence) => {
    const page = await name(BANK, fields)
    expect(page.status).toBe(422)
    expect(textOf(page)).toContain(sentence)
    expect(page.body).toContain('aria-invalid="true"')
  })

  test('somebody who is blocked is not named', async () => {
    await owner(`update soe.account set status = 'blocked' where cpf = '39053344705'`)
    expect(textOf(await name(BANK, { cpf: '390.533.447-05' }))).toContain('está bloqueado na instituição')
    await owner(`update soe.account set status = 'active' where cpf = '39053344705'`)
  })

  test('is sent another link, and is found on the page of its own institution alone', async () => {
    const id = await accountId('52998224725')
    expect(textOf(await admin.post(`${await institution(BANK)}/masters/${id}/link`))).toContain('O link foi enviado')
    expect((await admin.post(`${await institution('12ABC34501DE35')}/masters/${id}/link`)).status).toBe(404)
    expect((await admin.post(`${await institution(BANK)}/masters/${'0'.repeat(36)}/link`)).status).toBe(404)
  })
})

describe('settings and audit', () => {
  test('how often classes are confirmed counts for every master, and the change is audited', async () => {
    await admin.post(`${AT}/ajustes`, { meses: '6' })
    const master = await enter('529.982.247-25')
    expect(textOf(await master.get('/soe/confirmacao'))).toContain('A cada 6 meses')
    expect(await lastAudit()).toMatchObject({
      event: 'setting-changed',
      facts: { before: { months: 12 }, after: { months: 6 } },
    })
  })

  test.each(['', '-1', '61', '1.5', 'doze', '٣'])('%j months are refused', async (meses) => {
    const page = await admin.post(`${AT}/ajustes`, { meses })
    expect(page.status).toBe(422)
    expect(textOf(page)).toContain('de 0 a 60')
  })

  test('the audit tells every change of every institution, and no sign-in', async () => {
    const text = textOf(await admin.get(`${AT}/auditoria`))
    expect(text).toContain('Instituição cadastrada')
    expect(text).toContain('meses entre confirmações: 12 → 6')
    expect(text).toContain('Joana Prado · Cooperativa de Maio')
    expect(text).not.toContain('Entrou')
  })

  test('an institution’s own audit names nobody of the administration', async () => {
    const text = textOf(await (await enter('529.982.247-25')).get('/soe/auditoria'))
    expect(text).toContain('Administração do SOE/WEB')
    expect(text).not.toContain('Marcelo')
  })
})
