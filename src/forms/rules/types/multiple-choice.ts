// Any of several options; the answer is their values in the question's order, parted by commas.
import { asTyped, one, type TypeRules, wrong } from '#forms/rules/question-type.ts'
import { optionsOf } from '#forms/rules/types/choice.ts'

/** The chosen values of an answer; each once. */
export function chosenIn(answer: string): readonly string[] {
  return [...new Set(answer.split(',').map((value) => value.trim()))].filter((value) => value !== '')
}

export const multipleChoice: TypeRules = {
  settings: ['options', 'least', 'most'],
  compares: 'choices',
  field: { as: 'boxes' },
  choices: optionsOf,
  read: (asked) => {
    const options = optionsOf(asked.question)
    const chosen = chosenIn(asked.typed)
    const { least = 0, most = options.length } = asked.question
    if (chosen.some((value) => !options.includes(value))) return wrong(asked, 'choice-unknown')
    if (chosen.length < least) return wrong(asked, 'choices-few', { least })
    if (chosen.length > most) return wrong(asked, 'choices-many', { most })
    return one(asked, options.filter((value) => chosen.includes(value)).join(','))
  },
  show: asTyped,
  search: (typed) => chosenIn(typed).join(','),
}
