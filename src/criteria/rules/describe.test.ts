// A search as a sentence, in both languages; what two fields are called that have one name.
import { expect, it } from 'vitest'
import { describe } from '#criteria/rules/describe.ts'
import type { Field } from '#criteria/rules/grammar.ts'
import { check, readParams } from '#criteria/rules/read.ts'
import { wordsFor } from '#words/words.ts'

const FIELDS: readonly Field[] = [
  { key: 'titulo', group: 'g', name: 'Título', kind: 'text' },
  { key: 'status', group: 'g', name: 'Status', kind: 'choice', choices: [{ value: 'aberto', label: 'Aberto' }] },
  { key: 'aberto', group: 'g', name: 'Aberto', kind: 'instant' },
  { key: 'form.placa', group: 'Formulário', name: 'Placa', fullName: 'Formulário - Placa', kind: 'text' },
]
const fields = new Map(FIELDS.map((field) => [field.key, field]))
const read = (query: string) => check(readParams(new URLSearchParams(query)).items, fields).criteria

it('is read in both languages', () => {
  const query =
    'r1.campo=status&r1.op=e&r1.valor=aberto&r2.lig=e-nao&r2.1.campo=titulo&r2.1.op=contem&r2.1.valor=furto&r2.2.lig=ou&r2.2.campo=aberto&r2.2.op=antes&r2.2.valor=hoje-7d'
  expect(describe(read(query), fields, wordsFor('pt-BR').criteria)).toBe(
    'Status é Aberto E NÃO (Título contém “furto” OU Aberto antes hoje − 7 dias)',
  )
  expect(describe(read(query), fields, wordsFor('en').criteria)).toBe(
    'Status is Aberto AND NOT (Título contains “furto” OR Aberto before today − 7 days)',
  )
})

it('tells fields of one name by their group', () => {
  const query = 'r1.campo=form.placa&r1.op=contem&r1.valor=abc'
  expect(describe(read(query), fields, wordsFor('pt-BR').criteria)).toBe('Formulário - Placa contém “abc”')
})
