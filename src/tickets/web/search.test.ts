// The page of Pesquisar and what its box suggests, as they are asked for: without scripts, by hostile terms, by others.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { BANK, type DraftSite, OTHER_BANK, type Person, startDraftSite } from '../../../tests/support/draft-site.ts'
import { castOf, newTicket } from '../../../tests/support/tickets.ts'

let site: DraftSite
let operator: Person
let stranger: Person
const ids: number[] = []

beforeAll(async () => {
  site = await startDraftSite()
  const cast = await castOf(site.database)
  operator = await site.person({ cpf: '11144477735', cnpj: BANK, classes: [122, 151] })
  stranger = await site.person({ cpf: '71460238001', cnpj: OTHER_BANK, classes: [122, 151] })
  for (let n = 0; n < 27; n += 1) ids.push(await newTicket(site.database, cast.operator, site.clock.now))
})
afterAll(() => site?.close())

const search = (person: Person, term: string) => person.get(`/pesquisar?q=${encodeURIComponent(term)}`)
const suggestions = async (person: Person, term: string): Promise<{ href: string; title: string }[]> =>
  JSON.parse((await person.get(`/pesquisar/sugestoes?q=${encodeURIComponent(term)}`)).body)

it('leads straight to the ticket of a number', async () => {
  expect((await search(operator, String(ids[0]))).location).toBe(`/chamados/${ids[0]}`)
  expect((await search(stranger, String(ids[0]))).body).toContain('Nada encontrado')
})

it('shows 25 of those that hold a word and leads to all of them in Listar Chamados', async () => {
  const { body } = await search(operator, 'furto')
  expect(body.match(/<tr role="row"><th scope="row"/g)).toHaveLength(25)
  const all = /href="(\/chamados\?r1[^"]*)"/.exec(body)?.[1]?.replaceAll('&amp;', '&') ?? ''
  expect((await operator.get(all)).body).toContain('27 chamados')
  expect((await search(stranger, 'furto')).body).toContain('Nada encontrado para “furto”')
})

it('suggests with the address of each ticket, and nothing to others', async () => {
  const [first] = ids
  expect(await suggestions(operator, String(first))).toMatchObject([{ href: `/chamados/${first}` }])
  expect((await suggestions(operator, 'furto')).map(({ title }) => title)).toHaveLength(8)
  for (const typed of [String(first), 'furto', 'tst']) expect(await suggestions(stranger, typed)).toEqual([])
})

it.each([
  '%',
  "'; drop table eprod.ticket --",
  '\\',
  '\u0000',
  '\ud800',
  '!&|<->:*',
  'a'.repeat(5000),
  '٣٤٥٦٧٨',
  '<script>alert(1)</script>',
  '99999999999999999999',
])('answers the hostile term %j calmly', async (term) => {
  const written = term.isWellFormed() ? encodeURIComponent(term) : '%ED%A0%80'
  const page = await operator.get(`/pesquisar?q=${written}`)
  expect(page.status).toBe(200)
  expect(page.body).not.toContain('<script>alert')
  expect((await operator.get(`/pesquisar/sugestoes?q=${written}`)).status).toBe(200)
})

it.each(['q=furto&pagina=2', 'q=furto&q=roubo', 'xyz=1'])(
  '%s is refused with the name of what the page does not know, and the box keeps the term',
  async (query) => {
    const page = await operator.get(`/pesquisar?${query}`)
    expect(page.status).toBe(422)
    expect(page.body).toMatch(/class="sum".*“(pagina|q|xyz)”/s)
    if (query.startsWith('q')) expect(page.body).toContain('value="furto"')
  },
)
