// The fields each case asks for beyond those of every case. A question that several cases share keeps its answer between them.
import type { Operator } from '#criteria/rules/grammar.ts'
import type { Condition } from '#forms/rules/condition.ts'
import type { Option, Question, Text } from '#forms/rules/definition.ts'

/** A text in both languages. */
export const both = (pt: string, en: string): Text => ({ 'pt-BR': pt, en })

/** One rule as a condition. */
export function rule(field: string, operator: Operator, ...values: readonly string[]): Condition {
  return [{ link: 'and', field, operator, values }]
}

/** True in these cases. */
export const inCases = (...cases: readonly string[]): Condition => rule('caso', 'one-of', ...cases)

/** True when a question was answered so. */
export const answered = (question: string, value: string): Condition => rule(question, 'is', value)

/** True when all are; each is a chain of E. */
export const all = (...conditions: readonly Condition[]): Condition => conditions.flat()

/** True when one is: E binds stronger than OU. */
export const any = (...conditions: readonly Condition[]): Condition =>
  conditions.flatMap((one, at) => one.map((item, n) => (at > 0 && n === 0 ? { ...item, link: 'or' as const } : item)))

const option = (value: string, pt: string, en: string): Option => ({ value, label: both(pt, en) })
const judicial = (question: string): Condition => answered(question, 'judicial')

