// What makes no sense in a form of right shape: it may be kept as a draft, never published. Pure.
import { type Fields, operatorsOf, rulesOf, takesList, takesValue } from '#criteria/rules/grammar.ts'
import { type Condition, fieldsOf, questionsIn } from '#forms/rules/condition.ts'
import {
  type Definition,
  type DocumentRule,
  documentsOf,
  type Question,
  type QuestionType,
  questionsOf,
  type Section,
} from '#forms/rules/definition.ts'
import { mayStayOpen } from '#forms/rules/may-stay-open.ts'
import { isNever } from '#forms/rules/never.ts'
import { typeOf } from '#forms/rules/question-types.ts'
import { LONGEST_TEXT } from '#forms/rules/types/long-text.ts'
import { LONGEST_LINE } from '#forms/rules/types/short-text.ts'
import { LONGEST_ANSWER } from '#forms/rules/types/text.ts'

export type ItemKind = 'section' | 'question' | 'document' | 'form'

/** One fault: where it is and a code that words has a sentence for. */
export interface Fault {
  readonly kind: ItemKind
  /** Of the item; '' for the form itself. */
  readonly key: string
  readonly fault: FaultCode
  /** What the sentence names: another key, a value. */
  readonly name?: string
}

export type FaultCode =
  | 'twice'
  | 'unknown-question'
  | 'odd-operator'
  | 'odd-value'
  | 'never'
  | 'key-meets'
  | 'no-options'
  | 'option-twice'
  | 'least-over-most'
  | 'most-range'
  | 'case-optional'
  | 'no-vehicle'
  | 'no-declaration'
  | 'unknown-group'
  | 'empty-group'
  | 'loop'
  | 'no-tick'
  | 'fact-type'
  | 'too-big'
  | 'empty'

/** Together these bound what a page draws and a browser judges. */
const MOST_QUESTIONS = 500
const MOST_RULES_OF_FORM = 3000

/** Everything that stands in the way of publishing. Empty: nothing. */
export function faultsOf(definition: Definition): readonly Fault[] {
  const fields = fieldsOf(definition.sections, { name: (text) => text['pt-BR'], choice: (_, value) => value })
  return [
    ...formFaults(definition),
    ...definition.sections.flatMap((section) => [
      ...conditionFaults({ definition, fields }, { kind: 'section', key: section.key }, section.show),
      ...section.questions.flatMap((question) => questionFaults({ definition, fields }, question)),
      ...(section.documents ?? []).flatMap((document) => documentFaults({ definition, fields }, document)),
    ]),
    ...loops(definition).map((key): Fault => ({ kind: 'question', key, fault: 'loop' })),
  ]
}

const twice = (all: readonly string[]): readonly string[] => [
  ...new Set(all.filter((one, i) => all.indexOf(one) !== i)),
]

function formFaults(definition: Definition): Fault[] {
  const of = (kind: ItemKind, all: readonly { readonly key: string }[]): Fault[] =>
    twice(all.map((one) => one.key)).map((key) => ({ kind, key, fault: 'twice' }))
  const rules = conditionsOf(definition).reduce((sum, one) => sum + rulesOf(one).length, 0)
  const big = questionsOf(definition).length > MOST_QUESTIONS || rules > MOST_RULES_OF_FORM
  const used = new Set(documentsOf(definition).map(({ need }) => groupIn(need)))
  return [
    ...of('section', definition.sections),
    ...of('question', questionsOf(definition)),
    ...of('document', documentsOf(definition)),
    ...(big ? [{ kind: 'form', key: '', fault: 'too-big' } as const] : []),
    ...(questionsOf(definition).length === 0 ? [{ kind: 'form', key: '', fault: 'empty' } as const] : []),
    ...definition.groups
      .filter((group) => !used.has(group.key))
      .map((group): Fault => ({ kind: 'form', key: '', fault: 'empty-group', name: group.key })),
    ...factFaults(definition),
    ...vehicleFaults(definition),
    ...declarationFaults(definition),
    ...subjectKeys(definition)
      .filter((key) => !fieldOf(definition, key))
      .map((key): Fault => ({ kind: 'form', key: '', fault: 'unknown-question', name: key })),
  ]
}

