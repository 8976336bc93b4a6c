// One-time links that do not work: each reason has its own sentence, and the log tells the reason without the link.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { makeLink } from '#soe/links/actions.ts'
import type { LinkPurpose } from '#soe/links/rules.ts'
import { connectSoe } from '#soe/tables.ts'
import { type SignInSite, startSignInSite } from './support/sign-in-site.ts'
import { textOf } from './support/walker.ts'

const DAY_MS = 86_400_000
let site: SignInSite
let soe: ReturnType<typeof connectSoe>
let mariana = ''
const log: string[] = []
beforeAll(async () => {
  site = await startSignInSite({ logTo: { write: (line) => void log.push(line) } })
  soe = connectSoe(site.database.urls.soe)
  const { rows } = await site.database.owner.pool.query(`select id from soe.account where cpf = '11144477735'`)
  mariana = rows[0].id
})
beforeEach(() => {
  log.length = 0
})
afterAll(async () => {
  await soe.close()
  await site.close()
})

const linkOf = (purpose: LinkPurpose, now = new Date()) =>
  soe.db.transaction().execute((tx) => makeLink(tx, { accountId: mariana, purpose, by: null }, now))
const use = (token: string) =>
  site.database.owner.pool.query(`update soe.link set used_at = now() where token_hash = sha256($1::bytea)`, [token])

const REASONS: Record<string, { sentence: string; token: (purpose: LinkPurpose) => Promise<string> }> = {
  wrong: { sentence: 'não está completo', token: async () => 'A'.repeat(43) },
  expired: {
    sentence: 'O prazo do link venceu',
    token: (purpose) => linkOf(purpose, new Date(Date.now() - 4 * DAY_MS)),
  },
  used: {
    sentence: 'já foi usado',
    token: async (purpose) => {
      const token = await linkOf(purpose)
      await use(token)
      return token
    },
  },
  replaced: {
    sentence: 'mais novo foi enviado',
    token: async (purpose) => {
      const token = await linkOf(purpose)
      await linkOf(purpose)
      return token
    },
  },
}

test.each(
  Object.keys(REASONS).flatMap((why) => [
    [why, 'invitation', '/soe/convite'],
    [why, 'reset', '/soe/senha'],
  ]),
)('a %s link of an %s sets no password, by looking or by posting', async (why, purpose, path) => {
  const { sentence, token: make } = REASONS[why]!
  const token = await make(purpose as LinkPurpose)
  const walker = site.walker()
  const before = (
    await site.database.owner.pool.query(`select password_hash from soe.account where id = $1`, [mariana])
  ).rows
  for (const page of [
    await walker.get(`${path}/${token}`),
    await walker.post(`${path}/${token}`, { nova: 'girafa azul come trevo' }),
  ]) {
    expect(page.status).toBe(410)
    expect(textOf(page)).toContain(sentence)
  }
  const after = (await site.database.owner.pool.query(`select password_hash from soe.account where id = $1`, [mariana]))
    .rows
  expect(after).toEqual(before)
  expect(log.map((line) => JSON.parse(line).link)).toEqual([why, why])
  expect(log.join()).not.toContain(token)
})

test('a link of one purpose is none of the other', async () => {
  const page = await site.walker().get(`/soe/convite/${await linkOf('reset')}`)
  expect([page.status, textOf(page).includes('não está completo')]).toEqual([410, true])
})
