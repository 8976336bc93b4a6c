// The table of question types: one line each. What a type is stands in its own file under types/.
import type { Question, QuestionType } from '#forms/rules/definition.ts'
import type { Asked, TypeRules, Values } from '#forms/rules/question-type.ts'
import { chassis } from '#forms/rules/types/chassis.ts'
import { choice } from '#forms/rules/types/choice.ts'
import { cnpj } from '#forms/rules/types/cnpj.ts'
import { cpf } from '#forms/rules/types/cpf.ts'
import { cpfOrCnpj } from '#forms/rules/types/cpf-or-cnpj.ts'
import { date } from '#forms/rules/types/date.ts'
import { email } from '#forms/rules/types/email.ts'
import { explanation } from '#forms/rules/types/explanation.ts'
import { judicialNumber } from '#forms/rules/types/judicial-number.ts'
import { longText } from '#forms/rules/types/long-text.ts'
import { money } from '#forms/rules/types/money.ts'
import { multipleChoice } from '#forms/rules/types/multiple-choice.ts'
import { number } from '#forms/rules/types/number.ts'
import { phone } from '#forms/rules/types/phone.ts'
import { plate } from '#forms/rules/types/plate.ts'
import { renavam } from '#forms/rules/types/renavam.ts'
import { shortText } from '#forms/rules/types/short-text.ts'
import { tick } from '#forms/rules/types/tick.ts'
import { uf } from '#forms/rules/types/uf.ts'
import { yesNo, yesNoUnknown } from '#forms/rules/types/yes-no.ts'
import type { Checked } from '#shared/problems.ts'

const TYPES = {
  'short-text': shortText,
  'long-text': longText,
  plate,
  chassis,
  renavam,
  cpf,
  cnpj,
  'cpf-or-cnpj': cpfOrCnpj,
  'judicial-number': judicialNumber,
  date,
  number,
  money,
  email,
  phone,
  uf,
  choice,
  'multiple-choice': multipleChoice,
  'yes-no': yesNo,
  'yes-no-unknown': yesNoUnknown,
  tick,
  declaration: tick,
  explanation,
} as const satisfies Record<QuestionType, TypeRules>

/** What a type says of itself. */
export function typeOf({ type }: Pick<Question, 'type'>): TypeRules {
  return TYPES[type]
}

/** Reads a given (not empty) answer; the value is in its stored spelling. */
export function readAnswer(asked: Asked): Checked<Values> {
  return typeOf(asked.question).read(asked)
}

/** A stored value as people read it; choices and yes/no are labelled by the page, which has the words. */
export function showAnswer(question: Pick<Question, 'type'>, value: string): string {
  return typeOf(question).show(value)
}
