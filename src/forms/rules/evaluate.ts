// Which questions and documents a set of answers brings out. Runs alike in browser and server; whether answers are right: check.ts.
import { type Condition, holdsFor } from '#forms/rules/condition.ts'
import type { Answers, QuestionType } from '#forms/rules/definition.ts'
import { typeOf } from '#forms/rules/question-types.ts'

/** What evaluation needs of a form: a Definition, or the reduced one that travels to the browser. */
export interface Shape {
  readonly sections: readonly {
    readonly key: string
    readonly show?: Condition | undefined
    readonly questions: readonly {
      readonly key: string
      readonly type: QuestionType
      readonly show?: Condition | undefined
      readonly required?: boolean | Condition | undefined
    }[]
    readonly documents?: readonly ShapeDocument[] | undefined
  }[]
}

interface ShapeDocument {
  readonly key: string
  readonly show?: Condition | undefined
  readonly need: 'required' | 'optional' | { readonly group: string } | { readonly when: Condition }
}

export interface Verdict {
  /** Keys of sections with something to show. */
  readonly sections: ReadonlySet<string>
  readonly questions: ReadonlySet<string>
  readonly requiredQuestions: ReadonlySet<string>
  readonly documents: ReadonlySet<string>
  readonly requiredDocuments: ReadonlySet<string>
  /** Visible documents of each group; one of them must be there. */
  readonly groups: ReadonlyMap<string, readonly string[]>
  /** Answers of visible questions only: a hidden one counts for nothing, nor does what hangs on it. */
  readonly answers: Answers
}

/** Judges a form for answers. A question that hangs on itself stays hidden; publication refuses such loops. */
export function evaluate(shape: Shape, answers: Answers): Verdict {
  const shown = shownQuestions(shape, answers)
  const answerOf = (key: string): string | undefined => (shown.has(key) ? own(answers, key) : undefined)
  const questions = shape.sections.flatMap((section) => section.questions).filter((question) => shown.has(question.key))
  const documents = shape.sections
    .filter((section) => holdsFor(section.show, answerOf))
    .flatMap((section) => section.documents ?? [])
    .filter((document) => holdsFor(document.show, answerOf))
  const documentKeys = new Set(documents.map((document) => document.key))
  return {
    questions: shown,
    requiredQuestions: keysOf(
      questions.filter((one) => typeOf(one).compares && isTrue(one.required ?? true, answerOf)),
    ),
    documents: documentKeys,
    requiredDocuments: keysOf(documents.filter(({ need }) => isRequired(need, answerOf))),
    groups: groupsOf(documents),
    sections: sectionsShown(shape, shown, documentKeys),
    answers: Object.fromEntries(
      questions.flatMap(({ key }) => (own(answers, key) === undefined ? [] : [[key, own(answers, key) as string]])),
    ),
  }
}

const keysOf = (things: readonly { readonly key: string }[]): ReadonlySet<string> =>
  new Set(things.map(({ key }) => key))

/** An answer, never something inherited (`__proto__`, `constructor`). */
function own(answers: Answers, key: string): string | undefined {
  return Object.hasOwn(answers, key) ? answers[key] : undefined
}

function isTrue(required: boolean | Condition, answerOf: (key: string) => string | undefined): boolean {
  return typeof required === 'boolean' ? required : holdsFor(required, answerOf)
}

function isRequired(need: ShapeDocument['need'], answerOf: (key: string) => string | undefined): boolean {
  if (typeof need === 'string') return need === 'required'
  return 'when' in need && holdsFor(need.when, answerOf)
}

function groupsOf(documents: readonly ShapeDocument[]): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>()
  for (const { key, need } of documents) {
    if (typeof need === 'object' && 'group' in need) groups.set(need.group, [...(groups.get(need.group) ?? []), key])
  }
  return groups
}

function sectionsShown(shape: Shape, shown: ReadonlySet<string>, documents: ReadonlySet<string>): ReadonlySet<string> {
  return keysOf(
    shape.sections.filter(
      (section) =>
        section.questions.some(({ key }) => shown.has(key)) ||
        (section.documents ?? []).some(({ key }) => documents.has(key)),
    ),
  )
}

/** Follows each condition to the questions it asks about; every question is judged once. */
function shownQuestions(shape: Shape, answers: Answers): ReadonlySet<string> {
  const conditions = new Map(
    shape.sections.flatMap((section) =>
      section.questions.map((question) => [question.key, [section.show, question.show] as const] as const),
    ),
  )
  const judged = new Map<string, boolean>()
  const isShown = (key: string): boolean => {
    const known = judged.get(key)
    if (known !== undefined) return known
    judged.set(key, false)
    const asked = conditions.get(key)
    const answerOf = (other: string): string | undefined => (isShown(other) ? own(answers, other) : undefined)
    const result = asked?.every((condition) => holdsFor(condition, answerOf)) ?? false
    judged.set(key, result)
    return result
  }
  return new Set([...conditions.keys()].filter(isShown))
}
