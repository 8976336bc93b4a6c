// A number, kept with a point before its decimals; typed as people in Brazil write it.
import { type Asked, one, type TypeRules, type Values, wrong } from '#forms/rules/question-type.ts'
import type { Checked } from '#shared/problems.ts'

const LONGEST_NUMBER = 24
/** Beyond these a number is no longer exact where it is compared. */
const MOST_DIGITS = 15

/** `1234.5` of `1.234,5`, `1234,5` or `1234.5`; undefined when it is no number. A point before three digits parts thousands, unless nothing but 0 stands before it. */
export function decimal(typed: string): string | undefined {
  const text = typed.replace(/[\s\u00a0\u202f]/g, '').replace(/^R\$/i, '')
  const grouped = /^(-?[1-9]\d{0,2}(?:\.\d{3})+)(?:,(\d+))?$/.exec(text)
  const plain = /^(-?\d+)(?:[.,](\d+))?$/.exec(text)
  const [, whole = '', rest = ''] = grouped ?? plain ?? []
  if (whole === '') return undefined
  const digits = whole.replaceAll('.', '').replace(/^(-?)0+(?=\d)/, '$1')
  const decimals = rest.replace(/0+$/, '')
  if (digits.length + decimals.length > MOST_DIGITS) return undefined
  return decimals === '' ? digits.replace(/^-0$/, '0') : `${digits}.${decimals}`
}

/** Codes `number-shape`, `number-decimals`, `number-least`, `number-most`. */
export function readNumber(asked: Asked, decimals: number): Checked<Values> {
  const value = decimal(asked.typed)
  if (value === undefined) return wrong(asked, 'number-shape')
  if ((value.split('.')[1] ?? '').length > decimals) return wrong(asked, 'number-decimals', { decimals })
  const { least, most } = asked.question
  if (least !== undefined && Number(value) < least)
    return wrong(asked, 'number-least', { least: showNumber(String(least)) })
  if (most !== undefined && Number(value) > most) return wrong(asked, 'number-most', { most: showNumber(String(most)) })
  return one(asked, value)
}

/** `1.234,5` of `1234.5`. */
export function showNumber(value: string): string {
  const [whole = '', rest] = value.split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, '.')
  return rest ? `${grouped},${rest}` : grouped
}

export const number: TypeRules = {
  settings: ['least', 'most', 'decimals'],
  compares: 'number',
  field: { as: 'line', code: true, longest: LONGEST_NUMBER },
  read: (asked) => readNumber(asked, asked.question.decimals ?? 0),
  show: showNumber,
  search: (typed) => decimal(typed) ?? '',
}
