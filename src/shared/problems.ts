// Input that is wrong, as a value. The sentence for a code stands in words, never here.

/** One fault of an input: the field it belongs to, a code that `words` has a sentence for, and what the sentence needs. */
export interface Problem {
  readonly field: string
  readonly code: string
  readonly with?: Readonly<Record<string, string | number>>
}

/** Either the value or what is wrong with the input. */
export type Checked<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problems: Problem[] }

export const good = <T>(value: T): Checked<T> => ({ ok: true, value })
export const bad = (...problems: Problem[]): { readonly ok: false; readonly problems: Problem[] } => ({
  ok: false,
  problems,
})
