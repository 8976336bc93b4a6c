// Form tests: given these answers, these fields, these documents, this title. One that fails stands in the way of publishing. Pure.
import { check } from '#forms/rules/check.ts'
import type { Answers, Definition } from '#forms/rules/definition.ts'
import { subjectOf } from '#forms/rules/filing.ts'

export interface Outcome {
  /** Keys of the questions asked, in the form's order. */
  readonly questions: readonly string[]
  readonly documents: readonly string[]
  /** Those of `documents` that must be there by themselves. */
  readonly required: readonly string[]
  /** Questions that must be answered. Absent in tests from before these two were told: then they are not compared. */
  readonly answers?: readonly string[] | undefined
  /** Groups of which one document must be there. */
  readonly groups?: readonly string[] | undefined
  /** Without the ticket's number. */
  readonly title: string
}

export interface FormTest {
  readonly name: string
  readonly answers: Answers
  readonly expects: Outcome
}

export interface FormTestResult {
  readonly test: FormTest
  readonly passes: boolean
  /** What is there and not expected, and what is expected and not there, by part of the outcome. */
  readonly more: Readonly<Record<Listed, readonly string[]>>
  readonly less: Readonly<Record<Listed, readonly string[]>>
  readonly title: string
}

export const LISTED = ['questions', 'answers', 'documents', 'required', 'groups'] as const
export type Listed = (typeof LISTED)[number]

/** Tests must mean the same tomorrow: whether a date lies after today is not theirs to find. */
const FAR_DAY = '9999-12-31'

/** What a form makes of answers. */
export function outcomeOf(definition: Definition, answers: Answers): Required<Outcome> {
  const { verdict, values } = check(definition, { answers, filesPresent: new Set(), today: FAR_DAY })
  return {
    questions: [...verdict.questions],
    documents: [...verdict.documents],
    required: [...verdict.requiredDocuments],
    answers: [...verdict.requiredQuestions],
    groups: [...verdict.groups.keys()],
    title: subjectOf(definition, values),
  }
}

/** Runs one test. The order of fields is no matter of a test. */
export function runFormTest(definition: Definition, test: FormTest): FormTestResult {
  const is = outcomeOf(definition, test.answers)
  const beyond = (there: Outcome, expected: Outcome): FormTestResult['more'] => {
    const rest = (part: Listed): readonly string[] => {
      const [has, wanted] = [there[part], expected[part]]
      return has && wanted ? has.filter((key) => !wanted.includes(key)) : []
    }
    return Object.fromEntries(LISTED.map((part) => [part, rest(part)])) as Record<Listed, readonly string[]>
  }
  const more = beyond(is, test.expects)
  const less = beyond(test.expects, is)
  const alike = LISTED.every((part) => more[part].length + less[part].length === 0)
  return { test, more, less, title: is.title, passes: alike && is.title === test.expects.title }
}
