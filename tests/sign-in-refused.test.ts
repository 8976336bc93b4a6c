// Refused entries of guide step 1, each with its sentence, and the way out again, over real HTTP and a real database.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { SESSION_COOKIE } from '#identity/visit.ts'
import { type SignInSite, startSignInSite } from './support/sign-in-site.ts'
import { textOf } from './support/walker.ts'

const OPERATOR = '111.444.777-35'
let site: SignInSite
beforeAll(async () => {
  site = await startSignInSite()
})
afterAll(() => site.close())

const sessions = async () => (await site.database.owner.pool.query('select * from eprod.session order by id')).rows

describe('refused entries (guide, step 1)', () => {
  const enter = async (cpf: string) => {
    const walker = site.walker()
    return { walker, page: await site.signIn(walker, cpf) }
  }

  test('a master without classes learns that it can give them to itself', async () => {
    const { page, walker } = await enter('529.982.247-25')
    expect(page.status).toBe(403)
    expect(textOf(page)).toContain('Falta a classe 122 (SNG: CONSULTAS RECONET)')
    expect(textOf(page)).toContain('pode atribuir as classes ao seu próprio perfil')
    expect(walker.cookie(SESSION_COOKIE)).toBeUndefined()
    const [, address = ''] = /href="([^"]+)">Atribuir as classes no SOE\/WEB/.exec(page.body) ?? []
    expect(textOf(await walker.get(address))).toContain('SNG: CONSULTAS RECONET')
  })

  test('an operator without classes learns which is missing and the name of who can mend it', async () => {
    const { page } = await enter('390.533.447-05')
    expect(page.status).toBe(403)
    expect(textOf(page)).toContain('Falta a classe 122')
    expect(textOf(page)).toContain('Helena Prates Vidal (usuário master da sua instituição)')
  })

  test('class 122 alone enters for reading', async () => {
    expect((await enter('862.883.667-57')).page.body).toBe('in: Cecília Nunes Torres institution 122')
  })

  test('class 151 without 122 does not enter', async () => {
    const { pool } = site.database.owner
    const set = `where account_id = (select id from soe.account where cpf = '71460238001') and class = 122`
    await pool.query(`delete from soe.account_class ${set}`)
    const { page } = await enter('714.602.380-01')
    expect(page.status).toBe(403)
    expect(textOf(page)).toContain('Você tem a classe 151')
    expect(textOf(page)).toContain('Rogério Antunes Sá')
    await pool.query(`insert into soe.account_class select id, 122, now() from soe.account where cpf = '71460238001'`)
  })

  test('a suspended institution does not enter', async () => {
    const { pool } = site.database.owner
    await pool.query(`update soe.institution set status = 'suspended' where cnpj = '12ABC34501DE35'`)
    const { page } = await enter('714.602.380-01')
    expect(page.status).toBe(403)
    expect(textOf(page)).toContain('Sua instituição está suspensa')
    expect(textOf(page)).toContain('reconet@detran.rs.gov.br')
    await pool.query(`update soe.institution set status = 'active' where cnpj = '12ABC34501DE35'`)
  })

  test('a class of the DETRAN helps nobody of an institution', async () => {
    const { pool } = site.database.owner
    // Another provider may not guard this as SOE/WEB's own database does.
    await pool.query('alter table soe.account_class disable trigger guard_class')
    await pool.query(`insert into soe.account_class select id, 904, now() from soe.account where cpf = '39053344705'`)
    expect((await enter('390.533.447-05')).page.status).toBe(403)
    await pool.query(
      `delete from soe.account_class where class = 904 and account_id = (select id from soe.account where cpf = '39053344705')`,
    )
    await pool.query('alter table soe.account_class enable trigger guard_class')
  })

  test('who was refused, when and why stands in the journal, the CPF masked where it is shown', async () => {
    const { rows } = await site.database.owner.pool.query(`
      select e.public_part, e.private_part, i.name, p.name as person, e.staff_only from eprod.journal_entry e
        left join eprod.institution i on i.id = e.institution_id left join eprod.person p on p.id = e.actor_id
       where e.event = 'entry-refused' order by e.id`)
    expect(rows.map(({ public_part: { why, cpf }, person }) => [why, cpf, person])).toEqual([
      ['no-classes', '***.982.247-**', null],
      ['no-classes', '***.533.447-**', null],
      ['include-without-consult', '***.602.380-**', null],
      ['institution-suspended', '***.602.380-**', null],
      ['no-classes', '***.533.447-**', null],
    ])
    expect(rows[0]).toMatchObject({ private_part: { cpf: '52998224725' }, staff_only: true })
    // The bank is known since somebody of it has entered.
    expect([rows[0].name, rows[4].name]).toEqual([null, 'Banco Exemplo S.A.'])
  })

  test.each([
    ['153.509.460-56', 'institution 122,151'],
    ['714.602.380-01', 'institution 122,151'],
    ['248.438.034-80', 'staff 901'],
    ['853.513.468-93', 'staff 902,903'],
    ['168.995.350-09', 'staff 904'],
    ['123.456.789-09', 'staff 905'],
  ])('%s enters as %s', async (cpf, as) => {
    expect((await enter(cpf)).page.body).toContain(as)
  })

  test('after a refusal one can enter with another account', async () => {
    const { walker } = await enter('390.533.447-05')
    const out = await walker.post('/sair')
    expect(out.address.href).toBe(`${site.url}/entrar?feito=saiu`)
    expect((await site.signIn(walker, OPERATOR)).body).toMatch(/^in: Mariana/)
  })
})

describe('the way out', () => {
  test('leaving ends both sessions and returns to the entry page', async () => {
    const walker = site.walker()
    await site.signIn(walker, OPERATOR)
    const out = await walker.post('/sair')
    expect(out.address.href).toBe(`${site.url}/entrar?feito=saiu`)
    expect(textOf(out)).toContain('Você saiu do EPROD e do SOE/WEB')
    expect(walker.cookie(SESSION_COOKIE)).toBeUndefined()
    expect((await sessions()).at(-1)!.ended_at).not.toBeNull()
    expect((await walker.post('/entrar')).address.pathname).toMatch(/^\/soe\/entrar\//)
  })

  test('leaving without a session, or twice, ends at the entry page as well', async () => {
    expect((await site.walker().post('/sair')).address.href).toBe(`${site.url}/entrar?feito=saiu`)
  })

  test('without proof SOE/WEB asks before it ends a session, with a page of ours', async () => {
    const walker = site.walker()
    await site.signIn(walker, OPERATOR)
    const page = await walker.get('/soe/session/end')
    expect(textOf(page)).toContain('Você quer encerrar a sua sessão')
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(page.body)![1]!
    const done = await walker.post('/soe/session/end/confirm', { xsrf, logout: 'yes' })
    expect(textOf(done)).toContain('Você saiu do SOE/WEB')
    expect(page.body + done.body).not.toMatch(/<script>|<style|Submitting/)
  })

  test('leaving takes back what was granted: nothing of the session is left at SOE/WEB', async () => {
    const walker = site.walker()
    await site.signIn(walker, OPERATOR)
    const count = async () =>
      Number(
        (
          await site.database.owner.pool.query(
            `select count(*) from soe.provider_state where model in ('Session', 'Grant', 'AccessToken')`,
          )
        ).rows[0].count,
      )
    const before = await count()
    await walker.post('/sair')
    expect(await count()).toBe(before - 3)
  })
})
