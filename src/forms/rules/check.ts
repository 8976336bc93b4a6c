// Checks a whole form before filing: every visible answer and every document, as values and problems. Runs in browser and server.
import type { Answers, Definition, DocumentRule, Question } from '#forms/rules/definition.ts'
import { evaluate, type Verdict } from '#forms/rules/evaluate.ts'
import type { Values } from '#forms/rules/question-type.ts'
import { readAnswer, typeOf } from '#forms/rules/question-types.ts'
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
  given: {
    readonly answers: Answers
    readonly filesPresent: ReadonlySet<string>
    readonly today: string
    /** Why files are refused that are there, by their document's field. */
    readonly refused?: readonly Problem[]
  },
): Result {
  const verdict = evaluate(definition, given.answers)
  const problems: Problem[] = []
  let values: Values = {}
  for (const section of definition.sections) {
    for (const question of section.questions.filter((one) => verdict.questions.has(one.key) && typeOf(one).compares)) {
      const read = checkQuestion(question, verdict, given.today)
      if (read.ok) values = { ...values, ...read.values }
      else problems.push(...read.problems)
    }
    problems.push(...documentProblems(section.documents ?? [], verdict, given))
  }
  return { verdict, values, problems: [...vehicleProblems(definition, { verdict, values, problems }), ...problems] }
}

/** A ticket is about a vehicle, whatever the form leaves optional: told at the first of plate and chassis that is asked for. */
function vehicleProblems(definition: Definition, { verdict, values, problems }: Result): readonly Problem[] {
  const { plate, chassis } = definition.facts
  const asked = [plate, chassis].filter((key) => verdict.questions.has(key))
  const told = [plate, chassis].some((key) => values[key] || problems.some(({ field }) => field === key))
  return told || asked[0] === undefined ? [] : [{ field: asked[0], code: 'vehicle-missing' }]
}

/** Problems of what was answered so far, hidden questions left out: what is still missing is no problem while one fills in. */
export function wrongSoFar(definition: Definition, answers: Answers, today: string): readonly Problem[] {
  const { problems } = check(definition, { answers, filesPresent: new Set(), today })
  return problems.filter(({ field }) => (answers[field] ?? '').trim() !== '')
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

function documentProblems(
  documents: readonly DocumentRule[],
  verdict: Verdict,
  { filesPresent: present, refused = [] }: { filesPresent: ReadonlySet<string>; refused?: readonly Problem[] },
): readonly Problem[] {
  return documents.flatMap(({ key }) => {
    if (verdict.documents.has(key) && present.has(key)) {
      return refused.filter((one) => one.field === DOCUMENT_FIELD + key)
    }
    if (verdict.requiredDocuments.has(key) && !present.has(key)) {
      return [{ field: DOCUMENT_FIELD + key, code: 'document-required' }]
    }
    // A group is told at the first of its documents.
    const group = [...verdict.groups].find(([, keys]) => keys[0] === key && !keys.some((one) => present.has(one)))
    return group ? [{ field: GROUP_FIELD + group[0], code: 'group-required' }] : []
  })
}
