// The names a ticket's form version gives to its case and documents, in the reader's language.
import type { CheckRule } from '#attachments/rules/checks.ts'
import { definitionOf } from '#forms/reads.ts'
import { type Answers, documentOf, documentsOf, questionsOf } from '#forms/rules/definition.ts'
import { evaluate } from '#forms/rules/evaluate.ts'
import type { Tx } from '#shared/db/connect.ts'
import type { Lang } from '#words/words.ts'

export interface ShownDocument {
  readonly key: string
  readonly name: string
  /** The answers demand it, alone or as one of a group. */
  readonly required: boolean
}

export interface FormTexts {
  caseName(code: string): string
  documentName(key: string): string
  /** What its files are checked for; of a follow-up's files nothing is demanded. */
  checkRule(key: string): CheckRule
  /** The documents the answers bring out. */
  documents(answers: Readonly<Record<string, unknown>>): ShownDocument[]
}

/** The texts of a form version (cached by the forms room: a published version never changes). */
export async function formTexts(tx: Tx, formVersionId: number, lang: Lang): Promise<FormTexts> {
  const definition = await definitionOf(tx, formVersionId)
  const cases = questionsOf(definition).find((question) => question.key === definition.facts.case)
  return {
    caseName: (code) => cases?.options?.find((option) => option.value === code)?.label[lang] ?? code,
    documentName: (key) => documentsOf(definition).find((document) => document.key === key)?.name[lang] ?? key,
    checkRule: (key) => documentOf(definition, key) ?? {},
    documents: (answers) => {
      const verdict = evaluate(definition, answers as Answers)
      return documentsOf(definition)
        .filter((document) => verdict.documents.has(document.key))
        .map((document) => ({
          key: document.key,
          name: document.name[lang],
          required:
            verdict.requiredDocuments.has(document.key) ||
            (typeof document.need === 'object' && 'group' in document.need),
        }))
    },
  }
}
