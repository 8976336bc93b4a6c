// What may stand in the address of a list by mistake or by malice: 422 with the place of the fault, never an error of ours.
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { BANK, type DraftSite, errorsIn, type Person, startDraftSite } from '../../../tests/support/draft-site.ts'

let site: DraftSite
let operator: Person
beforeAll(async () => {
  site = await startDraftSite()
  operator = await site.person({ cpf: '11144477735', cnpj: BANK, classes: [122, 151] })
})
afterAll(() => site?.close())

const deep = (depth: number) => `r${'1.'.repeat(depth - 1)}1`

it.each([
  ['field', 'r1.campo=senha&r1.op=e&r1.valor=x', '#r1.campo'],
  ['field of the other side', 'r1.campo=nota&r1.op=contem&r1.valor=x', '#r1.campo'],
  ['field of a prototype', 'r1.campo=__proto__&r1.op=e&r1.valor=x', '#r1.campo'],
  ['operator', 'r1.campo=id&r1.op=sob&r1.valor=1', '#r1.op'],
  [
    'operator that is none, as pages without scripts send it',
    'status=todos&r1.campo=id&r1.op=igual&r1.valor=1',
    '#r1.op',
  ],
  ['value', "r1.campo=id&r1.op=e&r1.valor=1'or'1", '#r1.valor'],
  ['value of another institution', 'r1.campo=grupo-requerente&r1.op=e&r1.valor=999', '#r1.valor'],
  ['date', 'r1.campo=abertura&r1.op=antes&r1.valor=31-02-2026', '#r1.valor'],
  ['date beyond what there is', 'r1.campo=abertura&r1.op=antes&r1.valor=hoje%2B9999a', '#r1.valor'],
  ['year before there were any', 'r1.campo=abertura&r1.op=e&r1.valor=ano-2026a', '#r1.valor'],
  ['nested place', 'r1.1.campo=id&r1.1.op=e&r1.1.valor=1&r1.2.lig=ou&r1.2.campo=nada', '#r1.2.campo'],
  ['link', 'r1.campo=id&r1.op=e&r1.valor=1&r2.lig=xou&r2.campo=id&r2.op=e&r2.valor=1', '#r2.lig'],
  ['depth', `${deep(11)}.campo=id&${deep(11)}.op=e&${deep(11)}.valor=1`, '#criterios'],
  [
    'number of rules',
    Array.from({ length: 51 }, (_, n) => `r${n + 1}.campo=prazo&r${n + 1}.op=vazio`).join('&'),
    '#criterios',
  ],
  ['sort', 'ordem=t.id;drop', '#criterios'],
  ['sort twice', 'ordem=id,-id', '#criterios'],
  ['page', 'depois=24151.%00', '#criterios'],
  ['rows', 'linhas=1000000', '#criterios'],
  ['rule without its number', 'rx=1', '#criterios'],
  ['parameter of no list', 'estatus=fechado', '#criterios'],
  ['parameter in brackets', 'status[]=novo', '#criterios'],
  ['the box of another page', 'q=IZA4B21', '#criterios'],
  ['parameter of a prototype', '__proto__=1', '#criterios'],
  ['rows twice', 'linhas=25&linhas=200', '#criterios'],
  ['status twice', 'status=novo&status=novo', '#criterios'],
  ['field twice', 'r1.campo=id&r1.campo=titulo&r1.op=e&r1.valor=1', '#criterios'],
  ['filter beside rules', 'status=novo&r1.campo=status&r1.op=e&r1.valor=pendente', '#criterios'],
  ['own ones beside rules', 'de=mim&r1.campo=status&r1.op=e&r1.valor=pendente', '#criterios'],
  ['team of whoever has none', 'status=novo&grupo=meu', '#criterios'],
  ['five sorts', 'ordem=id,titulo,status,motivo,espera', '#criterios'],
])('%s: %s', async (_what, query, place) => {
  const answer = await operator.get(`/chamados?${query}`)
  expect(answer.status).toBe(422)
  expect(errorsIn(answer.body)).toContain(place)
  expect(answer.body).toContain(`id="${place.slice(1)}"`)
})

it('a fault of the address is named, and the page searches on without it', async () => {
  const { body } = await operator.get('/chamados?estatus=fechado')
  expect(body).toContain('“estatus”')
  const form = /<form class="card filters".*?<\/form>/s.exec(body)?.[0] ?? ''
  expect(form).toContain('Pesquisar')
  expect(form).not.toContain('estatus')
  const sorted = (await operator.get('/chamados?ordem=id,titulo,status,motivo,espera')).body
  expect(sorted).toContain('até 4 colunas')
  expect(sorted).toContain('name="ordem" value="id,titulo,status,motivo"')
  expect((await operator.get('/chamados?ordem=id,-id')).body).toContain('duas vezes')
})

it.each([
  'status=todos&feito=lidos',
  'status=todos&r1.campo=status&r1.op=e&r1.valor=novo&linhas=25&ordem=-id',
  'r1.campo=id&r1.op=um-de&r1.valor=1&r1.valor=2&selecionar=todas',
  'status=novo&de=mim&pesquisa=7',
])('%s is what the product itself writes', async (query) => {
  expect((await operator.get(`/chamados?${query}`)).status).toBe(200)
})

it.each(['hoje-100a', 'hoje%2B100a', 'agora-9999h', 'mes%2B1200m', 'semana-5000s'])('%s is answered', async (date) => {
  for (const how of ['antes', 'depois', 'e'])
    expect((await operator.get(`/chamados?r1.campo=abertura&r1.op=${how}&r1.valor=${date}`)).status).toBe(200)
})

it('of any depth up to ten it is answered', async () => {
  const answer = await operator.get(`/chamados?${deep(10)}.campo=id&${deep(10)}.op=e&${deep(10)}.valor=1`)
  expect(answer.status).toBe(200)
})

it('never brings the house down', async () => {
  const word = fc.oneof(
    fc.constantFrom(
      'campo',
      'op',
      'valor',
      'lig',
      'data',
      'id',
      'titulo',
      'status',
      'e',
      'contem',
      'um-de',
      'hoje-1d',
      'placa',
    ),
    fc.string({ maxLength: 12, unit: 'grapheme' }),
  )
  const name = fc.oneof(
    fc.constantFrom(
      'ordem',
      'linhas',
      'depois',
      'antes',
      'status',
      'de',
      'grupo',
      'acao',
      'sentido',
      'pesquisa',
      'selecionar',
    ),
    fc
      .tuple(fc.integer({ min: 0, max: 3 }), fc.constantFrom('campo', 'op', 'valor', 'lig'))
      .map(([n, part]) => `r${n}.${part}`),
    fc
      .tuple(fc.integer({ min: 1, max: 2 }), fc.constantFrom('campo', 'op', 'valor'))
      .map(([n, part]) => `r1.${n}.${part}`),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(name, word), { minLength: 1, maxLength: 8 }), async (pairs) => {
      const { status } = await operator.get(
        `/chamados?${new URLSearchParams(pairs.filter(([, one]) => one.isWellFormed()))}`,
      )
      expect([200, 303, 400, 404, 422]).toContain(status)
    }),
    { numRuns: 150 },
  )
})
