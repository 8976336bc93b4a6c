// Forged, replayed and broken answers of the provider: none opens a session.
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

describe('forged, replayed and broken answers', () => {
  /** Runs the sign-in up to the answer, without redeeming it. `bend` changes the request that SOE/WEB receives. */
  async function upToAnswer(bend: (address: URL) => void = () => {}) {
    const walker = site.walker()
    const start = await walker.step('/entrar', {})
    const request = new URL(start.headers.get('location')!)
    bend(request)
    const page = await walker.get(request.href)
    const posted = await walker.step(page.address.pathname, { cpf: OPERATOR, senha: 'demonstracao' })
    const resumed = posted.status === 303 ? await walker.step(posted.headers.get('location')!) : posted
    return { walker, page, answer: resumed.headers.get('location') ?? '' }
  }
  const noSession = (walker: { cookie(name: string): string | undefined }) =>
    expect(walker.cookie(SESSION_COOKIE)).toBeUndefined()

  test('the untouched answer enters', async () => {
    const { walker, answer } = await upToAnswer()
    expect((await walker.get(answer)).body).toMatch(/^in: Mariana/)
  })

  test('a replayed answer is refused, also with the cookies of the first time', async () => {
    const { walker, answer } = await upToAnswer()
    const before = walker.keep()
    await walker.get(answer)
    const again = await walker.get(answer)
    expect(again.status).toBe(400)
    expect(textOf(again)).toContain('venceu ou já foi usada')
    walker.restore(before)
    const replayed = await walker.get(answer)
    expect(replayed.status).toBe(400)
    expect(textOf(replayed)).toContain('já foi usado ou venceu')
    noSession(walker)
  })

  test.each([
    ['state', 'venceu ou já foi usada'],
    ['code', 'já foi usado ou venceu'],
    ['iss', 'veio de outro provedor'],
  ])('an answer with another %s is refused', async (name, sentence) => {
    const { walker, answer } = await upToAnswer()
    const bent = new URL(answer)
    bent.searchParams.set(name, name === 'iss' ? 'https://evil.example' : 'x'.repeat(43))
    const page = await walker.get(bent.href)
    expect(page.status).toBe(400)
    expect(textOf(page)).toContain(sentence)
    noSession(walker)
  })

  test.each([
    ['nonce', 'another-nonce', 'A resposta é de outra entrada'],
    ['code_challenge', 'x'.repeat(43), 'já foi usado ou venceu'],
  ])('a tampered %s is noticed', async (name, value, sentence) => {
    const { walker, answer } = await upToAnswer((address) => address.searchParams.set(name, value))
    const page = await walker.get(answer)
    expect(page.status).toBe(400)
    expect(textOf(page)).toContain(sentence)
    noSession(walker)
  })

  test('SOE/WEB gives no code without PKCE', async () => {
    const walker = site.walker()
    const request = new URL((await walker.step('/entrar', {})).headers.get('location')!)
    request.searchParams.delete('code_challenge')
    request.searchParams.delete('code_challenge_method')
    const page = await walker.get(request.href)
    expect(page.status).toBe(400)
    expect(textOf(page)).toContain('O SOE/WEB não concluiu a entrada')
  })

  test.each([
    ['redirect_uri', 'https://evil.example/'],
    ['client_id', 'nobody'],
  ])('SOE/WEB sends nobody on with a wrong %s; its page is ours', async (name, value) => {
    const walker = site.walker()
    const request = new URL((await walker.step('/entrar', {})).headers.get('location')!)
    request.searchParams.set(name, value)
    const page = await walker.get(request.href)
    expect(page.status).toBe(400)
    expect(textOf(page)).toContain('A entrada não pôde ser concluída')
    expect(page.body).not.toMatch(/<script>|<style|evil\.example/)
  })

  test('the answer of a flow that began more than ten minutes ago is refused', async () => {
    const { walker, answer } = await upToAnswer()
    const now = site.clock.now
    site.clock.now = new Date(now.getTime() + 10 * 60_000)
    expect(textOf(await walker.get(answer))).toContain('venceu ou já foi usada')
    site.clock.now = now
  })

  test("an answer of one browser is worth nothing in another's", async () => {
    const { answer } = await upToAnswer()
    expect((await site.walker().get(answer)).status).toBe(400)
  })
})
