// How a person's lists look, over HTTP: columns, order, width, density, rows of a page, several sorts; theirs alone.
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DraftSite, type Person, startDraftSite } from '../../tests/support/draft-site.ts'
import { fillWithTickets } from '../../tests/support/many-tickets.ts'

let site: DraftSite
let operator: Person
let colleague: Person
const LIST = '/chamados?status=todos'
const DISPLAY = '/chamados/exibicao'

beforeAll(async () => {
  site = await startDraftSite()
  await fillWithTickets(site.database.owner.db, { tickets: 600, institutions: 2 })
  const { rows } = await sql<{
    cnpj: string
  }>`select cnpj from eprod.institution where cnpj like '7%' order by id`.execute(site.database.owner.db)
  const cnpj = rows[0]!.cnpj
  operator = await site.person({ cpf: '11144477735', cnpj, classes: [122, 151] })
  colleague = await site.person({ cpf: '52998224725', cnpj, classes: [122] })
}, 60_000)
afterAll(() => site?.close())

/** The headings of the table, without their groups. */
async function headings(person: Person, path = LIST): Promise<string[]> {
  const { body } = await person.get(path)
  return [
    ...body.matchAll(/<th scope="col"[^>]*><a[^>]*><span>(?:<span class="pre">.*?<\/span><\/span>)?([^<]*)/g),
  ].map(([, name = '']) => name)
}
const rowsOn = async (person: Person, path = LIST): Promise<number> =>
  ((await person.get(path)).body.match(/<th scope="row"/g) ?? []).length

/** The form as its page shows it, sent as changed; a field of several values is joined by the caller. */
async function save(person: Person, change: Record<string, string | readonly string[]>): Promise<string> {
  const fields = new URLSearchParams({ lista: 'status=todos' })
  for (const [name, value] of Object.entries(change)) for (const one of [value].flat()) fields.append(name, one)
  const answer = await person.raw(DISPLAY, 'application/x-www-form-urlencoded', fields.toString(), {
    origin: 'http://localhost:3000',
  })
  expect(answer.status).toBe(303)
  return answer.location
}

describe('the columns of a person', () => {
  it('are the fourteen of the guide until others are chosen', async () => {
    const names = await headings(operator)
    expect(names).toHaveLength(14)
    expect(names.slice(0, 3)).toEqual(['ID', 'Título', 'Status'])
    expect(names).not.toContain('Prazo')
  })

  it('are shown in the order, width and density chosen, and to nobody else', async () => {
    const location = await save(operator, {
      coluna: ['id', 'prazo', 'titulo', 'status', 'espera'],
      ver: ['id', 'prazo', 'titulo', 'status'],
      largura: ['auto', 'm', 'g', 'auto', 'x'],
      densidade: 'compacta',
      linhas: '25',
    })
    expect(location).toBe(LIST)
    expect(await headings(operator)).toEqual(['ID', 'Prazo', 'Título', 'Status'])
    const { body } = await operator.get(LIST)
    expect(body).toContain('class="tb chosen compacta"')
    expect(body).toContain('class="title w-g"')
    expect(await headings(colleague)).toHaveLength(14)
  })

  it('move by a button, which sent twice moves once', async () => {
    const sent = {
      coluna: ['id', 'titulo', 'status', 'prazo'],
      ver: ['id', 'titulo', 'status', 'prazo'],
      acao: 'sobe:prazo',
    }
    await save(operator, sent)
    expect(await save(operator, sent)).toContain('foco=sobe%3Aprazo')
    expect(await headings(operator)).toEqual(['ID', 'Título', 'Prazo', 'Status'])
    expect((await operator.get(`${DISPLAY}?foco=sobe:prazo`)).body).toMatch(/value="sobe:prazo"[^>]*autofocus/)
  })

  it('always hold the ID first and the title, whatever is sent', async () => {
    await save(operator, {
      coluna: ['status', 'nada', 'status', '__proto__'],
      ver: ['status', 'nada', '__proto__'],
      largura: 'zz',
    })
    expect(await headings(operator)).toEqual(['ID', 'Título', 'Status'])
    await save(operator, { acao: 'padrao' })
    expect(await headings(operator)).toHaveLength(14)
  })
})

describe('the rows of a page', () => {
  it('are as many as the person likes or the address says, and lead to the end', async () => {
    const usual = ['id', 'titulo', 'status']
    await save(operator, { coluna: usual, ver: usual, linhas: '100' })
    expect(await rowsOn(operator)).toBe(100)
    expect(await rowsOn(operator)).toBe(100)
    expect(await rowsOn(operator, `${LIST}&linhas=50`)).toBe(50)
    expect(await rowsOn(colleague)).toBe(25)
    let path: string | undefined = LIST
    let seen = 0
    while (path) {
      const { body }: { body: string } = await operator.get(path)
      seen += (body.match(/<th scope="row"/g) ?? []).length
      path = /rel="next" href="([^"]*)"/.exec(body)?.[1]?.replaceAll('&amp;', '&')
    }
    expect(seen).toBe(300)
    await save(operator, { coluna: usual, ver: usual, linhas: '25' })
    expect(await rowsOn(operator)).toBe(25)
  })
})

describe('several sorts', () => {
  it('come from their page as one address, and the headings tell their places', async () => {
    const asked = `${LIST}&ordem=status&sentido=desc&ordem=titulo&sentido=asc&ordem=&sentido=asc`
    const { location } = await operator.get(asked)
    expect(location).toBe(`${LIST}&ordem=-status%2Ctitulo`)
    const { body } = await operator.get(location)
    expect(body).toMatch(/<th[^>]*class="status"[^>]*aria-sort="descending"/)
    expect(body).toMatch(/class="title".*?<sup>.*?2<\/sup>/s)
  })

  it.each([
    'ordem=nada',
    'ordem=titulo,titulo',
    'ordem=titulo,status,id,espera,motivo',
    'linhas=24',
    'status=zzz',
    'depois=1.x%25',
    'antes=zzz',
    'de=todos',
    'grupo=1',
    'selecionar=1',
    'pesquisa=1x',
  ])('%s is refused with 422 and its place named', async (query) => {
    const answer = await operator.get(`/chamados?${query}`)
    expect(answer.status).toBe(422)
    expect(answer.body).toContain('class="sum"')
  })
})
