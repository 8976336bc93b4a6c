// Reads one answer by the type of its question: typed text to stored value, and stored value to text for people.
import type { Answers, Question, QuestionType } from '#forms/rules/definition.ts'
import { NO, UNKNOWN, YES } from '#forms/rules/definition.ts'
import { parseChassis } from '#shared/kit/identifiers/chassis.ts'
import { parseCnpj, showCnpj } from '#shared/kit/identifiers/cnpj.ts'
import { parseCpf, showCpf } from '#shared/kit/identifiers/cpf.ts'
import { parseCpfOrCnpj, showCpfOrCnpj } from '#shared/kit/identifiers/cpf-or-cnpj.ts'
import { parseJudicialNumber, showJudicialNumber } from '#shared/kit/identifiers/judicial-number.ts'
import { parsePlate } from '#shared/kit/identifiers/plate.ts'
import { parseRenavam } from '#shared/kit/identifiers/renavam.ts'
import { bad, type Checked, good } from '#shared/problems.ts'

export const UFS = 'AC AL AM AP BA CE DF ES GO MA MG MS MT PA PB PE PI PR RJ RN RO RR RS SC SE SP TO'.split(' ')
/** Longest text of a one-line answer; of an e-mail address (RFC 5321). */
const LONGEST_LINE = 200
const LONGEST_EMAIL = 254
const EARLIEST_YEAR = 1900

/** Values by question; a tick set by another answer comes along. */
export type Values = Readonly<Record<string, string>>

interface Asked {
  readonly question: Question
  readonly typed: string
  readonly answers: Answers
  /** AAAA-MM-DD of now in São Paulo. */
  readonly today: string
}

type Reader = (asked: Asked) => Checked<Values>

const one = ({ question }: Asked, value: string): Checked<Values> => good({ [question.key]: value })
const wrong = ({ question }: Asked, code: string, facts?: Record<string, string | number>): Checked<Values> =>
  bad(facts ? { field: question.key, code, with: facts } : { field: question.key, code })
const whole = (asked: Asked, result: Checked<string>): Checked<Values> =>
  result.ok ? one(asked, result.value) : result
const among =
  (values: (question: Question) => readonly string[]): Reader =>
  (asked) =>
    values(asked.question).includes(asked.typed) ? one(asked, asked.typed) : wrong(asked, 'choice-unknown')

function text(asked: Asked): Checked<Values> {
  const { least = 0, most = LONGEST_LINE } = asked.question
  const value = asked.typed.replace(/\r\n?/g, '\n')
  const has = [...value].length
  if (has > most) return wrong(asked, 'too-long', { most, has })
  if (has < least) return wrong(asked, 'too-short', { least, has })
  return one(asked, value)
}

function date(asked: Asked): Checked<Values> {
  const value = isoDate(asked.typed)
  if (!value || Number(value.slice(0, 4)) < EARLIEST_YEAR) return wrong(asked, 'date-wrong')
  if (!asked.question.future && value > asked.today) return wrong(asked, 'date-future')
  return one(asked, value)
}

/** AAAA-MM-DD of a day that exists, from that spelling or DD-MM-AAAA with any of `- / .`; undefined otherwise. */
export function isoDate(typed: string): string | undefined {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(typed)
  const local = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/.exec(typed)
  const [year, month, day] = iso ? iso.slice(1) : local ? local.slice(1).reverse() : []
  if (!year || !month || !day) return undefined
  const value = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const time = Date.parse(`${value}T00:00:00Z`)
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== value ? undefined : value
}

function email(asked: Asked): Checked<Values> {
  const shape = /^[^\s@<>"(),:;\\[\]]+@[^\s@<>"(),:;\\[\]]+\.[^\s@<>"(),:;\\[\].]{2,}$/u
  const fits = asked.typed.length <= LONGEST_EMAIL && shape.test(asked.typed) && !asked.typed.includes('..')
  return fits ? one(asked, asked.typed) : wrong(asked, 'email-shape')
}

function chassis(asked: Asked): Checked<Values> {
  const { key, relaxedBy, setsTick } = asked.question
  const read = parseChassis(asked.typed, key, {
    before1986: relaxedBy !== undefined && asked.answers[relaxedBy] === YES,
  })
  if (!read.ok) return read
  const tick = setsTick && read.value.remarked ? { [setsTick]: YES } : {}
  return good({ [key]: read.value.chassis, ...tick })
}

function renavam(asked: Asked): Checked<Values> {
  const { key, relaxedBy } = asked.question
  return whole(
    asked,
    parseRenavam(asked.typed, key, { confirmed: relaxedBy !== undefined && asked.answers[relaxedBy] === YES }),
  )
}

function plate(asked: Asked): Checked<Values> {
  const read = parsePlate(asked.typed, asked.question.key)
  return read.ok ? one(asked, read.value.typed) : read
}

const READERS = {
  'short-text': text,
  'long-text': text,
  plate,
  chassis,
  renavam,
  cpf: (asked) => whole(asked, parseCpf(asked.typed, asked.question.key)),
  cnpj: (asked) => whole(asked, parseCnpj(asked.typed, asked.question.key)),
  'cpf-or-cnpj': (asked) => whole(asked, parseCpfOrCnpj(asked.typed, asked.question.key)),
  'judicial-number': (asked) => whole(asked, parseJudicialNumber(asked.typed, asked.question.key)),
  date,
  'yes-no': among(() => [YES, NO]),
  'yes-no-unknown': among(() => [YES, NO, UNKNOWN]),
  choice: among((question) => (question.options ?? []).map((option) => option.value)),
  uf: among(() => UFS),
  email,
  tick: among(() => [YES]),
  declaration: among(() => [YES]),
} as const satisfies Record<QuestionType, Reader>

/** Reads a given (not empty) answer; the value is in its stored spelling. */
export function readAnswer(asked: Asked): Checked<Values> {
  return READERS[asked.question.type](asked)
}

const SHOWN: Partial<Record<QuestionType, (value: string) => string>> = {
  cpf: showCpf,
  cnpj: showCnpj,
  'cpf-or-cnpj': showCpfOrCnpj,
  'judicial-number': showJudicialNumber,
  date: (value) => value.split('-').reverse().join('-'),
}

/** A stored value as people read it; choices and yes/no are labelled by the page, which has the words. */
export function showAnswer(type: QuestionType, value: string): string {
  return SHOWN[type]?.(value) ?? value
}