const fieldOf = (definition: Definition, key: string): Question | undefined =>
  questionsOf(definition).find((one) => one.key === key)
const groupIn = (need: DocumentRule['need']): string | undefined =>
  typeof need === 'object' && 'group' in need ? need.group : undefined

/** The types a question must have to give the ticket one of its facts. */
export const FACT_TYPES: Readonly<Record<keyof Definition['facts'], readonly QuestionType[]>> = {
  case: ['choice'],
  plate: ['plate'],
  chassis: ['chassis'],
  renavam: ['renavam'],
  email: ['email'],
}

function factFaults(definition: Definition): Fault[] {
  const facts = Object.entries(definition.facts) as [keyof Definition['facts'], string][]
  return facts.flatMap(([fact, key]): Fault[] => {
    const question = fieldOf(definition, key)
    if (!question) return [{ kind: 'form', key: '', fault: 'unknown-question', name: key }]
    return FACT_TYPES[fact].includes(question.type) ? [] : [{ kind: 'form', key: '', fault: 'fact-type', name: key }]
  })
}

/** A ticket is about a vehicle: one of the two that name it is asked for and must be answered, at least for some answers. */
function vehicleFaults(definition: Definition): Fault[] {
  const { plate, chassis } = definition.facts
  const asked = [fieldOf(definition, plate), fieldOf(definition, chassis)].filter((one) => one !== undefined)
  return asked.length > 0 && asked.every(({ required }) => required === false)
    ? [{ kind: 'question', key: plate, fault: 'no-vehicle' }]
    : []
}

/** Nothing is filed without a declaration of responsibility (CONTRAN 807, art. 20), whatever is answered. */
function declarationFaults(definition: Definition): Fault[] {
  const all = questionsOf(definition).filter(({ type }) => type === 'declaration')
  return mayStayOpen(definition, all) ? [{ kind: 'form', key: '', fault: 'no-declaration' }] : []
}

/** The questions a ticket's title is made of. */
export function subjectKeys({ subject }: Definition): readonly string[] {
  return subject.flatMap((part) => ('label' in part ? [part.label] : 'first' in part ? part.first : []))
}

interface Within {
  readonly definition: Definition
  readonly fields: Fields
}

/** What an answer may be at most, said or not: characters, options, or the number itself. */
function mostOf({ type, most, options }: Question): number {
  if (type === 'multiple-choice') return Math.min(most ?? Infinity, options?.length ?? 0)
  if (type === 'short-text') return most ?? LONGEST_LINE
  return most ?? (type === 'long-text' ? LONGEST_TEXT : Infinity)
}

function questionFaults(within: Within, question: Question): Fault[] {
  const { definition } = within
  const at = { kind: 'question', key: question.key } as const
  const { settings } = typeOf(question)
  const options = question.options?.map((one) => one.value) ?? []
  const ticks = [question.relaxedBy, question.setsTick].filter((key) => key !== undefined)
  const { least } = question
  const counts = question.most !== undefined && question.type !== 'number' && question.type !== 'money'
  return [
    ...meetingKeys(definition, question).map((name): Fault => ({ ...at, fault: 'key-meets', name })),
    ...conditionFaults(within, at, question.show),
    ...conditionFaults(within, at, typeof question.required === 'object' ? question.required : undefined),
    ...(settings.includes('options') && options.length === 0 ? [{ ...at, fault: 'no-options' } as const] : []),
    ...twice(options).map((name): Fault => ({ ...at, fault: 'option-twice', name })),
    ...((least ?? 0) > mostOf(question) ? [{ ...at, fault: 'least-over-most' } as const] : []),
    ...(counts && (mostOf(question) < 1 || mostOf(question) > LONGEST_ANSWER)
      ? [{ ...at, fault: 'most-range', name: String(LONGEST_ANSWER) } as const]
      : []),
    ...(definition.facts.case === question.key && mayStayOpen(definition, [question])
      ? [{ ...at, fault: 'case-optional' } as const]
      : []),
    ...ticks
      .filter((key) => fieldOf(definition, key)?.type !== 'tick')
      .map((name): Fault => ({ ...at, fault: 'no-tick', name })),
  ]
}

