// Small forms for tests of the engine.
import type { Operator } from '#criteria/rules/grammar.ts'
import type { Condition } from '#forms/rules/condition.ts'
import type { Definition, Question } from '#forms/rules/definition.ts'

export const text = (words: string) => ({ 'pt-BR': words, en: words })
export const short = (key: string, more: Partial<Question> = {}): Question => ({
  key,
  type: 'short-text',
  label: text(key),
  ...more,
})
export const rule = (field: string, operator: Operator, ...values: string[]): Condition => [
  { link: 'and', field, operator, values },
]
export const is = (question: string, value: string): Condition => rule(question, 'is', value)
export function formOf(questions: readonly Question[], more: Partial<Definition['sections'][number]> = {}): Definition {
  return {
    title: text('form'),
    groups: [],
    subject: [{ text: 'form' }],
    facts: { case: 'a', plate: 'none', chassis: 'none', renavam: 'a', email: 'a' },
    sections: [{ key: 's', title: text('s'), questions, ...more }],
  }
}
/** A form that may be published: five questions give the ticket its facts. */
export function sound(questions: readonly Question[]): Definition {
  const facts = { case: 'caso', plate: 'placa', chassis: 'chassi', renavam: 'renavam', email: 'email' }
  const options = [{ value: 'um', label: text('um') }]
  const own: Question[] = [
    short('caso', { type: 'choice', options }),
    ...(['plate', 'chassis', 'renavam', 'email'] as const).map((type) => short(facts[type], { type })),
  ]
  return { ...formOf([...own, short('declaro', { type: 'declaration' }), ...questions]), facts }
}
