// The values of a rule: several out of one box, what is none named, and what is left of them under another field or operator.
import { describe, expect, it } from 'vitest'
import { edited } from '#criteria/rules/edit.ts'
import type { Field } from '#criteria/rules/grammar.ts'
import { check, readParams } from '#criteria/rules/read.ts'
import { countOfWhen } from '#criteria/rules/when.ts'

const field = (key: string, more: Omit<Field, 'key' | 'group' | 'name'>): [string, Field] => [
  key,
  { key, group: 'g', name: key, ...more },
]
const choice = (value: string, label = value) => ({ value, label })
const fields = new Map([
  field('titulo', { kind: 'text' }),
  field('texto', { kind: 'words' }),
  field('numero', { kind: 'number', whole: (typed) => /^\d+(\s\d{3})*$/.test(typed) }),
  field('status', { kind: 'choice', choices: ['novo', 'pendente', 'fechado'].map((one) => choice(one)) }),
  field('autor', { kind: 'ref', choices: [choice('1', 'Ana')] }),
  field('aberto', { kind: 'instant' }),
  field('dono', { kind: 'ref', open: true, choices: [choice('2', 'É')] }),
])

describe('the values of a rule', () => {
  it.each([
    ['numero', '24151, 24152;24153 24 154\r\n24151', ['24151', '24152', '24153', '24154']],
    ['numero', '24\u00a0151 24\u00a0152', ['24151', '24152']],
    ['titulo', 'furto, roubo\r\n\r\nroubo; perda', ['furto, roubo', 'roubo; perda']],
    ['dono', 'É\nMaria da Silva', ['2', 'Maria da Silva']],
  ])('takes several values of %s out of one box: %j', (key, typed, values) => {
    const numbers: Field = { ...fields.get('numero')!, clean: (one) => one.replace(/\D/g, '') }
    const read = check(
      [{ link: 'e', field: key, operator: 'um-de', values: [typed] }],
      new Map([...fields, ['numero', numbers]]),
    )
    expect(read).toMatchObject({ criteria: [{ values }], problems: [] })
  })

  it('says how many values a rule takes', () => {
    const values = Array.from({ length: 51 }, (_, n) => String(n)).join(',')
    const { problems } = check([{ link: 'e', field: 'numero', operator: 'um-de', values: [values] }], fields)
    expect(problems).toMatchObject([{ field: 'r1.valor', code: 'criteria-values', with: { most: 50 } }])
  })

  it('names a rule of nothing but words that are left out', () => {
    const texts = { ...fields.get('texto')!, ignores: new Set(['de', 'a']) }
    const read = (value: string) =>
      check([{ link: 'e', field: 'texto', operator: 'contem', values: [value] }], new Map([['texto', texts]]))
    expect(read('De, à').problems).toMatchObject([{ field: 'r1.valor', code: 'criteria-ignored' }])
    expect(read('de contrato').problems).toEqual([])
  })

  it('keeps what fits when a rule is given another field or operator', () => {
    const refitted = (field: string, operator: string, values: string[]) =>
      edited([{ link: 'e', field, operator, values }], 'campos', { fields, start: 'titulo' })?.items[0]
    expect(refitted('numero', 'contem', ['1'])).toMatchObject({ operator: 'e', values: ['1'] })
    expect(refitted('numero', 'e', ['1\r\n2'])).toMatchObject({ operator: 'e', values: ['1'] })
    expect(refitted('numero', 'um-de', ['1, 2', '3'])).toMatchObject({ values: ['1', '2', '3'] })
    expect(refitted('status', 'um-de', ['novo', 'nada', 'fechado'])).toMatchObject({ values: ['novo', 'fechado'] })
    expect(refitted('autor', 'contem', ['an'])).toMatchObject({ values: ['an'] })
  })
})

describe('a date', () => {
  it.each([
    ['45', '-d', 'hoje-45d'],
    [' 045 ', '-d', 'hoje-45d'],
    ['90', '-h', 'agora-90h'],
    ['6', '+s', 'hoje+6s'],
  ])('a date may be counted from now: %s %s is %s', (quanto, unidade, value) => {
    const params = {
      'r1.campo': 'aberto',
      'r1.op': 'depois',
      'r1.valor': 'contado',
      'r1.quanto': quanto,
      'r1.unidade': unidade,
    }
    const { items } = readParams(new URLSearchParams(params))
    expect(check(items, fields)).toMatchObject({ criteria: [{ values: [value] }], problems: [] })
    expect(countOfWhen(value)).toEqual({ count: String(Number(quanto)), unit: unidade })
  })

  it.each([
    ['10000', '-d'],
    ['1;drop', '+m'],
    ['5', '__proto__'],
  ])('what cannot be counted is named, and stays as it was typed: %s %s', (quanto, unidade) => {
    const { items } = readParams(
      new URLSearchParams({
        'r1.campo': 'aberto',
        'r1.op': 'depois',
        'r1.valor': 'contado',
        'r1.quanto': quanto,
        'r1.unidade': unidade,
      }),
    )
    const name = `${quanto} ${unidade}`
    expect(check(items, fields).problems).toMatchObject([{ field: 'r1.valor', code: 'criteria-value', with: { name } }])
    if (unidade.length === 2) expect(countOfWhen(name)).toEqual({ count: quanto, unit: unidade })
  })

  it('“contado” is a word like any other where no date is asked for', () => {
    const { items } = readParams(new URLSearchParams('r1.campo=titulo&r1.op=contem&r1.valor=contado'))
    expect(check(items, fields).criteria).toMatchObject([{ values: ['contado'] }])
  })
})
