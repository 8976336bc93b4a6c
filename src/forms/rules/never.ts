// Conditions that no answers can meet: what they show would never be seen. Told only where it is certain. Pure.
import { rulesOf } from '#criteria/rules/grammar.ts'
import { type Condition, judgeOf } from '#forms/rules/condition.ts'
import type { Question } from '#forms/rules/definition.ts'
import { typeOf } from '#forms/rules/question-types.ts'
import { showNumber } from '#forms/rules/types/number.ts'

/** The combinations of answers that are tried; more are not, and the condition is let pass. */
const MOST_TRIED = 2000
const CENTS = 2

/**
 * Is there no way to answer these questions so that the condition holds? Every choice is tried, and of a number every place
 * where a rule changes its mind. Over texts, days and choices of several nothing is certain.
 */
export function isNever(condition: Condition, questions: ReadonlyMap<string, Question>): boolean {
  let tried: ReadonlyMap<string, string>[] = [new Map()]
  for (const key of new Set(rulesOf(condition).map(({ field }) => field))) {
    const question = questions.get(key)
    const answers = question && answersOf(question, condition)
    if (!answers || tried.length * answers.length > MOST_TRIED) return false
    tried = answers.flatMap((answer) => tried.map((others) => new Map(others).set(key, answer)))
  }
  return !tried.some((answers) => judgeOf(questions, (key) => answers.get(key))(condition))
}

/** What stands for every answer a question takes, none included; undefined: too many kinds. */
function answersOf(question: Question, condition: Condition): readonly string[] | undefined {
  const { compares, choices } = typeOf(question)
  if (compares === 'choice' && choices) return ['', ...choices(question)]
  if (compares !== 'number') return undefined
  const step = 10 ** -(question.type === 'money' ? CENTS : (question.decimals ?? 0))
  const { least = -Infinity, most = Infinity } = question
  const asked = rulesOf(condition).flatMap(({ field, values }) => (field === question.key ? values.map(Number) : []))
  const places = [least, most, ...asked.flatMap((one) => [one - step, one, one + step])]
  const taken = places.filter((one) => Number.isFinite(one) && one >= least && one <= most)
  return ['', ...new Set(taken.map((one) => showNumber(String(Number(one.toFixed(6))))))]
}
