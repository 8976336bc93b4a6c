// The engine of forms: conditions, hidden answers and types of questions.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Item, KINDS, LINK_KEYS, takesValue } from '#criteria/rules/grammar.ts'
import { check } from '#forms/rules/check.ts'
import { type Condition, judgeOf } from '#forms/rules/condition.ts'
import type { Question } from '#forms/rules/definition.ts'
import { evaluate } from '#forms/rules/evaluate.ts'
import { faultsOf } from '#forms/rules/faults.ts'
import { progressOf } from '#forms/rules/progress.ts'
import { showAnswer } from '#forms/rules/question-types.ts'
import { isoDate } from '#shared/kit/iso-date.ts'
import { formOf, is, rule, short, text } from '../../../tests/support/definitions.ts'

const judge = (question: Partial<Question> & Pick<Question, 'type'>, typed: string) =>
  check(formOf([short('a', question)]), { answers: { a: typed }, filesPresent: new Set(), today: '2026-11-23' })
const codes = (question: Partial<Question> & Pick<Question, 'type'>, typed: string) =>
  judge(question, typed).problems.map((problem) => problem.code)

describe('conditions', () => {
  const questions = new Map<string, Question>([
    ['a', short('a')],
    ['b', short('b')],
    ['placa', short('placa', { type: 'plate' })],
    ['dia', short('dia', { type: 'date' })],
    ['valor', short('valor', { type: 'money' })],
    ['quais', short('quais', { type: 'multiple-choice' })],
  ])
  const or = (items: Condition): Condition => items.map((item) => ({ ...item, link: 'or' }))
  const not = (items: Condition): Condition => [{ link: 'and-not', items }]
  it.each<[Condition, Record<string, string>, boolean]>([
    [is('a', 'x'), { a: 'x' }, true],
    [is('a', 'x'), { a: ' X ' }, true],
    [is('a', 'x'), {}, false],
    [rule('a', 'is-not', 'x'), {}, true],
    [rule('a', 'one-of', 'x', 'y'), { a: 'y' }, true],
    [rule('a', 'none-of', 'x', 'y'), { a: 'y' }, false],
    [rule('a', 'contains', 'AN'), { a: 'banco' }, true],
    [rule('a', 'empty'), { a: '  ' }, true],
    [rule('a', 'filled'), { a: ' x ' }, true],
    [rule('placa', 'is', 'ABC1234'.replace('1234', '1C34')), { placa: 'abc-1234' }, true],
    [rule('dia', 'before', '2026-01-02'), { dia: '01/01/2026' }, true],
    [rule('dia', 'after', '2026-01-02'), { dia: '2026-01-02' }, false],
    [rule('dia', 'after', '2026-01-02'), { dia: 'amanhã' }, false],
    [rule('valor', 'after', '1000'), { valor: 'R$ 1.000,01' }, true],
    [rule('valor', 'is', '1000'), { valor: '1000,00' }, true],
    [rule('quais', 'is', 'dois'), { quais: 'um,dois' }, true],
    [rule('quais', 'is-not', 'dois'), { quais: 'um,tres' }, true],
    [[...is('a', 'x'), ...is('b', 'y')], { a: 'x' }, false],
    [[...is('a', 'x'), ...or(is('b', 'y'))], { a: 'x' }, true],
    [not(is('a', 'x')), { a: 'x' }, false],
    [is('nowhere', 'x'), {}, false],
  ])('%o with %o is %s', (condition, answers, expected) => {
    expect(judgeOf(questions, (key) => answers[key])(condition)).toBe(expected)
  })
})

describe('what is hidden', () => {
  const chain = formOf([short('a'), short('b', { show: is('a', 'x') }), short('c', { show: rule('b', 'filled') })])
  it('counts for nothing, nor does what hangs on it', () => {
    const verdict = evaluate(chain, { a: 'other', b: 'typed', c: 'typed' })
    expect([...verdict.questions]).toEqual(['a'])
    expect(verdict.answers).toEqual({ a: 'other' })
  })
  it('comes back with what was typed', () => {
    expect([...evaluate(chain, { a: 'x', b: 'typed', c: 'typed' }).questions]).toEqual(['a', 'b', 'c'])
  })
  it('is judged alike whatever the order of the questions', () => {
    const turned = formOf([...(chain.sections[0]?.questions ?? [])].reverse())
    expect(evaluate(turned, { a: 'no', b: 'y', c: 'z' }).answers).toEqual({ a: 'no' })
  })
  it('is not brought out by names every object inherits', () => {
    const form = formOf([short('a'), short('constructor', { show: rule('a', 'filled') })])
    expect(evaluate(form, { a: 'x' }).answers).toEqual({ a: 'x' })
  })
})

