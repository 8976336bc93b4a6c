// What a case will ask for, told before starting: which documents are certain, which hang on answers still to come.
import { type Condition, holdsFor } from '#forms/rules/condition.ts'
import { type Definition, type DocumentRule, documentsOf, questionsOf } from '#forms/rules/definition.ts'

export interface Needed {
  readonly required: readonly DocumentRule[]
  /** Keys of groups of which one document is certain to be asked for. */
  readonly groups: readonly string[]
  /** Asked for when a later answer says so. */
  readonly maybe: readonly DocumentRule[]
  readonly optional: readonly DocumentRule[]
}

/** The documents of a case when nothing but the case is known. */
export function neededFor(definition: Definition, caseCode: string): Needed {
  const needed = {
    required: [] as DocumentRule[],
    groups: [] as string[],
    maybe: [] as DocumentRule[],
    optional: [] as DocumentRule[],
  }
  for (const document of documentsOf(definition)) {
    const shown = judge(definition, document.show, caseCode)
    if (shown === 'no') continue
    if (shown === 'maybe') needed.maybe.push(document)
    else if (document.need === 'required') needed.required.push(document)
    else if (document.need === 'optional') needed.optional.push(document)
    else if ('group' in document.need) needed.groups.push(document.need.group)
    else if (judge(definition, document.need.when, caseCode) === 'yes') needed.required.push(document)
    else needed.optional.push(document)
  }
  return { ...needed, groups: [...new Set(needed.groups)] }
}

/**
 * Certain, impossible, or hanging on answers that are not there yet: judged with every later answer empty, then with each
 * option of each question in turn. Enough for conditions that join a case with one answer, as the catalogue's do.
 */
function judge(definition: Definition, condition: Condition | undefined, caseCode: string): 'yes' | 'no' | 'maybe' {
  const known = definition.facts.case
  const holds = (answers: Readonly<Record<string, string>>): boolean =>
    holdsFor(condition, (key) => (key === known ? caseCode : answers[key]))
  if (holds({})) return 'yes'
  const trials = questionsOf(definition)
    .filter(({ key }) => key !== known)
    .flatMap(({ key, options }) =>
      ['sim', 'nao', 'nao-sei', ...(options ?? []).map(({ value }) => value)].map((value) => ({ [key]: value })),
    )
  return trials.some(holds) ? 'maybe' : 'no'
}
