// A form as a file: JSON with its definition and tests. Reading bounds size and depth before anything is made of it. No sense is
// judged here: what is read becomes a draft.
import type { Definition } from '#forms/rules/definition.ts'
import type { FormTest } from '#forms/rules/form-tests.ts'
import { shapedDefinition, shapedTests } from '#forms/rules/schema.ts'
import { bad, type Checked, good } from '#shared/problems.ts'

const FORMAT = 'eprod-form-1'
/** Characters; the whole catalogue takes a tenth of it. */
export const MOST_CHARACTERS = 1_000_000
/** Arrays and objects within one another; ten groups of conditions fit. */
export const MOST_NESTED = 32
/** Names that objects inherit: no form has them, and code that copies objects must never meet them. */
const INHERITED = new Set(['__proto__', 'constructor', 'prototype'])

export interface Portable {
  readonly definition: Definition
  readonly tests: readonly FormTest[]
}

/** The text of a file. */
export function writePortable({ definition, tests }: Portable): string {
  return `${JSON.stringify({ format: FORMAT, definition, tests }, null, 2)}\n`
}

/** Reads a file. Codes: `form-file-large`, `form-file-deep`, `form-file-json`, `form-file-shape` (`what`: the first faults). */
export function readPortable(text: string, field: string): Checked<Portable> {
  if (text.length > MOST_CHARACTERS) return bad({ field, code: 'form-file-large', with: { most: MOST_CHARACTERS } })
  if (nestedIn(text) > MOST_NESTED) return bad({ field, code: 'form-file-deep', with: { most: MOST_NESTED } })
  const data = parsed(text)
  if (data === undefined) return bad({ field, code: 'form-file-json' })
  const { format, definition, tests } = data as Record<string, unknown>
  if (format !== FORMAT) return bad({ field, code: 'form-file-shape', with: { what: `format: ${FORMAT}` } })
  const [form, cases] = [shapedDefinition(definition), shapedTests(tests ?? [])]
  const wrong = [form, cases].flatMap((one) => (one.ok ? [] : one.wrong))
  if (!form.ok || !cases.ok)
    return bad({ field, code: 'form-file-shape', with: { what: wrong.join(' · ').slice(0, 500) } })
  return good({ definition: form.value, tests: cases.value })
}

/** How deep brackets stand within one another, strings aside; nothing is built for it. */
function nestedIn(text: string): number {
  let depth = 0
  let most = 0
  let quoted = false
  for (let at = 0; at < text.length; at++) {
    const one = text[at]
    if (quoted && one === '\\') at++
    else if (one === '"') quoted = !quoted
    else if (!quoted && (one === '{' || one === '[')) most = Math.max(most, ++depth)
    else if (!quoted && (one === '}' || one === ']')) depth--
  }
  return most
}

/** An object of plain JSON whose texts PostgreSQL can keep; undefined: none. */
function parsed(text: string): object | undefined {
  try {
    const data: unknown = JSON.parse(text, (key, value) => {
      if (INHERITED.has(key)) throw new SyntaxError(key)
      if (typeof value === 'string' && (value.includes('\0') || !value.isWellFormed())) throw new SyntaxError('text')
      return value
    })
    return typeof data === 'object' && data !== null && !Array.isArray(data) ? data : undefined
  } catch {
    return undefined
  }
}
