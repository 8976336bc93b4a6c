// The types of questions: what each reads, keeps, shows and compares.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { QUESTION_TYPES, type Question, type QuestionType } from '#forms/rules/definition.ts'
import { readAnswer, showAnswer, typeOf } from '#forms/rules/question-types.ts'
import { tidied } from '#forms/rules/types/money.ts'
import type { Checked } from '#shared/problems.ts'

const text = (words: string) => ({ 'pt-BR': words, en: words })
const option = (value: string) => ({ value, label: text(value) })
const asking = (type: QuestionType, more: Partial<Question> = {}): Question => ({
  key: 'a',
  type,
  label: text('a'),
  options: [option('um'), option('dois'), option('tres')],
  ...more,
})
const read = (question: Question, typed: string) => readAnswer({ question, typed, answers: {}, today: '2026-11-23' })
const codeOf = (result: Checked<unknown>): string => (result.ok ? '' : (result.problems[0]?.code ?? ''))

describe('an answer', () => {
  it.each<[QuestionType, string, Partial<Question>, string, string]>([
    ['number', '1.234', {}, '1234', '1.234'],
    ['number', '0012', {}, '12', '12'],
    ['number', '-7', {}, '-7', '-7'],
    ['number', '1.234,50', { decimals: 2 }, '1234.5', '1.234,5'],
    ['number', '12.5', { decimals: 1 }, '12.5', '12,5'],
    ['money', 'R$ 1.234,5', {}, '1234.50', 'R$\u00a01.234,50'],
    ['money', '1234567', {}, '1234567.00', 'R$\u00a01.234.567,00'],
    ['phone', '(51) 3288-1234', {}, '5132881234', '(51) 3288-1234'],
    ['phone', '51991234567', {}, '51991234567', '(51) 99123-4567'],
    ['phone', '+55 54 98123-4567', {}, '54981234567', '(54) 98123-4567'],
    ['multiple-choice', 'tres,um', {}, 'um,tres', 'um,tres'],
    ['judicial-number', '0002080-25.2012.5.15.0049', {}, '00020802520125150049', '0002080-25.2012.5.15.0049'],
  ])('of %s typed as %s is kept in one spelling and shown as people write it', (type, typed, more, kept, shown) => {
    const question = asking(type, more)
    expect(read(question, typed)).toEqual({ ok: true, value: { a: kept } })
    expect(showAnswer(question, kept)).toBe(shown)
  })

  it.each<[QuestionType, string, Partial<Question>, string]>([
    ['number', 'doze', {}, 'number-shape'],
    ['number', '1,5', {}, 'number-decimals'],
    ['number', '1e5', {}, 'number-shape'],
    ['number', '12345678901234567', {}, 'number-shape'],
    ['number', '4', { least: 5 }, 'number-least'],
    ['number', '6', { most: 5 }, 'number-most'],
    ['money', '1,234', {}, 'number-decimals'],
    ['phone', '(51) 9212-2212', {}, 'phone-shape'],
    ['phone', '(20) 99999-9999', {}, 'phone-area'],
    ['phone', '99999-9999', {}, 'phone-length'],
    ['multiple-choice', 'um,quatro', {}, 'choice-unknown'],
    ['multiple-choice', 'um', { least: 2 }, 'choices-few'],
    ['multiple-choice', 'um,dois', { most: 1 }, 'choices-many'],
    ['explanation', 'x', {}, 'choice-unknown'],
  ])('of %s typed as %s is refused', (type, typed, more, code) => {
    expect(codeOf(read(asking(type, more), typed))).toBe(code)
  })

  it.each<[QuestionType, string, string]>([
    ['plate', 'abc-1234', 'ABC1C34'],
    ['cpf', '111.444.777-35', '11144477735'],
    ['renavam', '639884962', '00639884962'],
    ['date', '31/12/2025', '2025-12-31'],
    ['date', 'ontem', ''],
    ['money', 'R$ 1.000,00', '1000'],
    ['short-text', ' uma\r\nlinha ', 'uma linha'],
    ['email', ' Gente@Example.com ', 'gente@example.com'],
    ['multiple-choice', 'um, dois,,um', 'um,dois'],
  ])('of %s typed as %s compares as %s', (type, typed, compared) => {
    expect(typeOf({ type }).search(typed)).toBe(compared)
  })
})

it.each([
  ['money', '1234,5', '1.234,50'],
  ['money', 'R$ 1234567', '1.234.567,00'],
  ['money', '1.5', '1,50'],
  ['number', '1234.5', '1.234,5'],
  ['number', '-0012', '-12'],
  ['number', 'doze', 'doze'],
] as const)('%s typed as %s stands as %s once its field is left', (type, typed, stands) => {
  expect(tidied(typed, type)).toBe(stands)
})

it('whatever is typed, every type answers with a value or a problem, and what it keeps it would keep again', () => {
  const types = fc.constantFrom(...QUESTION_TYPES)
  fc.assert(
    fc.property(types, fc.string({ unit: 'binary', maxLength: 60 }), (type, given) => {
      const question = asking(type, { decimals: 2 })
      const typed = given.trim() || 'x'
      typeOf(question).search(typed)
      const first = read(question, typed)
      expect(first.ok ? 1 : first.problems.length).toBe(1)
      if (!first.ok) return
      const kept = first.value.a ?? ''
      expect(read(question, kept)).toEqual({ ok: true, value: { a: kept } })
      expect(typeof showAnswer(question, kept)).toBe('string')
    }),
    {
      numRuns: 2000,
      examples: [
        ['money', '12,3'],
        ['multiple-choice', 'dois,um'],
        ['phone', '5132881234'],
      ],
    },
  )
})
