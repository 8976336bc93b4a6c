// The catalogue of cases as a table: for each case answers with which it can be filed. They are the form's own tests too.
import type { Answers } from '#forms/rules/definition.ts'
import { evaluate } from '#forms/rules/evaluate.ts'
import { FINANCIAL_INSTITUTIONS as form } from './instituicoes-financeiras.ts'

const common: Answers = {
  tipo: 'desbloqueio',
  placa: 'abc-1234',
  chassi: '9BWZZZ377VT004251',
  renavam: '639884962',
  estatutario: 'nao',
  emitido: 'sim',
  justificativa: 'O veículo foi financiado e o gravame precisa ser cancelado.',
  email: 'operador@example.com',
  declaro: 'sim',
}
const processo = '0002080-25.2012.5.15.0049'
const cnpj = '11.222.333/0001-81'

/** The answers each case adds; several for those whose documents hang on an answer. */
export const ANSWERS_OF_CASES: readonly (readonly [code: string, own: Answers])[] = [
  ['01', { 'bo-numero': '1/2026', 'bo-uf': 'RS', 'fato-data': '2026-03-09', recuperado: 'sim', indenizado: 'sim' }],
  ['01', { 'bo-numero': '1/2026', 'bo-uf': 'RS', 'fato-data': '2026-03-09', recuperado: 'nao', indenizado: 'nao' }],
  ['02', { apontamento: '123' }],
  ['03', { 'distrato-data': '2026-01-02' }],
  ['04', { 'placa-correta': 'BRA2E19', 'chassi-correto': '1M8GDM9AXKP042788' }],
  ['05', { 'devedor-lancado': '111.444.777-35', 'devedor-correto': cnpj }],
  ['06', { 'bo-numero': '2', 'bo-uf': 'SC', 'fato-data': '2026-03-09' }],
  ['07', { 'quitacao-data': '2026-03-09' }],
  ['08', { processo }],
  ['09', { processo }],
  ['10', { 'restricao-tipo': 'LBV' }],
  ['11', { 'dano-classe': 'media' }],
  ['12', { 'leilao-tipo': 'judicial', 'leilao-data': '2026-03-09', processo }],
  ['12', { 'leilao-tipo': 'administrativo', 'leilao-data': '2026-03-09' }],
  ['13', { 'uf-atual': 'SP' }],
  ['14', { 'baixa-data': '2026-03-09' }],
  ['15', { 'chassi-anterior': '9BWZZZ', 'chassi-motivo': 'remarcado' }],
  ['15', { 'chassi-motivo': 'clone' }],
  ['16', { 'lancamento-data': '2001-03-09' }],
  ['17', { 'cnpj-anterior': cnpj, 'cnpj-atual': '12.ABC.345/01DE-35', 'credor-situacao': 'incorporado' }],
  ['17', { 'cnpj-anterior': cnpj, 'cnpj-atual': '12.ABC.345/01DE-35', 'credor-situacao': 'extinto' }],
  ['18', { 'arrendatario-cpf': '529.982.247-25', 'arrendamento-situacao': 'transferencia' }],
  ['18', { 'arrendatario-cpf': '529.982.247-25', 'arrendamento-situacao': 'falecimento' }],
  ['19', { 'retomada-via': 'judicial', processo }],
  ['19', { 'retomada-via': 'extrajudicial' }],
  ['20', { descricao: 'Uma situação que nenhum dos outros casos descreve bem.' }],
]

/** All answers of a request of the case, as people type them. */
export const answersOf = (code: string, own: Answers): Answers => ({ ...common, ...own, caso: code })

/** Documents that are enough for these answers: each required one, and one of each group. */
export function enough(answers: Answers): string[] {
  const verdict = evaluate(form, answers)
  return [...verdict.requiredDocuments, ...[...verdict.groups.values()].map(([first]) => first ?? '')]
}
