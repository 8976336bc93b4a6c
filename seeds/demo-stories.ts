// What the demonstration's tickets tell: who filed what when, and what happened since. Invented plates, chassis and names.
import type { Move } from '../src/tickets/rules/moves.ts'

/** The demonstration accounts that act in the stories, by CPF (product, section 7). */
export const CAST = {
  operator: '11144477735',
  masterOperator: '15350946056',
  analyst: '93541134780',
  secondAnalyst: '24843803480',
} as const satisfies Record<string, string>
export type Who = keyof typeof CAST

export interface Step extends Omit<Move, 'waitingTypeId'> {
  readonly by: Who
  readonly daysAgo: number
  /** Name of the waiting type, in the first language. */
  readonly waitingType?: string
}

export interface Story {
  readonly by: Who
  readonly daysAgo: number
  readonly answers: Readonly<Record<string, string>>
  /** Optional documents to send besides the required ones. */
  readonly documents?: readonly string[]
  readonly steps?: readonly Step[]
}

const theft = (placa: string, extra: Readonly<Record<string, string>> = {}) => ({
  caso: '01',
  placa,
  'bo-numero': '100452/2026',
  'bo-uf': 'RS',
  'fato-data': '2026-03-02',
  recuperado: 'nao',
  indenizado: 'nao',
  justificativa:
    'O veículo consta com registro de furto e o documento nunca foi emitido com o gravame; o contrato foi cancelado e a instituição precisa cancelar o gravame.',
  ...extra,
})

const justified = (text: string) => ({ justificativa: text })

/** Oldest first, so that the numbers follow the instants. */
export const STORIES: readonly Story[] = [
  {
    by: 'operator',
    daysAgo: 42,
    answers: theft('IZA4B21', { chassi: '9BWZZZ377VT004251' }),
    steps: [
      { by: 'analyst', daysAgo: 41, verb: 'take' },
      {
        by: 'analyst',
        daysAgo: 40,
        verb: 'solve',
        outcome: 'granted',
        body: 'O boletim de ocorrência 100452/2026 foi conferido com o registro de furto da placa IZA4B21. O bloqueio foi levantado hoje; o cancelamento já pode ser enviado ao SNG.',
      },
      { by: 'operator', daysAgo: 38, verb: 'approve', body: 'Cancelamento confirmado no SNG. Obrigada.' },
    ],
  },
  {
    by: 'operator',
    daysAgo: 21,
    answers: {
      caso: '02',
      placa: 'JAB7F30',
      apontamento: '20260911-5521',
      ...justified(
        'O prazo de cancelamento no SNG expirou antes da averbação, porque o registro do contrato foi recusado e a operação não se concretizou.',
      ),
    },
    steps: [
      { by: 'analyst', daysAgo: 20, verb: 'take' },
      {
        by: 'analyst',
        daysAgo: 19,
        verb: 'solve',
        outcome: 'denied',
        body: 'O retorno do SNG anexado é de outro apontamento (placa JAB7F80). Sem o retorno do apontamento 20260911-5521 não há como confirmar que o prazo expirou.',
      },
      {
        by: 'operator',
        daysAgo: 17,
        verb: 'refuse',
        body: 'Anexamos o retorno correto do apontamento 20260911-5521; o anterior era de outro contrato.',
      },
      {
        by: 'analyst',
        daysAgo: 4,
        verb: 'solve',
        outcome: 'granted',
        body: 'Com o retorno correto do apontamento 20260911-5521, o desbloqueio da placa JAB7F30 foi efetuado e vale até o cancelamento no SNG.',
      },
    ],
  },
  {
    by: 'operator',
    daysAgo: 12,
    answers: {
      caso: '04',
      placa: 'IYX2C84',
      'placa-correta': 'IYX2C48',
      'chassi-correto': '9BD15822786123456',
      ...justified(
        'O gravame foi lançado na placa IYX2C84 por inversão de dígitos; o veículo financiado é o de placa IYX2C48, conforme o contrato e o documento anexos.',
      ),
    },
    steps: [
      { by: 'secondAnalyst', daysAgo: 11, verb: 'take' },
      {
        by: 'secondAnalyst',
        daysAgo: 5,
        verb: 'ask',
        waitingType: 'Aguardando documento (incompleto)',
        waitingReason: 'Contrato sem a página de assinaturas',
        body: 'O contrato enviado termina na página 3 de 5. Envie o contrato completo, com a página de assinaturas, para confirmarmos a placa do veículo financiado.',
        documents: [{ document: 'contrato', fault: 'incomplete' }],
      },
    ],
  },
  {
    by: 'operator',
    daysAgo: 8,
    answers: theft('IVB1D55', { recuperado: 'sim' }),
    steps: [{ by: 'analyst', daysAgo: 7, verb: 'take' }],
  },
  {
    by: 'operator',
    daysAgo: 6,
    answers: {
      caso: '07',
      placa: 'ISK9088',
      'quitacao-data': '2026-10-30',
      'sng-retorno': '18',
      ...justified(
        'O contrato foi quitado em 30-10-2026 e a baixa foi rejeitada pelo SNG com o retorno 18, dados divergentes.',
      ),
    },
    documents: ['tela-sng'],
    steps: [
      { by: 'analyst', daysAgo: 6, verb: 'take' },
      {
        by: 'analyst',
        daysAgo: 1,
        verb: 'ask',
        waitingType: 'Aguardando informação',
        waitingReason: 'Confirmar o RENAVAM',
        body: 'O RENAVAM do termo de quitação não confere com o do cadastro. Informe o número que consta no contrato.',
      },
      { by: 'analyst', daysAgo: 1, verb: 'note', body: 'Conferir também o chassi na base local quando responderem.' },
    ],
  },
  { by: 'operator', daysAgo: 2, answers: theft('IXT3H02') },
  {
    by: 'operator',
    daysAgo: 0.2,
    answers: {
      caso: '14',
      chassi: '93YBSR7RHEJ298116',
      'baixa-data': '2026-08-14',
      ...justified(
        'O veículo foi baixado definitivamente como sucata e a instituição precisa cancelar o gravame que permaneceu ativo.',
      ),
    },
  },
  {
    by: 'masterOperator',
    daysAgo: 9,
    answers: theft('JBC5E17'),
    steps: [
      { by: 'secondAnalyst', daysAgo: 8, verb: 'take' },
      {
        by: 'secondAnalyst',
        daysAgo: 2,
        verb: 'solve',
        outcome: 'granted',
        body: 'Boletim de ocorrência conferido com o registro da placa JBC5E17; o bloqueio por furto foi levantado para o cancelamento do gravame.',
      },
    ],
  },
  {
    by: 'masterOperator',
    daysAgo: 1,
    answers: {
      caso: '13',
      placa: 'IWW8J63',
      'uf-atual': 'SC',
      ...justified(
        'O veículo foi transferido para Santa Catarina e o gravame continua apontado no registro anterior, o que impede o cancelamento.',
      ),
    },
  },
]
