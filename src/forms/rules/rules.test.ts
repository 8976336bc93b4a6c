// The engine of forms: conditions, hidden answers, types of questions, and soundness of definitions.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { check } from '#forms/rules/check.ts'
import { type Condition, holdsFor, OPERATORS } from '#forms/rules/condition.ts'
import type { Definition, Question } from '#forms/rules/definition.ts'
import { evaluate } from '#forms/rules/evaluate.ts'
import { progressOf } from '#forms/rules/progress.ts'
import { showAnswer } from '#forms/rules/question-types.ts'
import { faultsOf, readDefinition } from '#forms/rules/schema.ts'
import { isoDate } from '#forms/rules/types/date.ts'

const text = (words: string) => ({ 'pt-BR': words, en: words })
const short = (key: string, more: Partial<Question> = {}): Question => ({
  key,
  type: 'short-text',
  label: text(key),
  ...more,
})
const is = (question: string, value: string): Condition => ({ question, operator: 'is', value })
function formOf(questions: readonly Question[], more: Partial<Definition['sections'][number]> = {}): Definition {
  return {
    title: text('form'),
    groups: [],
    subject: [{ text: 'form' }],
    facts: { case: 'a', plate: 'a', chassis: 'a', renavam: 'a', email: 'a' },
    sections: [{ key: 's', title: text('s'), questions, ...more }],
  }
}
const judge = (question: Partial<Question> & Pick<Question, 'type'>, typed: string) =>
  check(formOf([short('a', question)]), { answers: { a: typed }, filesPresent: new Set(), today: '2026-11-23' })
const codes = (question: Partial<Question> & Pick<Question, 'type'>, typed: string) =>
  judge(question, typed).problems.map((problem) => problem.code)

describe('conditions', () => {
  it.each<[Condition, Record<string, string>, boolean]>([
    [is('a', 'x'), { a: 'x' }, true],
    [is('a', 'x'), {}, false],
    [{ question: 'a', operator: 'is-not', value: 'x' }, {}, true],
    [{ question: 'a', operator: 'one-of', value: ['x', 'y'] }, { a: 'y' }, true],
    [{ question: 'a', operator: 'none-of', value: ['x', 'y'] }, { a: 'y' }, false],
    [{ question: 'a', operator: 'contains', value: 'AN' }, { a: 'banco' }, true],
    [{ question: 'a', operator: 'empty' }, { a: '  ' }, true],
    [{ question: 'a', operator: 'filled' }, { a: ' x ' }, true],
    [{ question: 'a', operator: 'before', value: '2026-01-02' }, { a: '2026-01-01' }, true],
    [{ question: 'a', operator: 'after', value: '2026-01-02' }, { a: '2026-01-02' }, false],
    [{ all: [is('a', 'x'), is('b', 'y')] }, { a: 'x' }, false],
    [{ any: [is('a', 'x'), is('b', 'y')] }, { a: 'x' }, true],
    [{ not: is('a', 'x') }, { a: 'x' }, false],
  ])('%o with %o is %s', (condition, answers, expected) => {
    expect(holdsFor(condition, (key) => answers[key])).toBe(expected)
  })
})

describe('what is hidden', () => {
  const chain = formOf([
    short('a'),
    short('b', { show: is('a', 'x') }),
    short('c', { show: { question: 'b', operator: 'filled' } }),
  ])
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
    const form = formOf([short('a'), short('constructor', { show: { question: 'a', operator: 'filled' } })])
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

it('a step is done when nothing required in it is empty', () => {
  const form = formOf([short('a'), short('b', { required: false })], {
    documents: [{ key: 'd', name: text('d'), need: 'required', kinds: ['pdf'] }],
  })
  const at = (answers: Record<string, string>, files: string[]) =>
    progressOf(form, { answers, verdict: evaluate(form, answers), files: new Set(files) })[0]
  expect(at({}, [])?.state).toBe('now')
  expect(at({ a: 'x' }, [])).toMatchObject({ state: 'now', documents: { done: 0, all: 1 } })
  expect(at({ a: 'x' }, ['d'])).toMatchObject({ state: 'ok', documents: { done: 1, all: 1 } })
})

describe('a definition is refused', () => {
  it.each<[string, readonly Question[], string]>([
    ['with a loop', [short('a', { show: is('b', 'x') }), short('b', { show: is('a', 'x') })], 'hangs on itself'],
    ['with a key twice', [short('a'), short('a')], 'twice'],
    ['with an unknown question', [short('a', { show: is('z', 'x') })], 'mentioned, not there'],
    ['with a choice of nothing', [short('a', { type: 'choice' })], 'no options'],
    ['with the name of another form field', [short('a'), short('guarda')], 'reserved'],
  ])('%s', (_, questions, fault) => {
    expect(() => readDefinition(formOf(questions))).toThrow(fault)
  })
  it('unless it is sound', () => {
    expect(faultsOf(formOf([short('a')]))).toEqual([])
  })
})

const KEYS = Array.from({ length: 12 }, (_, i) => `q${i}`)
const condition = fc.letrec<{ tree: Condition; rule: Condition }>((tie) => ({
  rule: fc.record({
    question: fc.constantFrom(...KEYS),
    operator: fc.constantFrom(...OPERATORS),
    value: fc.constantFrom('x', 'y', ''),
  }),
  tree: fc.oneof(
    { maxDepth: 3 },
    tie('rule'),
    fc.record({ all: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ not: tie('tree') }),
  ),
})).tree

it('drops every hidden answer, in any form without loops', () => {
  const forms = fc.array(fc.option(condition, { nil: undefined }), { minLength: 12, maxLength: 12 })
  const answers = fc.dictionary(fc.constantFrom(...KEYS), fc.constantFrom('x', 'y', ''))
  fc.assert(
    fc.property(forms, answers, (shows, given) => {
      const form = formOf(KEYS.map((key, i) => short(key, { show: shows[i] })))
      fc.pre(!faultsOf(form).some((fault) => fault.includes('itself')))
      const verdict = evaluate(form, given)
      // A second judgement over what is left finds the same: nothing still hangs on a hidden answer.
      expect(evaluate(form, verdict.answers)).toEqual(verdict)
      for (const [i, key] of KEYS.entries()) {
        expect(verdict.questions.has(key)).toBe(holdsFor(shows[i], (other) => verdict.answers[other]))
      }
    }),
  )
})

it('judges 300 questions and 500 rules in well under 10 ms', () => {
  const questions = Array.from({ length: 300 }, (_, i) =>
    short(`q${i}`, i < 2 ? {} : { show: { any: [is(`q${i - 1}`, 'x'), is(`q${i - 2}`, 'x')] } }),
  )
  const form = formOf(questions)
  const answers = Object.fromEntries(questions.map(({ key }) => [key, 'x']))
  evaluate(form, answers)
  const start = performance.now()
  for (let i = 0; i < 10; i++) evaluate(form, answers)
  expect((performance.now() - start) / 10).toBeLessThan(10)
})
