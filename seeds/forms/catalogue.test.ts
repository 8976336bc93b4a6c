// The catalogue of cases: each can be filed, and each document that is missing is said to be, alone.
import { describe, expect, it } from 'vitest'
import { check, DOCUMENT_FIELD, GROUP_FIELD } from '#forms/rules/check.ts'
import { type Answers, documentsOf, questionsOf } from '#forms/rules/definition.ts'
import { evaluate } from '#forms/rules/evaluate.ts'
import { faultsOf } from '#forms/rules/faults.ts'
import { filingFacts } from '#forms/rules/filing.ts'
import { neededFor } from '#forms/rules/needed.ts'
import { readDefinition } from '#forms/rules/schema.ts'
import { ANSWERS_OF_CASES, answersOf, enough } from './answers.ts'
import { CASE_OPTIONS } from './cases.ts'
import { FINANCIAL_INSTITUTIONS as form } from './instituicoes-financeiras.ts'

const today = '2026-11-23'

it('is a sound definition', () => {
  expect(readDefinition(form)).toEqual(JSON.parse(JSON.stringify(form)))
  expect(faultsOf(form)).toEqual([])
})

it('has the twenty cases, each filed here at least once', () => {
  expect(CASE_OPTIONS).toHaveLength(20)
  expect([...new Set(ANSWERS_OF_CASES.map(([code]) => code))]).toEqual(CASE_OPTIONS.map((one) => one.value))
})

describe.each(ANSWERS_OF_CASES)('case %s with %o', (code, own) => {
  const answers = answersOf(code, own)

  it('can be filed with what it asks for', () => {
    const { problems } = check(form, { answers, filesPresent: new Set(enough(answers)), today })
    expect(problems).toEqual([])
  })

  it('says of each missing document that it is missing, and nothing else', () => {
    const verdict = evaluate(form, answers)
    const all = enough(answers)
    for (const missing of all) {
      const { problems } = check(form, { answers, filesPresent: new Set(all.filter((key) => key !== missing)), today })
      const group = [...verdict.groups].find(([, keys]) => keys.includes(missing))?.[0]
      expect(problems).toEqual([
        group
          ? { field: GROUP_FIELD + group, code: 'group-required' }
          : { field: DOCUMENT_FIELD + missing, code: 'document-required' },
      ])
    }
  })

  it('says of each missing answer of its own that it is missing', () => {
    const optional = questionsOf(form).filter(({ required }) => required === false)
    for (const key of Object.keys(own).filter((one) => !optional.some(({ key }) => key === one))) {
      const { problems } = check(form, {
        answers: { ...answers, [key]: ' ' },
        filesPresent: new Set(documentsOf(form).map((one) => one.key)),
        today,
      })
      expect(problems).toContainEqual({ field: key, code: 'required' })
    }
  })
})

describe('the documents asked for', () => {
  const required = (answers: Answers): string[] => [...evaluate(form, answers).requiredDocuments].sort()

  it.each<[string, Answers, string[]]>([
    [
      '01',
      { recuperado: 'sim', indenizado: 'sim' },
      ['bo', 'laudo-recuperacao', 'procuracao', 'recibo-indenizacao', 'requerimento'],
    ],
    ['01', { recuperado: 'nao', indenizado: 'nao' }, ['bo', 'procuracao', 'requerimento']],
    ['02', {}, ['crv', 'procuracao', 'requerimento', 'tela-sng']],
    ['04', {}, ['contrato', 'crv', 'documento-correto', 'procuracao', 'requerimento']],
    ['12', { 'leilao-tipo': 'judicial' }, ['carta-arrematacao', 'crv', 'edital', 'procuracao', 'requerimento']],
    ['17', { 'credor-situacao': 'extinto' }, ['crv', 'decisao', 'procuracao', 'requerimento']],
    ['20', { estatutario: 'sim', emitido: 'nao-sei' }, ['prova', 'requerimento']],
  ])('in case %s with %o are %o', (code, own, documents) => {
    expect(required(answersOf(code, own))).toEqual(documents)
  })

  it('do not hang on an answer that belonged to another case', () => {
    const answers = answersOf('02', { apontamento: '1', recuperado: 'sim', 'credor-situacao': 'extinto' })
    expect(required(answers)).not.toContain('laudo-recuperacao')
    expect(required(answers)).not.toContain('decisao')
  })

  it('are known before starting', () => {
    const needed = neededFor(form, '12')
    expect(needed.required.map((one) => one.key)).toEqual(['requerimento', 'edital'])
    expect(needed.groups).toEqual(['arrematacao'])
    expect(needed.maybe.map((one) => one.key)).toEqual(['procuracao', 'crv', 'carta-arrematacao'])
  })
})

describe('a vehicle', () => {
  const judge = (own: Answers) =>
    check(form, {
      answers: { ...answersOf('02', { apontamento: '1' }), ...own },
      filesPresent: new Set(documentsOf(form).map((one) => one.key)),
      today,
    })

  it('without a plate is known by its chassis, in the title too', () => {
    const { problems, values } = judge({ placa: '' })
    expect(problems).toEqual([])
    expect(filingFacts(form, values)).toMatchObject({
      plate: null,
      chassis: '9BWZZZ377VT004251',
      subject:
        'Instituições Financeiras - Desbloqueio para Cancelamento de Gravame - Prazo de cancelamento no SNG expirado - 9BWZZZ377VT004251',
    })
  })
  it('keeps in the title the spelling that was typed, and is found by the canonical one', () => {
    const { values } = judge({})
    expect(filingFacts(form, values)).toMatchObject({ plate: 'ABC1C34', renavam: '00639884962', caseCode: '02' })
    expect(filingFacts(form, values).subject).toMatch(/ - ABC1234$/)
  })
  it('must have one of the two', () => {
    expect(judge({ placa: '', chassi: '' }).problems).toEqual([{ field: 'placa', code: 'required' }])
  })
  it('of before 1986 may have a short chassis, once that is ticked', () => {
    expect(judge({ chassi: 'BP12345' }).problems).toMatchObject([{ field: 'chassi', code: 'chassis-length' }])
    expect(judge({ chassi: 'BP12345', 'chassi-antigo': 'sim' }).problems).toEqual([])
  })
  it('typed with REM is marked as stamped anew', () => {
    expect(judge({ chassi: '9BWZZZ377VT004251 REM' }).values).toMatchObject({
      chassi: '9BWZZZ377VT004251',
      'chassi-rem': 'sim',
    })
  })
  it('may have a RENAVAM of odd digit, once it is confirmed', () => {
    expect(judge({ renavam: '12345678901' }).problems).toEqual([{ field: 'renavam', code: 'renavam-digit' }])
    expect(judge({ renavam: '12345678901', 'renavam-confirmado': 'sim' }).problems).toEqual([])
  })
})

it('every text stands in both languages', () => {
  for (const text of [...questionsOf(form).map((one) => one.label), ...documentsOf(form).map((one) => one.name)]) {
    expect(text['pt-BR'].length * text.en.length).toBeGreaterThan(0)
  }
})
