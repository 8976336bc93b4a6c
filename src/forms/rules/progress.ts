// How far a form is filled in, for the steps beside it: a section is done when nothing required in it is empty and nothing wrong.
import type { Answers } from '#forms/rules/definition.ts'
import type { Shape, Verdict } from '#forms/rules/evaluate.ts'

export interface Progressed {
  readonly key: string
  /** Counting shown sections, from 1. */
  readonly number: number
  /** `now`: the first one that is not done. */
  readonly state: 'ok' | 'now' | ''
  /** Nothing in it is required. */
  readonly optional: boolean
  /** Required documents and groups, and how many of them have a file. */
  readonly documents: { readonly done: number; readonly all: number }
}

/** The shown sections and how far each is. */
export function progressOf(
  shape: Shape,
  given: {
    readonly answers: Answers
    readonly verdict: Verdict
    readonly files: ReadonlySet<string>
    /** Questions whose answer was refused and still stands. */
    readonly wrong?: ReadonlySet<string>
  },
): readonly Progressed[] {
  const shown = shape.sections.filter(({ key }) => given.verdict.sections.has(key))
  const steps = shown.map((section) => {
    const required = section.questions.filter(({ key }) => given.verdict.requiredQuestions.has(key))
    const documents = documentsOfSection(section, given)
    const answered = required.every(({ key }) => (given.answers[key] ?? '').trim() !== '')
    const right = !section.questions.some(({ key }) => given.wrong?.has(key))
    return {
      key: section.key,
      optional: section.questions.every((question) => question.required === false) && documents.all === 0,
      done: answered && right && documents.done === documents.all,
      documents,
    }
  })
  const first = steps.findIndex((step) => !step.done)
  return steps.map(({ done, ...step }, i) => ({
    ...step,
    number: i + 1,
    state: done ? 'ok' : i === first ? 'now' : '',
  }))
}

function documentsOfSection(
  section: Shape['sections'][number],
  given: { readonly verdict: Verdict; readonly files: ReadonlySet<string> },
): { done: number; all: number } {
  const { requiredDocuments, groups } = given.verdict
  const keys = new Set((section.documents ?? []).map(({ key }) => key))
  const required = [...requiredDocuments].filter((key) => keys.has(key)).map((key) => [key])
  const wanted = [...required, ...[...groups.values()].filter((group) => group.some((key) => keys.has(key)))]
  return { done: wanted.filter((any) => any.some((key) => given.files.has(key))).length, all: wanted.length }
}
