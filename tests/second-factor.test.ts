// SOE/WEB beyond the password: second factors that are demanded, used once and lost, own sessions, keys.
import { TOTP } from 'otpauth'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { cookieKeys, signingKeys } from '#soe/provider/keys.ts'
import { connectSoe } from '#soe/tables.ts'
import { type SignInSite, startSignInSite } from './support/sign-in-site.ts'
import { type Page, textOf, type Walker } from './support/walker.ts'

const OPERATOR = '111.444.777-35'
const ANALYST = '935.411.347-80'
const PASSWORD = 'demonstracao'
const WITHIN = { timeout: 5000, interval: 50 }
let site: SignInSite
beforeAll(async () => {
  site = await startSignInSite({ secondFactor: 'staff' })
})
afterEach(() => {
  site.clock.now = new Date()
})
afterAll(() => site.close())

const owner = async (text: string) => (await site.database.owner.pool.query(text)).rows
const later = (seconds: number) => {
  site.clock.now = new Date(site.clock.now.getTime() + seconds * 1000)
}
const hidden = (page: Page, name: string) => new RegExp(`name="${name}" value="([^"]+)"`).exec(page.body)?.[1] ?? ''
const actionOf = (page: Page, part: string) => new RegExp(`action="([^"]*${part}[^"]*)"`).exec(page.body)?.[1] ?? ''
const secretOn = (page: Page) => (/<code class="code">([A-Z2-7 ]+)</.exec(page.body)?.[1] ?? '').replaceAll(' ', '')
const codesOn = (page: Page) =>
  [...page.body.matchAll(/<code class="code">([a-z0-9-]{14})</g)].map((match) => match[1] ?? '')
const codeOf = (secret: string) => new TOTP({ secret }).generate({ timestamp: site.clock.now.getTime() })

/** Signs in at SOE/WEB itself. */
async function atSoe(cpf: string, senha = PASSWORD): Promise<{ walker: Walker; page: Page }> {
  const walker = site.walker()
  return { walker, page: await walker.post('/soe/entrar?destino=%2Fsoe%2Fconta', { cpf, senha }) }
}
async function setUp(walker: Walker): Promise<{ secret: string; codes: string[] }> {
  const page = await walker.post('/soe/conta/codigos', { atual: PASSWORD })
  const secret = secretOn(page)
  const done = await walker.post('/soe/conta/codigos/confirmar', {
    andamento: hidden(page, 'andamento'),
    codigo: codeOf(secret),
  })
  return { secret, codes: codesOn(done) }
}

