// What a definition must be to be kept: shape (zod) and sense (unique keys, known questions, no loops). Not loaded by the browser.
import { z } from 'zod'
import { type Condition, OPERATORS, questionsIn } from '#forms/rules/condition.ts'
import {
  type Definition,
  documentsOf,
  FILE_CHECKS,
  FILE_KINDS,
  QUESTION_TYPES,
  questionsOf,
} from '#forms/rules/definition.ts'

/** Names of form fields that are not answers. */
export const RESERVED = ['guarda', 'chave', 'acao', 'remover', 'rascunho', 'documento', 'chamado']

const LARGEST_NUMBER = 1_000_000_000_000

const text = z.strictObject({ 'pt-BR': z.string().min(1).max(1000), en: z.string().min(1).max(1000) })
const key = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,59}$/)
  .refine((value) => !RESERVED.includes(value), 'reserved')
const rule = z.strictObject({
  question: key,
  operator: z.enum(OPERATORS),
  value: z.union([z.string().max(200), z.array(z.string().max(200)).max(100)]).optional(),
})
const condition: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    z.strictObject({ all: z.array(condition).min(1).max(50) }),
    z.strictObject({ any: z.array(condition).min(1).max(50) }),
    z.strictObject({ not: condition }),
    rule,
  ]),
)
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

/** Reads a definition or throws an Error that lists each fault, one a line. */
export function readDefinition(data: unknown): Definition {
  const read = shape.safeParse(data)
  if (!read.success) throw new Error(read.error.issues.map((one) => `${one.path.join('.')}: ${one.message}`).join('\n'))
  const faults = faultsOf(read.data)
  if (faults.length > 0) throw new Error(faults.join('\n'))
  return read.data
}

/** What makes no sense in a definition of right shape. Empty: nothing. */
export function faultsOf(definition: Definition): readonly string[] {
  const questions = questionsOf(definition)
  const keys = new Set(questions.map((one) => one.key))
  const groups = new Set(definition.groups.map((one) => one.key))
  const twice = (all: readonly string[]): readonly string[] => all.filter((one, i) => all.indexOf(one) !== i)
  const unknown = mentioned(definition).filter((one) => !keys.has(one))
  return [
    ...twice(questions.map((one) => one.key)).map((one) => `question ${one}: twice`),
    ...twice(documentsOf(definition).map((one) => one.key)).map((one) => `document ${one}: twice`),
    ...twice(definition.sections.map((one) => one.key)).map((one) => `section ${one}: twice`),
    ...unknown.map((one) => `question ${one}: mentioned, not there`),
    ...questions.filter((one) => one.type === 'choice' && !one.options).map((one) => `question ${one.key}: no options`),
    ...documentsOf(definition)
      .filter(({ need }) => typeof need === 'object' && 'group' in need && !groups.has(need.group))
      .map((one) => `document ${one.key}: unknown group`),
    ...loops(definition).map((one) => `question ${one}: hangs on itself`),
  ]
}

function mentioned(definition: Definition): readonly string[] {
  const conditions = [
    ...definition.sections.map((one) => one.show),
    ...questionsOf(definition).flatMap((one) => [
      one.show,
      typeof one.required === 'object' ? one.required : undefined,
    ]),
    ...documentsOf(definition).flatMap(({ show, need }) => [
      show,
      typeof need === 'object' && 'when' in need ? need.when : undefined,
    ]),
  ]
  const subject = definition.subject.flatMap((part) =>
    'label' in part ? [part.label] : 'first' in part ? part.first : [],
  )
  const ticks = questionsOf(definition).flatMap((one) =>
    [one.relaxedBy, one.setsTick].filter((tick) => tick !== undefined),
  )
  return [...conditions.flatMap(questionsIn), ...subject, ...ticks, ...Object.values(definition.facts)]
}

/** Questions whose showing depends on themselves. */
function loops(definition: Definition): readonly string[] {
  const leads = new Map(
    definition.sections.flatMap((section) =>
      section.questions.map((one) => [one.key, [...questionsIn(section.show), ...questionsIn(one.show)]] as const),
    ),
  )
  const reaches = (start: string): boolean => {
    const seen = new Set<string>()
    const open = [...(leads.get(start) ?? [])]
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (at === start) return true
      if (!seen.has(at)) open.push(...(leads.get(at) ?? []))
      seen.add(at)
    }
    return false
  }
  return [...leads.keys()].filter(reaches)
}
