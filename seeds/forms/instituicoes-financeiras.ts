// The form Instituições Financeiras, first version: what is asked in every case, around the cases, their fields and documents.
import type { Definition, Question } from '#forms/rules/definition.ts'
import { answered, both, CASE_QUESTIONS, rule } from './case-questions.ts'
import { CASE_OPTIONS } from './cases.ts'
import { GROUPS } from './document-details.ts'
import { DOCUMENTS } from './documents.ts'

/** Everything below the case appears once there is one. */
const CASE_CHOSEN = rule('caso', 'filled')

const VEHICLE: readonly Question[] = [
  {
    key: 'placa',
    type: 'plate',
    label: both('Placa', 'Plate'),
    hint: both('ABC1234 ou ABC1C34; em branco se não houver.', 'ABC1234 or ABC1C34; empty if there is none.'),
    required: rule('chassi', 'empty'),
    missing: both(
      'Informe a placa ou, se o veículo não tem placa, o chassi.',
      'Give the plate or, if the vehicle has none, the chassis.',
    ),
  },
  {
    key: 'chassi',
    type: 'chassis',
    label: both('Chassi', 'Chassis'),
    hint: both('17 letras e números, sem I, O e Q.', '17 letters and digits, without I, O and Q.'),
    required: false,
    relaxedBy: 'chassi-antigo',
    setsTick: 'chassi-rem',
  },
  {
    key: 'renavam',
    type: 'renavam',
    label: both('RENAVAM', 'RENAVAM'),
    hint: both('11 números, ou 9 nos antigos.', '11 digits, or 9 in old ones.'),
    required: false,
    relaxedBy: 'renavam-confirmado',
  },
  {
    key: 'chassi-antigo',
    type: 'tick',
    label: both('Veículo anterior a 1986', 'Vehicle made before 1986'),
    hint: both('Aceita chassi de 5 a 21 caracteres.', 'Accepts a chassis of 5 to 21 characters.'),
    required: false,
  },
  {
    key: 'chassi-rem',
    type: 'tick',
    label: both('Chassi remarcado (REM)', 'Chassis stamped anew (REM)'),
    required: false,
  },
  {
    key: 'renavam-confirmado',
    type: 'tick',
    label: both('Confirmo o RENAVAM', 'I confirm the RENAVAM'),
    hint: both(
      'Marque se o sistema recusar um número que está certo no documento.',
      'Tick if the system refuses a number that is right on the document.',
    ),
    required: false,
  },
]

const LIEN: readonly Question[] = [
  {
    key: 'contrato-numero',
    type: 'short-text',
    label: both('Número do contrato', 'Contract number'),
    required: false,
    most: 60,
  },
  {
    key: 'inclusao-data',
    type: 'date',
    label: both('Data de inclusão do gravame', 'Date the lien was entered'),
    required: false,
  },
  {
    key: 'estatutario',
    type: 'yes-no',
    label: both('Quem assina é representante estatutário?', 'Is the signer a statutory representative?'),
    hint: both(
      'Se não, a procuração ou a prova de poderes será pedida.',
      'If not, the power of attorney or proof of powers is asked for.',
    ),
  },
  {
    key: 'emitido',
    type: 'yes-no-unknown',
    label: both(
      'O documento do veículo (CRV/CRLV-e) foi emitido com o gravame?',
      'Was the vehicle document (CRV/CRLV-e) issued with the lien?',
    ),
  },
]

/** Checked by readDefinition at seeding. */
export const FINANCIAL_INSTITUTIONS: Definition = {
  title: both('Instituições Financeiras', 'Financial institutions'),
  hint: both(
    'Os campos são obrigatórios, exceto os marcados como opcionais.',
    'Fields are required unless marked optional.',
  ),
  subject: [{ text: 'Instituições Financeiras' }, { label: 'tipo' }, { label: 'caso' }, { first: ['placa', 'chassi'] }],
  facts: { case: 'caso', plate: 'placa', chassis: 'chassi', renavam: 'renavam', email: 'email' },
  groups: GROUPS,
  sections: [
    {
      key: 'pedido',
      title: both('O que você precisa?', 'What do you need?'),
      questions: [
        {
          key: 'tipo',
          type: 'choice',
          label: both('O que você precisa?', 'What do you need?'),
          missing: both(
            'Marque Desbloqueio para Cancelamento de Gravame para continuar.',
            'Tick Desbloqueio para Cancelamento de Gravame to go on.',
          ),
          options: [
            {
              value: 'desbloqueio',
              label: both('Desbloqueio para Cancelamento de Gravame', 'Unblocking for lien cancellation'),
              hint: both(
                'Liberar o registro do veículo para cancelar o gravame no SNG.',
                'Unblock the vehicle’s record so that the lien can be cancelled in SNG.',
              ),
            },
          ],
        },
      ],
    },
    {
      key: 'qual-caso',
      title: both('Qual é o caso?', 'Which case is it?'),
      questions: [
        {
          key: 'caso',
          type: 'choice',
          label: both('Qual é o caso?', 'Which case is it?'),
          show: answered('tipo', 'desbloqueio'),
          missing: both(
            'Escolha o caso: dele dependem os campos e os documentos.',
            'Choose the case: fields and documents depend on it.',
          ),
          options: CASE_OPTIONS,
        },
      ],
    },
    { key: 'veiculo', title: both('Veículo', 'Vehicle'), show: CASE_CHOSEN, questions: VEHICLE },
    {
      key: 'gravame',
      title: both('Gravame e caso', 'Lien and case'),
      show: CASE_CHOSEN,
      questions: [...LIEN, ...CASE_QUESTIONS],
    },
    {
      key: 'justificativa-contato',
      title: both('Justificativa e contato', 'Justification and contact'),
      show: CASE_CHOSEN,
      questions: [
        {
          key: 'justificativa',
          type: 'long-text',
          label: both('Justificativa', 'Justification'),
          hint: both(
            'Conte o que aconteceu e por que o cancelamento está impedido.',
            'Tell what happened and why the cancellation is blocked.',
          ),
          least: 30,
          most: 4000,
        },
        {
          key: 'email',
          type: 'email',
          label: both('E-mail para notificação', 'E-mail for notifications'),
          hint: both('Endereço para os avisos sobre este chamado.', 'Address for notices about this ticket.'),
          startsAs: 'own-email',
        },
      ],
    },
    {
      key: 'documentos',
      title: both('Documentos', 'Documents'),
      show: CASE_CHOSEN,
      questions: [],
      documents: DOCUMENTS,
    },
    {
      key: 'declaracao',
      title: both('Declaração', 'Declaration'),
      show: CASE_CHOSEN,
      questions: [
        {
          key: 'declaro',
          type: 'declaration',
          label: both('Declaro que as informações são verdadeiras', 'I declare that the information is true'),
          hint: both(
            'A instituição responde pela veracidade do que envia (Resolução CONTRAN 807/2020, art. 20).',
            'The institution answers for the truth of what it sends (Resolução CONTRAN 807/2020, art. 20).',
          ),
        },
      ],
    },
  ],
}