describe('a second factor', () => {
  test('is demanded of the DETRAN-RS: without one it is set up before anything else opens', async () => {
    const walker = site.walker()
    const page = await site.signIn(walker, ANALYST)
    expect(textOf(page)).toContain('O seu perfil exige um segundo fator')
    expect((await walker.step('/')).status).toBe(303)
    const secret = secretOn(page)
    const wrong = await walker.post(actionOf(page, 'cadastro'), {
      andamento: hidden(page, 'andamento'),
      codigo: '000000',
    })
    expect(wrong.status).toBe(422)
    const codes = await walker.post(actionOf(wrong, 'cadastro'), {
      andamento: hidden(wrong, 'andamento'),
      codigo: codeOf(secret),
    })
    expect(codesOn(codes)).toHaveLength(10)
    const home = await walker.post(actionOf(codes, 'concluir'), { andamento: hidden(codes, 'andamento') })
    expect(home.body).toMatch(/^in: Lúcia/)
    later(60)
    const again = site.walker()
    const asked = await site.signIn(again, ANALYST)
    expect(textOf(asked)).toContain('Digite o código de seis dígitos')
    const inside = await again.post(actionOf(asked, 'segundo'), {
      andamento: hidden(asked, 'andamento'),
      codigo: codeOf(secret),
    })
    expect(inside.body).toMatch(/^in: Lúcia/)
  })

  test('is not demanded of an institution', async () => {
    expect((await site.signIn(site.walker(), OPERATOR)).body).toMatch(/^in: Mariana/)
  })

  test('counts once: neither a one-time code nor a recovery code enters twice, and a wrong one is told as such', async () => {
    const { secret, codes } = await setUp((await atSoe('714.602.380-01')).walker)
    later(60)
    const enter = async (codigo: string) => {
      const { walker, page } = await atSoe('714.602.380-01')
      return await walker.post(actionOf(page, 'segundo'), { andamento: hidden(page, 'andamento'), codigo })
    }
    const code = codeOf(secret)
    expect((await enter(code)).address.pathname).toBe('/soe/conta')
    const twice = await enter(code)
    expect(twice.status).toBe(422)
    expect(textOf(twice)).toContain('O código não confere, venceu ou já foi usado')
    const [one = ''] = codes
    expect((await enter(one.toUpperCase().replaceAll('-', ' '))).address.pathname).toBe('/soe/conta')
    expect((await enter(one)).status).toBe(422)
    expect((await enter('')).status).toBe(422)
  })

  test('cannot be guessed: after ten tries one waits, also with the right code', async () => {
    const { secret } = await setUp((await atSoe('153.509.460-56')).walker)
    later(60)
    const { walker, page } = await atSoe('153.509.460-56')
    let last = page
    for (let at = 0; at < 11; at += 1) {
      const fields = { andamento: hidden(last, 'andamento'), codigo: '000000' }
      last = await walker.post(actionOf(last, 'segundo'), fields)
    }
    const right = await walker.post(actionOf(last, 'segundo'), {
      andamento: hidden(last, 'andamento'),
      codigo: codeOf(secret),
    })
    expect(textOf(right)).toContain('Houve tentativas demais')
  })

  test('is not left out by altering, exchanging or keeping what the page carries', async () => {
    const { walker, page } = await atSoe(ANALYST)
    const to = actionOf(page, 'segundo')
    const sealed = hidden(page, 'andamento')
    // Its first character: some bits of the last mean nothing.
    for (const andamento of ['', `${sealed[0] === 'x' ? 'y' : 'x'}${sealed.slice(1)}`]) {
      expect((await walker.post(to, { andamento, codigo: '000000' })).status).toBe(400)
      expect((await walker.post(to.replace('segundo', 'concluir'), { andamento })).status).toBe(400)
    }
    expect((await walker.post(to.replace('segundo', 'concluir'), { andamento: sealed })).status).toBe(400)
    later(16 * 60)
    expect((await walker.post(to, { andamento: sealed, codigo: '000000' })).status).toBe(400)
  })

  test('ends, set up or not, once its account is blocked or has another password, and fifteen minutes after the password', async () => {
    const [STAFF, cpf] = ['248.438.034-80', '24843803480']
    const waiting = async () => {
      const { walker, page } = await atSoe(STAFF)
      const to = actionOf(page, 'cadastro')
      return async (from = page, codigo = codeOf(secretOn(page))) =>
        await walker.post(to, { andamento: hidden(from, 'andamento'), codigo })
    }
    const [blocked, changed, slow] = [await waiting(), await waiting(), await waiting()]
    await owner(`update soe.account set status = 'blocked' where cpf = '${cpf}'`)
    expect((await blocked()).status).toBe(400)
    await owner(`update soe.account set status = 'active' where cpf = '${cpf}'`)
    const [{ password_hash: hash }] = await owner(`select password_hash from soe.account where cpf = '${cpf}'`)
    await owner(`update soe.account set password_hash = replace(password_hash, 'm=', 'm=1') where cpf = '${cpf}'`)
    expect((await changed()).status).toBe(400)
    await owner(`update soe.account set password_hash = '${hash}' where cpf = '${cpf}'`)
    later(10 * 60)
    const wrong = await slow(undefined, '000000')
    expect(wrong.status).toBe(422)
    later(6 * 60)
    expect((await slow(wrong)).status).toBe(400)
    expect(
      await owner(`select 1 from soe.totp t join soe.account a on a.id = t.account_id where a.cpf = '${cpf}'`),
    ).toEqual([])
  })

  test('setting one up cannot be guessed either', async () => {
    const { walker, page } = await atSoe('248.438.034-80')
    let last = page
    for (let at = 0; at < 11; at += 1)
      last = await walker.post(actionOf(page, 'cadastro'), { andamento: hidden(last, 'andamento'), codigo: '000000' })
    expect(textOf(last)).toContain('Houve tentativas demais')
  })

  test('is kept sealed, recovery codes as hashes, and neither stands in the audit', async () => {
    const { secret, codes } = await setUp((await atSoe('529.982.247-25')).walker)
    const kept = JSON.stringify([
      await owner('select sealed_secret from soe.totp'),
      await owner('select code_hash from soe.recovery_code'),
      await owner('select * from soe.audit'),
    ])
    for (const text of [secret, ...codes]) expect(kept).not.toContain(text)
  })

  test('is changed only with the password', async () => {
    const { walker } = await atSoe('862.883.667-57')
    const page = await walker.post('/soe/conta/codigos', { atual: 'wrong password' })
    expect(page.status).toBe(422)
    expect(textOf(page)).toContain('A senha atual não confere')
  })
})

