// What a form is made of, as data: sections, questions, documents, conditions. How it is judged stands in evaluate.ts and check.ts.
import type { FileCheckName } from '#attachments/rules/checks.ts'
import type { Condition } from '#forms/rules/condition.ts'

/** A text for people in every language of the product. */
export interface Text {
  readonly 'pt-BR': string
  readonly en: string
}

export const QUESTION_TYPES = [
  'short-text',
  'long-text',
  'plate',
  'chassis',
  'renavam',
  'cpf',
  'cnpj',
  'cpf-or-cnpj',
  'judicial-number',
  'date',
  'number',
  'money',
  'email',
  'phone',
  'uf',
  'choice',
  'multiple-choice',
  'yes-no',
  'yes-no-unknown',
  'tick',
  'declaration',
  'explanation',
] as const
export type QuestionType = (typeof QUESTION_TYPES)[number]

export interface Option {
  /** What is stored. Also the case code, for the question that chooses the case. */
  readonly value: string
  readonly label: Text
  readonly hint?: Text | undefined
  readonly legalBasis?: Text | undefined
}

export interface Question {
  /** Name of the form field and of the answer. */
  readonly key: string
  readonly type: QuestionType
  readonly label: Text
  readonly hint?: Text | undefined
  /** What a right answer looks like, told behind the hint. */
  readonly example?: Text | undefined
  /** Asked only while true; absent: always. */
  readonly show?: Condition | undefined
  /** Must be answered: always (absent), never, or while true. */
  readonly required?: boolean | Condition | undefined
  /** Said instead of the general sentence when a required answer is missing. */
  readonly missing?: Text | undefined
  readonly options?: readonly Option[] | undefined
  /** Characters of texts, size of numbers, options of a multiple choice. */
  readonly least?: number | undefined
  readonly most?: number | undefined
  /** Of a number; absent: none. */
  readonly decimals?: number | undefined
  /** A tick that relaxes the check: of a chassis (before 1986) or a RENAVAM (confirmed). */
  readonly relaxedBy?: string | undefined
  /** A tick that is set when the answer says so itself: `REM` typed behind a chassis. */
  readonly setsTick?: string | undefined
  /** A date may lie after today. */
  readonly future?: boolean | undefined
  /** What stands in the field before anything is typed. */
  readonly startsAs?: 'own-email' | undefined
}

export const FILE_KINDS = ['pdf', 'jpeg', 'png'] as const
export type FileKind = (typeof FILE_KINDS)[number]

export interface DocumentRule {
  readonly key: string
  readonly name: Text
  readonly hint?: Text | undefined
  /** What a right document looks like, told behind the hint. */
  readonly example?: Text | undefined
  readonly legalBasis?: Text | undefined
  readonly show?: Condition | undefined
  /** Obrigatório, se houver, um deste grupo, or obrigatório while the condition is true (else se houver). */
  readonly need: 'required' | 'optional' | { readonly group: string } | { readonly when: Condition }
  readonly kinds: readonly FileKind[]
  /** How many files at most; absent: one. */
  readonly most?: number | undefined
  /** Limit of one file, over the setting. */
  readonly maxBytes?: number | undefined
  /** Pages of one file at most; absent: any number. */
  readonly maxPages?: number | undefined
  /** Checks that refuse the file instead of hinting; absent: none. */
  readonly refuses?: readonly FileCheckName[] | undefined
}

export interface Section {
  readonly key: string
  readonly title: Text
  readonly hint?: Text | undefined
  readonly show?: Condition | undefined
  readonly questions: readonly Question[]
  readonly documents?: readonly DocumentRule[] | undefined
}

/** A part of the ticket's subject: a text as it is, the label of a chosen option, or the first answer there is. */
export type SubjectPart = { readonly text: string } | { readonly label: string } | { readonly first: readonly string[] }

export interface Definition {
  readonly title: Text
  readonly hint?: Text | undefined
  readonly sections: readonly Section[]
  readonly groups: readonly { readonly key: string; readonly name: Text }[]
  /** Joined by ` - `, in the first language. */
  readonly subject: readonly SubjectPart[]
  /** Which questions give the ticket its facts. */
  readonly facts: {
    readonly case: string
    readonly plate: string
    readonly chassis: string
    readonly renavam: string
    readonly email: string
  }
}

/** Answers as typed, by question. A tick is `sim` or empty; a multiple choice its values, parted by commas. */
export type Answers = Readonly<Record<string, string>>

export const YES = 'sim'
export const NO = 'nao'
export const UNKNOWN = 'nao-sei'

// A definition never changes; a page asks for its parts many times.
const questionsBy = new WeakMap<Definition, readonly Question[]>()
const documentsBy = new WeakMap<Definition, readonly DocumentRule[]>()

/** All questions of all sections, in order. */
export function questionsOf(definition: Definition): readonly Question[] {
  const questions = questionsBy.get(definition) ?? definition.sections.flatMap((section) => section.questions)
  questionsBy.set(definition, questions)
  return questions
}

/** All documents of all sections, in order. */
export function documentsOf(definition: Definition): readonly DocumentRule[] {
  const documents = documentsBy.get(definition) ?? definition.sections.flatMap((section) => section.documents ?? [])
  documentsBy.set(definition, documents)
  return documents
}

/** The document of a key, or undefined. */
export function documentOf(definition: Definition, key: string): DocumentRule | undefined {
  return documentsOf(definition).find((document) => document.key === key)
}

/** Answers with what stands in the fields before anything is typed. */
export function withStarts(definition: Definition, answers: Answers, starts: { ownEmail: string }): Answers {
  const started = questionsOf(definition)
    .filter((question) => question.startsAs === 'own-email' && answers[question.key] === undefined)
    .map((question) => [question.key, starts.ownEmail])
  return started.length === 0 ? answers : { ...answers, ...Object.fromEntries(started) }
}
