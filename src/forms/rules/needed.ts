// What a case will ask for, told before starting: which documents are certain, which hang on answers still to come.
import { type Condition, judgeOf } from '#forms/rules/condition.ts'
import { type Answers, type Definition, type DocumentRule, documentsOf, questionsOf } from '#forms/rules/definition.ts'
import { typeOf } from '#forms/rules/question-types.ts'

export interface Needed {
  readonly required: readonly DocumentRule[]
  /** Keys of groups of which one document is certain to be asked for. */
  readonly groups: readonly string[]
  /** Asked for when a later answer says so. */
  readonly maybe: readonly DocumentRule[]
  readonly optional: readonly DocumentRule[]
}

type Sure = 'yes' | 'no' | 'maybe'

/** The documents of a case when nothing but the case is known. */
export function neededFor(definition: Definition, caseCode: string): Needed {
  const judge = sureOf(definition, caseCode)
  const needed = {
    required: [] as DocumentRule[],
    groups: [] as string[],
    maybe: [] as DocumentRule[],
    optional: [] as DocumentRule[],
  }
  for (const document of documentsOf(definition)) {
    const shown = judge(document.show)
    if (shown === 'no') continue
    if (shown === 'maybe') needed.maybe.push(document)
    else if (document.need === 'required') needed.required.push(document)
    else if (document.need === 'optional') needed.optional.push(document)
    else if ('group' in document.need) needed.groups.push(document.need.group)
    else byCondition(needed, judge(document.need.when)).push(document)
  }
  return { ...needed, groups: [...new Set(needed.groups)] }
}

/** Obligatory when: for certain, perhaps, or in this case never. */
function byCondition(needed: Record<'required' | 'maybe' | 'optional', DocumentRule[]>, sure: Sure): DocumentRule[] {
  return needed[sure === 'yes' ? 'required' : sure === 'maybe' ? 'maybe' : 'optional']
}

/**
 * Certain, impossible, or hanging on answers that are not there yet: judged with every later answer empty, then with each
 * option of each question in turn. Enough for conditions that join a case with one answer, as the catalogue's do.
 */
function sureOf(definition: Definition, caseCode: string): (condition: Condition | undefined) => Sure {
  const known = definition.facts.case
  const questions = new Map(questionsOf(definition).map((question) => [question.key, question]))
  const judging = (answers: Answers) =>
    judgeOf(questions, (key) => (key === known ? caseCode : Object.hasOwn(answers, key) ? answers[key] : undefined))
  const alone = judging({})
  const trials = [...questions.values()]
    .filter(({ key }) => key !== known)
    .flatMap((question) =>
      (typeOf(question).choices?.(question) ?? []).map((value) => judging({ [question.key]: value })),
    )
  return (condition) => (alone(condition) ? 'yes' : trials.some((judge) => judge(condition)) ? 'maybe' : 'no')
}