describe('the own account', () => {
  test('asks to sign in, and leads back', async () => {
    const page = await site.walker().get('/soe/conta')
    expect(page.address.pathname + page.address.search).toBe('/soe/entrar?destino=%2Fsoe%2Fconta')
  })

  test.each(['//evil.example', 'https://evil.example', '/entrar', '/soe//evil', '/soe/entrar'])(
    'never leads to %s',
    async (to) => {
      const walker = site.walker()
      const page = await walker.post(`/soe/entrar?destino=${encodeURIComponent(to)}`, {
        cpf: OPERATOR,
        senha: PASSWORD,
      })
      expect(page.address.href).toBe(`${site.url}/soe/conta`)
    },
  )

  test('lists the open sessions and ends the others: they are out at SOE/WEB and at EPROD', async () => {
    const far = site.walker()
    await site.signIn(far, '862.883.667-57')
    const { walker } = await atSoe('862.883.667-57')
    expect(textOf(await walker.get('/soe/conta'))).toContain('Encerrar as outras sessões')
    const page = await walker.post('/soe/conta/sessoes')
    expect(textOf(page)).toContain('Esta é a única')
    expect((await far.get('/soe/conta')).address.pathname).toBe('/soe/entrar')
    await vi.waitFor(async () => expect((await far.step('/')).status).toBe(303), WITHIN)
  })

  test('ends the others however many they are', async () => {
    const far = (await atSoe('862.883.667-57')).walker
    const { walker } = await atSoe('862.883.667-57')
    await owner(`with one as (select s.* from soe.session s join soe.account a on a.id = s.account_id
                               where a.cpf = '86288366757' and s.ended_at is null order by started_at desc limit 1),
      copies as (insert into soe.session (uid, account_id, address, agent, methods, started_at, seen_at)
        select 'copy-' || n, account_id, address, agent, methods, started_at, seen_at + interval '1 second'
          from one, generate_series(1, 60) n returning uid)
      insert into soe.provider_state (model, id, payload, uid, expires_at)
        select 'Session', uid, '{}', uid, now() + interval '1 hour' from copies`)
    await walker.post('/soe/conta/sessoes')
    expect((await far.get('/soe/conta')).address.pathname).toBe('/soe/entrar')
    expect((await walker.get('/soe/conta')).address.pathname).toBe('/soe/conta')
  })

  test.each([
    ['curta', 'menos de 12 caracteres'],
    ['123456789012', 'comum ou fácil de adivinhar'],
    ['corinthians2026', 'comum ou fácil de adivinhar'],
    ['Senha@123456', 'comum ou fácil de adivinhar'],
    ['Mudar@123456', 'comum ou fácil de adivinhar'],
    ['otavio lemos bastos', 'comum ou fácil de adivinhar'],
    [PASSWORD, 'igual à atual'],
  ])('refuses %j as a new password', async (nova, sentence) => {
    const { walker } = await atSoe('390.533.447-05')
    const page = await walker.post('/soe/conta/senha', { atual: PASSWORD, nova })
    expect(page.status).toBe(422)
    expect(textOf(page)).toContain(sentence)
    expect(page.body).not.toContain(`value="${nova}"`)
  })
})

describe('keys', () => {
  const DAY = 86_400_000
  const START = new Date('2027-01-01T00:00:00Z')
  const at = (days: number) => new Date(START.getTime() + days * DAY)

  test('follow one another: published a day before they sign, and for a week after', async () => {
    const soe = connectSoe(site.database.urls.soe, 1)
    await owner('delete from soe.signing_key')
    const sealing = Buffer.alloc(32, 9)
    const kids = async (days: number) => (await signingKeys(soe.db, sealing, at(days))).map((key) => key.kid)
    const [first] = await kids(0)
    expect(await kids(89)).toEqual([first])
    const [signs, next] = await kids(90)
    expect(signs).toBe(first)
    expect(await kids(91)).toEqual([next, first])
    expect(await kids(97)).toEqual([next, first])
    expect(await kids(99)).toEqual([next])
    await soe.close()
  })

  test('of cookies change with the month, and those of last month still count', () => {
    const secret = Buffer.alloc(32, 3)
    const [now, last] = cookieKeys(secret, at(0))
    expect(cookieKeys(secret, at(30))).toEqual([expect.not.stringContaining(now ?? ''), now])
    expect(last).not.toBe(now)
  })
})
