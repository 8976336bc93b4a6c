// Checks a whole form before filing: every visible answer and every document, as values and problems. Runs in browser and server.
import { readAnswer, type Values } from '#forms/rules/answers.ts'
import { type Answers, type Definition, type Question, questionsOf } from '#forms/rules/definition.ts'
import { evaluate, type Verdict } from '#forms/rules/evaluate.ts'
import type { Problem } from '#shared/problems.ts'

/** Fields of documents carry this before the document's key, groups the other. */
export const DOCUMENT_FIELD = 'arquivo:'
export const GROUP_FIELD = 'grupo:'

export interface Result {
  readonly verdict: Verdict
  /** Stored spellings of the visible, right answers. */
  readonly values: Values
  readonly problems: readonly Problem[]
}

/**
 * Checks answers and the documents that have at least one file. Problems stand in the order of the form: the fault of an
 * answer under its key, `required` when missing; `document-required` under `arquivo:<key>`; `group-required` under `grupo:<key>`.
 */
export function check(
  definition: Definition,
  given: { readonly answers: Answers; readonly filesPresent: ReadonlySet<string>; readonly today: string },
): Result {
  const verdict = evaluate(definition, given.answers)
  const problems: Problem[] = []
  let values: Values = {}
  for (const question of questionsOf(definition).filter(({ key }) => verdict.questions.has(key))) {
    const read = checkQuestion(question, verdict, given.today)
    if (read.ok) values = { ...values, ...read.values }
    else problems.push(...read.problems)
  }
  return { verdict, values, problems: [...problems, ...documentProblems(definition, verdict, given.filesPresent)] }
}

type Read =
  | { readonly ok: true; readonly values: Values }
  | { readonly ok: false; readonly problems: readonly Problem[] }

function checkQuestion(question: Question, verdict: Verdict, today: string): Read {
  const { key } = question
  const typed = (verdict.answers[key] ?? '').trim()
  if (typed === '') {
    if (!verdict.requiredQuestions.has(key)) return { ok: true, values: {} }
    return {
      ok: false,
      problems: [{ field: key, code: question.type === 'declaration' ? 'declaration-required' : 'required' }],
    }
  }
  const read = readAnswer({ question, typed, answers: verdict.answers, today })
  return read.ok ? { ok: true, values: read.value } : read
}

function documentProblems(definition: Definition, verdict: Verdict, present: ReadonlySet<string>): Problem[] {
  const missing = definition.sections
    .flatMap((section) => section.documents ?? [])
    .filter(({ key }) => verdict.requiredDocuments.has(key) && !present.has(key))
    .map(({ key }) => ({ field: DOCUMENT_FIELD + key, code: 'document-required' }))
  const groups = [...verdict.groups]
    .filter(([, keys]) => !keys.some((key) => present.has(key)))
    .map(([group]) => ({ field: GROUP_FIELD + group, code: 'group-required' }))
  return [...missing, ...groups]
}
