// The shape a definition and its tests must have to be kept at all. Whether it makes sense: faults.ts. Not loaded by the browser.
import { z } from 'zod'
import { FILE_CHECKS } from '#attachments/rules/checks.ts'
import { type Item, LINK_KEYS, MOST_RULES, MOST_TEXT, MOST_VALUES, OPERATOR_KEYS } from '#criteria/rules/grammar.ts'
import { type Definition, FILE_KINDS, QUESTION_TYPES } from '#forms/rules/definition.ts'
import { faultsOf } from '#forms/rules/faults.ts'
import type { FormTest } from '#forms/rules/form-tests.ts'
import { SEEN_FIELD } from '#forms/rules/seen.ts'

/**
 * Names that are no answers': a question of such a key would be taken for what the page itself says, or for what every object
 * has (`constructor`).
 */
export const RESERVED = [
  'constructor',
  ...['guarda', 'chave', 'acao', 'remover', 'rascunho', 'documento', 'chamado'],
  ...['anexo', 'nao-guardados', SEEN_FIELD],
]

const LARGEST_NUMBER = 1_000_000_000_000

const text = z.strictObject({ 'pt-BR': z.string().min(1).max(1000), en: z.string().min(1).max(1000) })
const key = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,59}$/)
  .refine((value) => !RESERVED.includes(value), 'reserved')
const rule = z.strictObject({
  link: z.enum(LINK_KEYS),
  field: key,
  operator: z.enum(OPERATOR_KEYS),
  values: z.array(z.string().max(MOST_TEXT)).max(MOST_VALUES),
})
const item: z.ZodType<Item> = z.lazy(() =>
  z.union([rule, z.strictObject({ link: z.enum(LINK_KEYS), items: z.array(item).min(1).max(MOST_RULES) })]),
)
const condition = z.array(item).min(1).max(MOST_RULES)
const option = z.strictObject({
  value: z.string().regex(/^[a-z0-9-]{1,60}$/),
  label: text,
  hint: text.optional(),
  legalBasis: text.optional(),
})
const question = z.strictObject({
  key,
  type: z.enum(QUESTION_TYPES),
  label: text,
  hint: text.optional(),
  example: text.optional(),
  show: condition.optional(),
  required: z.union([z.boolean(), condition]).optional(),
  missing: text.optional(),
  options: z.array(option).min(1).max(200).optional(),
  least: z.int().min(-LARGEST_NUMBER).max(LARGEST_NUMBER).optional(),
  most: z.int().min(-LARGEST_NUMBER).max(LARGEST_NUMBER).optional(),
  decimals: z.int().min(0).max(6).optional(),
  relaxedBy: key.optional(),
  setsTick: key.optional(),
  future: z.boolean().optional(),
  startsAs: z.literal('own-email').optional(),
})
const document = z.strictObject({
  key,
  name: text,
  hint: text.optional(),
  example: text.optional(),
  legalBasis: text.optional(),
  show: condition.optional(),
  need: z.union([
    z.enum(['required', 'optional']),
    z.strictObject({ group: key }),
    z.strictObject({ when: condition }),
  ]),
  kinds: z.array(z.enum(FILE_KINDS)).min(1),
  most: z.int().min(1).max(50).optional(),
  maxBytes: z
    .int()
    .min(1)
    .max(2 ** 31)
    .optional(),
  maxPages: z.int().min(1).max(10_000).optional(),
  refuses: z.array(z.enum(FILE_CHECKS)).optional(),
})
const shape = z.strictObject({
  title: text,
  hint: text.optional(),
  sections: z
    .array(
      z.strictObject({
        key,
        title: text,
        hint: text.optional(),
        show: condition.optional(),
        questions: z.array(question).max(300),
        documents: z.array(document).max(300).optional(),
      }),
    )
    .min(1)
    .max(50),
  groups: z.array(z.strictObject({ key, name: text })).max(100),
  subject: z
    .array(
      z.union([
        z.strictObject({ text: z.string().min(1).max(100) }),
        z.strictObject({ label: key }),
        z.strictObject({ first: z.array(key).min(1) }),
      ]),
    )
    .min(1),
  facts: z.strictObject({ case: key, plate: key, chassis: key, renavam: key, email: key }),
})

const tests = z
  .array(
    z.strictObject({
      name: z.string().min(1).max(200),
      answers: z.record(key, z.string().max(20_000)),
      expects: z.strictObject({
        questions: z.array(key).max(1000),
        documents: z.array(key).max(1000),
        required: z.array(key).max(1000),
        answers: z.array(key).max(1000).optional(),
        groups: z.array(key).max(1000).optional(),
        title: z.string().max(1000),
      }),
    }),
  )
  .max(200)

/** The first faults of shape told to people; the rest are of no use to them. */
const MOST_TOLD = 10
const told = (error: z.ZodError): string[] =>
  error.issues.slice(0, MOST_TOLD).map((one) => `${one.path.join('.')}: ${one.message}`)

export type Shaped<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly wrong: readonly string[] }

/** Reads a definition that may make no sense yet, as a draft's. */
export function shapedDefinition(data: unknown): Shaped<Definition> {
  const read = shape.safeParse(data)
  return read.success ? { ok: true, value: read.data } : { ok: false, wrong: told(read.error) }
}

/** Reads form tests. */
export function shapedTests(data: unknown): Shaped<readonly FormTest[]> {
  const read = tests.safeParse(data)
  return read.success ? { ok: true, value: read.data } : { ok: false, wrong: told(read.error) }
}

/** Reads a definition that can be published, or throws an Error that lists each fault, one a line. */
export function readDefinition(data: unknown): Definition {
  const read = shapedDefinition(data)
  if (!read.ok) throw new Error(read.wrong.join('\n'))
  const faults = faultsOf(read.value)
  if (faults.length > 0) throw new Error(faults.map((one) => `${one.kind} ${one.key}: ${one.fault}`).join('\n'))
  return read.value
}
