// The language of letters is that of the person's pages, wherever it is chosen.
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { BANK, type DraftSite, type Person, startDraftSite } from '../../../tests/support/draft-site.ts'

let site: DraftSite
let ana: Person
beforeAll(async () => {
  site = await startDraftSite()
  ana = await site.person({ cpf: '11144477735', cnpj: BANK, classes: [122, 151] })
})
afterAll(() => site.close())

const choose = (fields: Record<string, string>) =>
  ana.raw('/preferencias', 'application/x-www-form-urlencoded', String(new URLSearchParams(fields)))
const kept = async () =>
  (await sql`select scope, digest, lang from eprod.mail_choice`.execute(site.database.owner.db)).rows

it('choosing a language for the pages chooses it for the letters, and what else was chosen stays', async () => {
  await choose({ tema: 'dark' })
  expect(await kept()).toEqual([])
  const answer = await choose({ idioma: 'en', volta: '/chamados' })
  expect([answer.status, answer.location]).toEqual([303, '/chamados'])
  expect(await kept()).toEqual([{ scope: 'mine', digest: false, lang: 'en' }])
  await ana.post('/preferencias/avisos', { avisos: 'all', resumo: '1' })
  await choose({ idioma: 'pt-BR' })
  expect(await kept()).toEqual([{ scope: 'all', digest: true, lang: 'pt-BR' }])
})

it('whoever is not signed in chooses for the browser alone', async () => {
  await ana.expire()
  const before = await kept()
  const answer = await choose({ idioma: 'en', volta: '/entrar' })
  expect([answer.status, answer.location]).toEqual([303, '/entrar'])
  expect(await kept()).toEqual(before)
})