function documentFaults(within: Within, document: DocumentRule): Fault[] {
  const { definition } = within
  const at = { kind: 'document', key: document.key } as const
  const { need } = document
  const group = groupIn(need)
  const lost = group !== undefined && !definition.groups.some((one) => one.key === group)
  return [
    ...conditionFaults(within, at, document.show),
    ...conditionFaults(within, at, typeof need === 'object' && 'when' in need ? need.when : undefined),
    ...(lost ? [{ ...at, fault: 'unknown-group', name: group } as const] : []),
  ]
}

/** What a page adds to a question's key to name its parts. */
const PARTS = ['dica', 'erro', 'nome', 'foto']

/** Questions whose name on the page is that of a part of this one: a label would point at the wrong field. */
function meetingKeys(definition: Definition, { key, options = [] }: Question): readonly string[] {
  const parts = new Set([...PARTS, ...options.map(({ value }) => value)].map((part) => `${key}-${part}`))
  return questionsOf(definition).flatMap((one) => (parts.has(one.key) ? [one.key] : []))
}

/** Rules over questions that are not there, or that they cannot be asked so; or that no answers can meet. */
function conditionFaults(
  { definition, fields }: Within,
  at: Pick<Fault, 'kind' | 'key'>,
  condition: Condition | undefined,
): Fault[] {
  const faults = ruleFaults(fields, at, condition)
  if (faults.length > 0 || !condition) return faults
  const questions = new Map(questionsOf(definition).map((one) => [one.key, one]))
  return isNever(condition, questions) ? [{ ...at, fault: 'never' }] : []
}

function ruleFaults(fields: Fields, at: Pick<Fault, 'kind' | 'key'>, condition: Condition | undefined): Fault[] {
  return rulesOf(condition ?? []).flatMap((rule): Fault[] => {
    const field = fields.get(rule.field)
    if (!field) return [{ ...at, fault: 'unknown-question', name: rule.field }]
    if (!operatorsOf(field).includes(rule.operator)) return [{ ...at, fault: 'odd-operator', name: rule.field }]
    const count = rule.values.length
    const counts = !takesValue(rule.operator) ? count === 0 : takesList(rule.operator) ? count > 0 : count === 1
    const odd = rule.values.find((value) =>
      field.choices ? !field.choices.some((choice) => choice.value === value) : field.clean?.(value) === undefined,
    )
    return counts && odd === undefined ? [] : [{ ...at, fault: 'odd-value', name: odd ?? rule.field }]
  })
}

function conditionsOf(definition: Definition): readonly Condition[] {
  const all = [
    ...definition.sections.map((one) => one.show),
    ...questionsOf(definition).flatMap(({ show, required }) => [
      show,
      typeof required === 'object' ? required : undefined,
    ]),
    ...documentsOf(definition).flatMap(({ show, need }) => [
      show,
      typeof need === 'object' && 'when' in need ? need.when : undefined,
    ]),
  ]
  return all.filter((one) => one !== undefined)
}

/** Questions whose showing depends on themselves. */
function loops(definition: Definition): readonly string[] {
  const leadsOf = (section: Section) =>
    section.questions.map((one) => [one.key, [...questionsIn(section.show), ...questionsIn(one.show)]] as const)
  const leads = new Map(definition.sections.flatMap(leadsOf))
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
