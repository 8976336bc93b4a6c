// What stands beside the documents: the law they rest on, what a right one looks like, their pages, and the groups they form.
import type { Text } from '#forms/rules/definition.ts'
import { both } from './case-questions.ts'

/** By the document's key. `pages`: beyond these one is told. */
export const DETAILS: Readonly<Record<string, { basis?: Text; example?: Text; pages?: number }>> = {
  requerimento: {
    basis: both('Resolução CONTRAN 807/2020', 'CONTRAN Resolution 807/2020'),
    example: both(
      'ofício em papel timbrado, com placa, chassi, número do contrato, o pedido e a assinatura',
      'a letter on headed paper with plate, chassis, contract number, the request and the signature',
    ),
    pages: 10,
  },
  procuracao: {
    basis: both('Código Civil, arts. 653 e 654', 'Civil Code, arts. 653 and 654'),
    example: both(
      'procuração com poderes para agir perante o DETRAN, ou ata que elege quem assina',
      'a power of attorney to act before DETRAN, or the minutes that elect the signer',
    ),
    pages: 60,
  },
  bo: {
    example: both(
      'o boletim inteiro, com número, data e a placa ou o chassi do veículo',
      'the whole report, with number, date and the plate or chassis of the vehicle',
    ),
    pages: 20,
  },
  crv: { basis: both('Código de Trânsito Brasileiro, art. 121', 'Brazilian Traffic Code, art. 121'), pages: 4 },
  contrato: {
    basis: both('Código Civil, art. 1.361', 'Civil Code, art. 1361'),
    example: both('o contrato assinado, com o veículo descrito', 'the signed contract that describes the vehicle'),
  },
  'tela-sng': {
    example: both(
      'a tela em que se leem o veículo, a data e a mensagem de recusa',
      'the screen that shows the vehicle, the date and the refusal',
    ),
    pages: 10,
  },
  identificacao: { pages: 6 },
  quitacao: {
    basis: both('Código Civil, art. 320', 'Civil Code, art. 320'),
    example: both(
      'termo que nomeia contrato, veículo e data em que a dívida foi paga',
      'a term naming the contract, the vehicle and the day the debt was paid',
    ),
  },
  edital: { basis: both('Código de Processo Civil, art. 886', 'Code of Civil Procedure, art. 886') },
  'auto-arrematacao': { basis: both('Código de Processo Civil, art. 901', 'Code of Civil Procedure, art. 901') },
  'carta-arrematacao': { basis: both('Código de Processo Civil, art. 901', 'Code of Civil Procedure, art. 901') },
  'certidao-baixa': {
    basis: both('Código de Trânsito Brasileiro, art. 126', 'Brazilian Traffic Code, art. 126'),
  },
  'autorizacao-remarcacao': {
    basis: both('Código de Trânsito Brasileiro, art. 114', 'Brazilian Traffic Code, art. 114'),
  },
  incorporacao: { basis: both('Lei 6.404/1976, art. 227', 'Law 6404/1976, art. 227') },
}

/** Of each group one document is enough. */
export const GROUPS = [
  {
    key: 'devolucao',
    name: both('Comprovante de devolução ou nota fiscal cancelada', 'Proof of refund or cancelled invoice'),
  },
  {
    key: 'restricao-encerrada',
    name: both('Laudo de vistoria ou comprovante de encerramento', 'Inspection report or proof that it ended'),
  },
  { key: 'dano', name: both('CSV ou laudo', 'CSV or report') },
  { key: 'arrematacao', name: both('Auto ou nota de arrematação', 'Record or note of the sale') },
  { key: 'falecimento', name: both('Certidão de óbito ou inventário', 'Death certificate or inventory') },
]
