// What a checked form says of the ticket it becomes: subject, case and identifiers.

import { type Answers, type Definition, questionsOf } from '#forms/rules/definition.ts'
import type { Values } from '#forms/rules/question-type.ts'
import { parseChassis } from '#shared/kit/identifiers/chassis.ts'
import { canonicalPlate } from '#shared/kit/identifiers/plate.ts'
import { cutAt } from '#shared/kit/storable.ts'

export interface FilingFacts {
  /** Title without its number, which the database appends. */
  readonly subject: string
  readonly caseCode: string
  readonly plate: string | null
  readonly chassis: string | null
  readonly renavam: string | null
  readonly notifyEmail: string | null
}

/** Facts of a form without problems. */
export function filingFacts(definition: Definition, values: Values): FilingFacts {
  const { facts } = definition
  const plate = values[facts.plate]
  return {
    subject: subjectOf(definition, values),
    caseCode: values[facts.case] ?? '',
    plate: plate ? (canonicalPlate(plate) ?? null) : null,
    chassis: values[facts.chassis] ?? null,
    renavam: values[facts.renavam] ?? null,
    notifyEmail: values[facts.email] ?? null,
  }
}

/** The vehicle of answers as typed so far: plate (Mercosul spelling) and chassis; null: not typed, or none. */
export function vehicleOf(
  { facts }: Definition,
  answers: Answers,
): readonly [plate: string | null, chassis: string | null] {
  const chassis = parseChassis(answers[facts.chassis] ?? '', '', { before1986: true })
  return [canonicalPlate(answers[facts.plate] ?? '') ?? null, chassis.ok ? chassis.value.chassis : null]
}

/** Characters of a title; the database takes 400. */
const LONGEST_SUBJECT = 300

/** `Instituições Financeiras - Desbloqueio … - <caso> - <placa ou chassi>` in the first language; parts without answer are left out. */
export function subjectOf(definition: Definition, values: Values): string {
  const subject = definition.subject
    .map((part) => {
      if ('text' in part) return part.text
      if ('label' in part) return labelOf(definition, part.label, values[part.label])
      return part.first.map((key) => values[key]).find(Boolean) ?? ''
    })
    .map((text) => text.replace(/\s+/g, ' ').trim())
    .filter((text) => text !== '')
    .join(' - ')
  // A long answer in a title is told by its beginning.
  return subject.length > LONGEST_SUBJECT ? `${cutAt(subject, LONGEST_SUBJECT - 1)}…` : subject
}

function labelOf(definition: Definition, key: string, value: string | undefined): string {
  const question = questionsOf(definition).find((candidate) => candidate.key === key)
  return question?.options?.find((option) => option.value === value)?.label['pt-BR'] ?? ''
}
