// What must not break the editor nor be lost in it: names every object has, sections that are gone, dates that are none.

import { afterAll, beforeAll, expect, it } from 'vitest'
import { type DraftSite, type Person, startDraftSite } from '../../../../tests/support/draft-site.ts'

const CODE = 'instituicoes-financeiras'
const EDITOR = `/admin/formularios/${CODE}`
const DETRAN = '03847655000198'

let site: DraftSite
let bia: Person
let leo: Person
beforeAll(async () => {
  site = await startDraftSite()
  bia = await site.person({ cpf: '85351346893', cnpj: DETRAN, classes: [902, 903] })
  leo = await site.person({ cpf: '93541134780', cnpj: DETRAN, classes: [903] })
})
afterAll(() => site.close())

const editionIn = (body: string): string => /name="edicao" value="(\d+)"/.exec(body)?.[1] ?? ''

/** The form's draft, started when there is none; its address. */
async function draft(): Promise<string> {
  const { body } = await bia.get(EDITOR)
  const there =
    /href="(\/admin\/formularios\/instituicoes-financeiras\/\d+)"[^>]*>[^<]*<\/a> <span class="tag v-draft/.exec(body)
  if (there?.[1]) return there[1]
  const [, used = ''] =
    /\/instituicoes-financeiras\/(\d+)"[^>]*>[^<]*<\/a> <span class="tag v-published/.exec(body) ?? []
  return (await bia.post(EDITOR, { acao: 'nova', versao: used })).location
}

/** Posts to a page with the edition it shows now. */
async function write(path: string, fields: Readonly<Record<string, string>>, person = bia) {
  const edicao = editionIn((await person.get(path)).body)
  return await person.post(path, { edicao, ...fields })
}

const question = { tipo: 'short-text', obrigatoria: 'sempre' }

it('a question called Constructor gets another key, and none of that key is taken in', async () => {
  const path = await draft()
  const add = `${path}/pergunta/nova?secao=gravame`
  await write(add, { ...question, secao: 'gravame', acao: 'guardar', 'rotulo-pt-BR': 'Constructor' })
  const { status, body } = await bia.get(path)
  expect([status, body.includes('constructor-2')]).toEqual([200, true])
  await write(path, { acao: 'tira:pergunta:constructor-2' })
  const file = (await bia.get(`${EDITOR}/1/exportar`)).body.replaceAll('"contrato-numero"', '"constructor"')
  expect((await bia.post('/admin/formularios/importar', { codigo: 'ctor', json: file })).status).toBe(422)
})

it('what goes into a section that is gone is asked for once more, and then kept in the last one', async () => {
  const path = await draft()
  const stale = editionIn((await bia.get(path)).body)
  await write(`${path}/secao/nova`, { acao: 'guardar', 'titulo-pt-BR': 'Extra' })
  const add = `${path}/pergunta/nova?secao=extra`
  const edicao = editionIn((await bia.get(add)).body)
  await write(path, { acao: 'tira:secao:extra' })
  const typed = { ...question, secao: 'extra', acao: 'guardar', 'rotulo-pt-BR': 'Cor da lataria' }
  const warned = await leo.post(add, { ...typed, edicao })
  expect([warned.status, warned.body.includes('Cor da lataria')]).toEqual([409, true])
  expect(Number(stale)).toBeLessThan(Number(editionIn(warned.body)))
  await leo.post(/action="([^"]*nova[^"]*)"/.exec(warned.body)?.[1] ?? '', {
    ...typed,
    edicao: editionIn(warned.body),
  })
  expect((await bia.get(path)).body).toContain('Cor da lataria')
  await write(path, { acao: 'tira:pergunta:cor-da-lataria' })
  expect((await bia.get(`${path}/pergunta/nova?secao=nada`)).status).toBe(404)
})

it('a rule on a date that is none stands in the way, but the page does not fail', async () => {
  const path = await draft()
  await write(`${path}/pergunta/indenizado/mostrar`, {
    acao: 'guardar',
    'r1.campo': 'bo-numero',
    'r1.op': 'e',
    'r1.valor': '4821/2026',
  })
  await write(`${path}/pergunta/bo-numero`, {
    ...question,
    tipo: 'date',
    acao: 'guardar',
    'rotulo-pt-BR': 'Número do BO',
  })
  expect((await bia.get(path)).status).toBe(200)
  expect((await bia.get(`${path}/testes`)).status).toBe(200)
  expect((await write(path, { acao: 'publicar' })).status).toBe(422)
  await write(path, { acao: 'descartar-sim' })
})