export const CASE_QUESTIONS: readonly Question[] = [
  {
    key: 'bo-numero',
    type: 'short-text',
    label: both('Número do BO', 'Police report number'),
    show: inCases('01', '06'),
    most: 40,
  },
  {
    key: 'bo-uf',
    type: 'uf',
    label: both('UF', 'State'),
    hint: both('Onde o boletim de ocorrência foi registrado.', 'Where the police report was filed.'),
    show: inCases('01', '06'),
  },
  { key: 'fato-data', type: 'date', label: both('Data do fato', 'Date of the event'), show: inCases('01', '06') },
  { key: 'recuperado', type: 'yes-no', label: both('Veículo recuperado?', 'Vehicle recovered?'), show: inCases('01') },
  {
    key: 'indenizado',
    type: 'yes-no',
    label: both('Indenizado por seguradora?', 'Paid by an insurer?'),
    show: inCases('01'),
  },
  {
    key: 'apontamento',
    type: 'short-text',
    label: both('Número do apontamento', 'Annotation number'),
    hint: both('Como consta no SNG.', 'As it stands in SNG.'),
    show: inCases('02'),
    most: 40,
  },
  { key: 'distrato-data', type: 'date', label: both('Data do distrato', 'Date of termination'), show: inCases('03') },
  {
    key: 'placa-correta',
    type: 'plate',
    label: both('Placa correta', 'Right plate'),
    hint: both(
      'Do veículo que deveria ter o gravame; em branco se ele não tem placa.',
      'Of the vehicle that should carry the lien; empty if it has none.',
    ),
    show: inCases('04'),
    required: false,
  },
  {
    key: 'chassi-correto',
    type: 'chassis',
    label: both('Chassi correto', 'Right chassis'),
    hint: both('Do veículo que deveria ter o gravame.', 'Of the vehicle that should carry the lien.'),
    show: inCases('04'),
    relaxedBy: 'chassi-correto-antigo',
  },
  {
    key: 'chassi-correto-antigo',
    type: 'tick',
    label: both('O veículo correto é anterior a 1986', 'The right vehicle was made before 1986'),
    hint: both('Aceita chassi de 5 a 21 caracteres.', 'Accepts a chassis of 5 to 21 characters.'),
    show: inCases('04'),
    required: false,
  },
  {
    key: 'devedor-lancado',
    type: 'cpf-or-cnpj',
    label: both('CPF/CNPJ lançado', 'CPF/CNPJ as entered'),
    show: inCases('05'),
  },
  {
    key: 'devedor-correto',
    type: 'cpf-or-cnpj',
    label: both('CPF/CNPJ correto', 'Right CPF/CNPJ'),
    show: inCases('05'),
  },
  { key: 'quitacao-data', type: 'date', label: both('Data da quitação', 'Date of settlement'), show: inCases('07') },
  {
    key: 'sng-retorno',
    type: 'short-text',
    label: both('Código de retorno do SNG', 'SNG return code'),
    hint: both('Em branco se a tela não mostra um.', 'Empty if the screen shows none.'),
    show: inCases('07'),
    required: false,
    most: 20,
  },
  {
    key: 'restricao-tipo',
    type: 'short-text',
    label: both('Tipo da restrição', 'Kind of restriction'),
    hint: both('Como aparece na consulta do veículo.', 'As the vehicle query shows it.'),
    show: inCases('10'),
  },
  {
    key: 'dano-classe',
    type: 'choice',
    label: both('Classe do dano', 'Class of damage'),
    show: inCases('11'),
    options: [option('media', 'Média monta', 'Medium'), option('grande', 'Grande monta', 'Major')],
  },
  {
    key: 'leilao-tipo',
    type: 'choice',
    label: both('Tipo do leilão', 'Kind of auction'),
    show: inCases('12'),
    options: [option('judicial', 'Judicial', 'Judicial'), option('administrativo', 'Administrativo', 'Administrative')],
  },
  { key: 'leilao-data', type: 'date', label: both('Data do leilão', 'Date of the auction'), show: inCases('12') },
  {
    key: 'uf-atual',
    type: 'uf',
    label: both('UF atual', 'Present state'),
    hint: both('Onde o veículo está registrado hoje.', 'Where the vehicle is registered today.'),
    show: inCases('13'),
  },
  { key: 'baixa-data', type: 'date', label: both('Data da baixa', 'Date of deregistration'), show: inCases('14') },
  {
    key: 'chassi-anterior',
    type: 'short-text',
    label: both('Chassi anterior', 'Former chassis'),
    show: inCases('15'),
    required: answered('chassi-motivo', 'remarcado'),
    most: 25,
  },
  {
    key: 'chassi-motivo',
    type: 'choice',
    label: both('Motivo', 'Reason'),
    show: inCases('15'),
    options: [
      option('remarcado', 'Chassi remarcado', 'Stamped anew'),
      option('duplicidade', 'Duplicidade', 'Duplicate'),
      option('clone', 'Clone', 'Clone'),
    ],
  },
  { key: 'lancamento-data', type: 'date', label: both('Data do lançamento', 'Date of entry'), show: inCases('16') },
  { key: 'cnpj-anterior', type: 'cnpj', label: both('CNPJ anterior', 'Former CNPJ'), show: inCases('17') },
  { key: 'cnpj-atual', type: 'cnpj', label: both('CNPJ atual', 'Present CNPJ'), show: inCases('17') },
  {
    key: 'credor-situacao',
    type: 'choice',
    label: both('Extinto ou incorporado', 'Dissolved or merged'),
    show: inCases('17'),
    options: [option('extinto', 'Extinto', 'Dissolved'), option('incorporado', 'Incorporado', 'Merged')],
  },
  { key: 'arrendatario-cpf', type: 'cpf', label: both('Arrendatário (CPF)', 'Lessee (CPF)'), show: inCases('18') },
  {
    key: 'arrendamento-situacao',
    type: 'choice',
    label: both('Situação', 'Situation'),
    show: inCases('18'),
    options: [option('transferencia', 'Transferência', 'Transfer'), option('falecimento', 'Falecimento', 'Death')],
  },
  {
    key: 'retomada-via',
    type: 'choice',
    label: both('Judicial ou extrajudicial', 'In or out of court'),
    show: inCases('19'),
    options: [option('judicial', 'Judicial', 'In court'), option('extrajudicial', 'Extrajudicial', 'Out of court')],
  },
  {
    key: 'processo',
    type: 'judicial-number',
    label: both('Número do processo (CNJ)', 'Judicial case number (CNJ)'),
    hint: both('Vinte números, como 0002080-25.2012.5.15.0049.', 'Twenty digits, as in 0002080-25.2012.5.15.0049.'),
    show: any(
      inCases('08', '09'),
      all(inCases('12'), judicial('leilao-tipo')),
      all(inCases('19'), judicial('retomada-via')),
    ),
  },
  {
    key: 'prazo-fixado',
    type: 'date',
    label: both('Prazo fixado', 'Deadline set'),
    hint: both('Pelo juízo, para cumprir a decisão, se houver.', 'By the court, to comply with the decision, if any.'),
    show: inCases('09'),
    required: false,
    future: true,
  },
  {
    key: 'descricao',
    type: 'long-text',
    label: both('Descreva o caso', 'Describe the case'),
    show: inCases('20'),
    least: 30,
    most: 4000,
  },
]