describe('answers by type', () => {
  it.each<[Partial<Question> & Pick<Question, 'type'>, string, string[]]>([
    [{ type: 'short-text', most: 5 }, 'abcdef', ['too-long']],
    [{ type: 'long-text', least: 30 }, 'curto', ['too-short']],
    [{ type: 'long-text', least: 3 }, '😀😀😀', []],
    [{ type: 'date' }, '2026-02-29', ['date-wrong']],
    [{ type: 'date' }, '31/12/2025', []],
    [{ type: 'date' }, '2026-11-24', ['date-future']],
    [{ type: 'date', future: true }, '2026-11-24', []],
    [{ type: 'yes-no' }, 'talvez', ['choice-unknown']],
    [{ type: 'yes-no-unknown' }, 'nao-sei', []],
    [{ type: 'yes-no' }, 'nao-sei', ['choice-unknown']],
    [{ type: 'uf' }, 'XX', ['choice-unknown']],
    [{ type: 'uf' }, 'RS', []],
    [{ type: 'email' }, 'gente@example.com', []],
    [{ type: 'email' }, 'gente@example', ['email-shape']],
    [{ type: 'email' }, 'a@b.com\nbcc: x@y.com', ['email-shape']],
    [{ type: 'email' }, 'um@example.com, dois@example.com', ['email-shape']],
    [{ type: 'declaration' }, '', ['declaration-required']],
    [{ type: 'tick', required: false }, '', []],
    [{ type: 'tick' }, 'x', ['choice-unknown']],
    [{ type: 'choice', options: [{ value: 'um', label: text('um') }] }, 'dois', ['choice-unknown']],
    [{ type: 'cpf' }, '111.444.777-34', ['cpf-digit']],
    [{ type: 'cnpj' }, '11.222.333/0001-80', ['cnpj-digit']],
    [{ type: 'judicial-number' }, '1', ['judicial-length']],
    [{ type: 'plate' }, 'AB11234', ['plate-shape']],
  ])('%o answered %j gives %o', (question, typed, expected) => {
    expect(codes(question, typed)).toEqual(expected)
  })
  it('are stored in one spelling and shown as people write them', () => {
    expect(judge({ type: 'cpf' }, ' 111.444.777-35 ').values).toEqual({ a: '11144477735' })
    expect(showAnswer({ type: 'cpf' }, '11144477735')).toBe('111.444.777-35')
    expect(showAnswer({ type: 'date' }, '2026-03-09')).toBe('09-03-2026')
  })
  it('are read without ever failing, whatever is typed', () => {
    const types = [
      'short-text',
      'plate',
      'chassis',
      'renavam',
      'cpf',
      'cnpj',
      'cpf-or-cnpj',
      'judicial-number',
      'date',
      'email',
    ] as const
    fc.assert(
      fc.property(fc.constantFrom(...types), fc.string({ unit: 'binary', maxLength: 60 }), (type, typed) => {
        const { problems, values } = judge({ type }, typed)
        expect(problems.length === 0 ? Object.keys(values).length : 0).toBe(problems.length === 0 ? 1 : 0)
      }),
      { examples: [['plate', 'x']] },
    )
  })
  it('of dates are days that exist', () => {
    expect(isoDate('29-02-2024')).toBe('2024-02-29')
    expect(isoDate('29-02-2023')).toBeUndefined()
    expect(isoDate('2024-13-01')).toBeUndefined()
  })
})

it('a step is done when nothing required in it is empty and no answer in it was refused', () => {
  const form = formOf([short('a'), short('b', { required: false })], {
    documents: [{ key: 'd', name: text('d'), need: 'required', kinds: ['pdf'] }],
  })
  const at = (answers: Record<string, string>, files: string[]) =>
    progressOf(form, { answers, verdict: evaluate(form, answers), files: new Set(files) })[0]
  expect(at({}, [])?.state).toBe('now')
  expect(at({ a: 'x' }, [])).toMatchObject({ state: 'now', documents: { done: 0, all: 1 } })
  expect(at({ a: 'x' }, ['d'])).toMatchObject({ state: 'ok', documents: { done: 1, all: 1 } })
  const refused = {
    answers: { a: 'x' },
    verdict: evaluate(form, { a: 'x' }),
    files: new Set(['d']),
    wrong: new Set(['a']),
  }
  expect(progressOf(form, refused)[0]?.state).toBe('now')
})

const KEYS = Array.from({ length: 12 }, (_, i) => `q${i}`)
const link = fc.constantFrom(...LINK_KEYS)
const operator = fc.constantFrom(...KINDS.text.filter(takesValue))
const value = fc.constantFrom('x', 'y')
const conditionOver = (keys: readonly string[]) =>
  fc.letrec<{ tree: Item[]; rule: Item; group: Item }>((tie) => ({
    rule: fc.record({ link, field: fc.constantFrom(...keys), operator, values: fc.tuple(value) }),
    group: fc.record({ link, items: tie('tree') }),
    tree: fc.array(fc.oneof({ maxDepth: 3 }, tie('rule'), tie('group')), { minLength: 1, maxLength: 3 }),
  })).tree
/** Each question hangs on earlier ones only, so that there is no loop; the order on the page is another. */
const shows = fc.tuple(
  ...KEYS.map((_, i) => fc.option(conditionOver(KEYS.slice(0, Math.max(1, i))), { nil: undefined, freq: 3 })),
)

it('drops every hidden answer, in any form without loops', () => {
  const answers = fc.dictionary(fc.constantFrom(...KEYS), fc.constantFrom('x', 'y', ''))
  const order = fc.shuffledSubarray(KEYS, { minLength: KEYS.length })
  fc.assert(
    fc.property(shows, answers, order, (conditions, given, keys) => {
      const showOf = (key: string) => (key === 'q0' ? undefined : conditions[KEYS.indexOf(key)])
      const form = formOf(keys.map((key) => short(key, { show: showOf(key) })))
      expect(faultsOf(form).some(({ fault }) => fault === 'loop')).toBe(false)
      const verdict = evaluate(form, given)
      // A second judgement over what is left finds the same: nothing still hangs on a hidden answer.
      expect(evaluate(form, verdict.answers)).toEqual(verdict)
      const questions = new Map(form.sections[0]?.questions.map((one) => [one.key, one]))
      const judge = judgeOf(questions, (other) => verdict.answers[other])
      for (const key of KEYS) expect(verdict.questions.has(key)).toBe(judge(showOf(key)))
    }),
  )
})
