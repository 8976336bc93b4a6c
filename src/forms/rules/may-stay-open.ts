// Questions that must be answered whatever else is: the case, the declaration. Pure.
import { questionsIn } from '#forms/rules/condition.ts'
import { type Answers, type Definition, type Question, questionsOf } from '#forms/rules/definition.ts'
import { evaluate } from '#forms/rules/evaluate.ts'

/** The combinations of answers that are tried to find one that leaves a question open. */
const MOST_TRIED = 1000

/** The questions on which it hangs whether these are shown, and those on which that hangs. */
function leadsTo(definition: Definition, questions: readonly Question[]): ReadonlySet<string> {
  const over = new Set<string>()
  const open = [...questions]
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    const of = one
    const section = definition.sections.find((each) => each.questions.includes(of))
    for (const key of [...questionsIn(one.show), ...questionsIn(section?.show)]) {
      const lead = questionsOf(definition).find((other) => other.key === key)
      if (lead && !over.has(key)) open.push(lead)
      over.add(key)
    }
  }
  return over
}

/**
 * Are there answers for which none of these questions must be answered? What shows them may be choices that must be made,
 * each of which is tried; anything else could hide them.
 */
export function mayStayOpen(definition: Definition, questions: readonly Question[]): boolean {
  const demanded = questions.filter(({ required }) => required !== false && typeof required !== 'object')
  const over = leadsTo(definition, demanded)
  let tried: Answers[] = [{}]
  for (const key of over) {
    const asked = questionsOf(definition).find((other) => other.key === key)
    const choices = asked?.type === 'choice' && (asked.required ?? true) === true ? (asked.options ?? []) : []
    tried = choices.flatMap(({ value }) => tried.map((answers) => ({ ...answers, [key]: value })))
    if (tried.length === 0 || tried.length > MOST_TRIED) return true
  }
  return tried.some((answers) => {
    const { questions: shown } = evaluate(definition, answers)
    return !demanded.some(({ key }) => shown.has(key))
  })
}
