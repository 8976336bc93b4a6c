// What stands in the way of publishing a form.
import { describe, expect, it } from 'vitest'
import { check } from '#forms/rules/check.ts'
import type { Definition, Question } from '#forms/rules/definition.ts'
import { readDefinition } from '#forms/rules/schema.ts'
import { is, rule, short, sound, text } from '../../../tests/support/definitions.ts'

describe('a definition is refused', () => {
  const option = (value: string) => ({ value, label: text(value) })
  const two = short('x', { type: 'choice', options: [option('sim'), option('nao')] })
  it.each<[string, readonly Question[], string]>([
    ['with a loop', [short('a', { show: is('b', 'x') }), short('b', { show: is('a', 'x') })], 'question a: loop'],
    ['with a key twice', [short('a'), short('a')], 'question a: twice'],
    ['with an unknown question', [short('a', { show: is('z', 'x') })], 'question a: unknown-question'],
    ['with a choice of nothing', [short('a', { type: 'choice' })], 'question a: no-options'],
    ['with an option twice', [short('a', { type: 'choice', options: [option('x'), option('x')] })], 'option-twice'],
    ['with the name of another form field', [short('a'), short('guarda')], 'reserved'],
    ['with a name that objects inherit', [short('__proto__')], 'sections.0.questions.6.key'],
    ['with an operator of another kind', [short('a', { show: rule('caso', 'contains', 'x') })], 'odd-operator'],
    ['with a value that is no option', [short('a', { show: is('caso', 'dois') })], 'odd-value'],
    ['with a day told from today', [short('d', { type: 'date', show: rule('d', 'after', 'hoje') })], 'odd-value'],
    ['with a rule of two values for one', [short('a', { show: rule('caso', 'is', 'um', 'um') })], 'odd-value'],
    [
      'with a choice that is both',
      [two, short('a', { show: [...is('x', 'sim'), ...is('x', 'nao')] })],
      'question a: never',
    ],
    [
      'with a number beyond its most',
      [short('n', { type: 'number', most: 9 }), short('a', { show: rule('n', 'after', '9') })],
      'question a: never',
    ],
    ['with a question called as a part of another', [short('a'), short('a-erro')], 'question a: key-meets'],
    ['with a question called as an option of another', [two, short('x-sim')], 'question x: key-meets'],
    ['with limits that nothing fits', [short('a', { least: 9, most: 2 })], 'least-over-most'],
    ['with a least beyond what its type takes', [short('a', { least: 300 })], 'least-over-most'],
    ['with a most of nothing', [short('a', { most: 0 })], 'most-range'],
    ['with a tick that is none', [short('a', { type: 'chassis', relaxedBy: 'email' })], 'no-tick'],
    [
      'hanging on an explanation',
      [short('a', { type: 'explanation' }), short('b', { show: is('a', 'x') })],
      'unknown-q',
    ],
    ['of too many questions', Array.from({ length: 500 }, (_, i) => short(`x${i}`)), 'too-big'],
  ])('%s', (_, questions, fault) => {
    const form = sound(questions)
    const parts = { ...form, sections: [{ ...form.sections[0], questions: [] }] }
    const split = form.sections[0]?.questions ?? []
    const sections = [0, 300].map((from, i) => ({
      ...parts.sections[0],
      key: `s${i}`,
      questions: split.slice(from, from + 300),
    }))
    expect(() => readDefinition({ ...form, sections })).toThrow(fault)
  })
  it('whose facts come from questions of another type', () => {
    const form = sound([])
    expect(() => readDefinition({ ...form, facts: { ...form.facts, plate: 'email' } })).toThrow('fact-type')
  })
  const changed = (key: string, change: Partial<Question>, more: readonly Question[] = []): Definition => {
    const form = sound([])
    const [section] = form.sections
    const own = section?.questions.map((one) => (one.key === key ? { ...one, ...change } : one)) ?? []
    return { ...form, sections: [{ key: 's', title: text('s'), questions: [...own, ...more] }] }
  }
  it.each<[string, Definition]>([
    ['whose case is optional', changed('caso', { required: false })],
    ['whose case is asked for by some answers alone', changed('caso', { show: is('x', 'sim') }, [two])],
    ['whose case hangs on a text', changed('caso', { show: is('x', 'sim') }, [short('x')])],
  ])('%s', (_, form) => {
    expect(() => readDefinition(form)).toThrow('question caso: case-optional')
  })
  it.each(['anexo', 'visto', 'nao-guardados'])('with a question called as the page’s own field %s', (key) => {
    expect(() => readDefinition(sound([short(key)]))).toThrow('reserved')
  })
  it('that leaves plate and chassis both optional', () => {
    const { sections, ...form } = changed('placa', { required: false })
    const questions =
      sections[0]?.questions.map((one) => (one.key === 'chassi' ? { ...one, required: false } : one)) ?? []
    expect(() => readDefinition({ ...form, sections: [{ ...sections[0], questions }] })).toThrow('no-vehicle')
    const open = { ...form, sections: [{ key: 's', title: text('s'), questions }] }
    const given = { answers: { caso: 'um', renavam: '' }, filesPresent: new Set<string>(), today: '2026-11-23' }
    expect(check(open, given).problems).toContainEqual({ field: 'placa', code: 'vehicle-missing' })
  })
  it.each<[string, Partial<Question>]>([
    ['without a declaration', { type: 'tick' }],
    ['whose declaration need not be made', { required: false }],
    ['whose declaration is asked for by some answers alone', { show: is('x', 'sim') }],
  ])('%s', (_, change) => {
    expect(() => readDefinition(changed('declaro', change, [two]))).toThrow('no-declaration')
  })
  it('unless it is sound', () => {
    expect(readDefinition(changed('declaro', { show: rule('caso', 'filled') }))).toBeTruthy()
    const number = short('n', { type: 'number', least: 1, most: 9, decimals: 1 })
    expect(readDefinition(sound([number, short('a', { show: rule('n', 'after', '8.9') })]))).toBeTruthy()
    expect(readDefinition(sound([two, short('a', { show: [...is('x', 'sim'), ...is('caso', 'um')] })]))).toBeTruthy()
    expect(readDefinition(changed('caso', { show: rule('x', 'one-of', 'sim', 'nao') }, [two]))).toBeTruthy()
    expect(readDefinition(sound([short('a', { show: rule('caso', 'one-of', 'um') })]))).toBeTruthy()
  })
})
