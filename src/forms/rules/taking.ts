// What a document takes of files, within the limit of the settings.
import type { FileRule } from '#attachments/rules/kinds.ts'
import { DOCUMENT_FIELD } from '#forms/rules/check.ts'
import { type Definition, documentOf } from '#forms/rules/definition.ts'

export interface Taking {
  /** Of the form. */
  readonly field: string
  readonly rule: FileRule
  readonly most: number
}

/** Undefined: the form has no such document. `fileBytes`: the limit of the settings. */
export function takingOf(definition: Definition, key: string, fileBytes: number): Taking | undefined {
  const document = documentOf(definition, key)
  if (!document) return undefined
  const rule = { kinds: document.kinds, maxBytes: Math.min(document.maxBytes ?? fileBytes, fileBytes) }
  return { field: DOCUMENT_FIELD + key, rule, most: document.most ?? 1 }
}
