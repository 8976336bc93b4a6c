// Which questions and documents a set of answers brings out. Runs alike in browser and server; whether answers are right: check.ts.
import { type Condition, type Judge, judgeOf, questionsIn } from '#forms/rules/condition.ts'
import type { Answers, QuestionType } from '#forms/rules/definition.ts'
import { typeOf } from '#forms/rules/question-types.ts'

/** What evaluation needs of a form: a Definition, or the reduced one that travels to the browser. */
export interface Shape {
  readonly sections: readonly {
    readonly key: string
    readonly show?: Condition | undefined
    readonly questions: readonly ShapeQuestion[]
    readonly documents?: readonly ShapeDocument[] | undefined
  }[]
}

interface ShapeQuestion {
  readonly key: string
  readonly type: QuestionType
  readonly show?: Condition | undefined
  readonly required?: boolean | Condition | undefined
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
  const { shown, judge } = shownQuestions(shape, answers)
  const questions = shape.sections.flatMap((section) => section.questions).filter((question) => shown.has(question.key))
  const documents = shape.sections
    .filter((section) => section.documents && judge(section.show))
    .flatMap((section) => section.documents ?? [])
    .filter((document) => judge(document.show))
  const documentKeys = keysOf(documents)
  return {
    questions: shown,
    requiredQuestions: keysOf(questions.filter((one) => typeOf(one).compares && isTrue(one.required ?? true, judge))),
    documents: documentKeys,
    requiredDocuments: keysOf(documents.filter(({ need }) => isRequired(need, judge))),
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

const isTrue = (required: boolean | Condition, judge: Judge): boolean =>
  typeof required === 'boolean' ? required : judge(required)

function isRequired(need: ShapeDocument['need'], judge: Judge): boolean {
  if (typeof need === 'string') return need === 'required'
  return 'when' in need && judge(need.when)
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

interface Places {
  readonly questions: ReadonlyMap<string, ShapeQuestion>
  /** By question, in an order in which whatever a condition asks about comes before: judging never goes deep. */
  readonly conditions: ReadonlyMap<string, readonly (Condition | undefined)[]>
}

/** A form's questions by key, found once: a page judges the same form at each change. */
const known = new WeakMap<Shape, Places>()
function placesOf(shape: Shape): Places {
  const before = known.get(shape)
  if (before) return before
  const all = shape.sections.flatMap((section) => section.questions.map((question) => ({ section, question })))
  const places = {
    questions: new Map(all.map(({ question }) => [question.key, question])),
    conditions: inOrder(new Map(all.map(({ section, question }) => [question.key, [section.show, question.show]]))),
  }
  known.set(shape, places)
  return places
}

type Conditions = Places['conditions']

/** Each question after those its conditions ask about; in a loop one of them is the first. */
function inOrder(conditions: Conditions): Conditions {
  const placed = new Map<string, readonly (Condition | undefined)[]>()
  const seen = new Set<string>()
  const waiting = [...conditions.keys()].reverse()
  for (let key = waiting.at(-1); key !== undefined; key = waiting.at(-1)) {
    const own = conditions.get(key) ?? []
    const before = seen.has(key)
      ? []
      : own.flatMap((one) => (one ? questionsIn(one) : [])).filter((one) => !seen.has(one))
    seen.add(key)
    const known = before.filter((one) => conditions.has(one))
    if (known.length > 0) waiting.push(...known)
    else placed.set(waiting.pop() ?? key, own)
  }
  return placed
}

/** Follows each condition to the questions it asks about; every question is judged once. */
function shownQuestions(shape: Shape, answers: Answers): { shown: ReadonlySet<string>; judge: Judge } {
  const { questions, conditions } = placesOf(shape)
  const judged = new Map<string, boolean>()
  const isShown = (key: string): boolean => {
    const before = judged.get(key)
    if (before !== undefined) return before
    judged.set(key, false)
    const result = conditions.get(key)?.every(judge) ?? false
    judged.set(key, result)
    return result
  }
  const judge = judgeOf(questions, (key) => (isShown(key) ? own(answers, key) : undefined))
  for (const key of conditions.keys()) isShown(key)
  return { shown: new Set([...questions.keys()].filter(isShown)), judge }
}
