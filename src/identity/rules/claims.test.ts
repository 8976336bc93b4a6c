// What providers tell, well and badly.
import { expect, test } from 'vitest'
import { factsOf } from '#identity/rules/claims.ts'

const WHOLE = {
  cpf: '111.444.777-35',
  name: ' Ana ',
  email: 'ana@example.com',
  institution: { cnpj: '12.abc.345/01de-35', name: 'Financeira', status: 'active' },
  classes: [122, '151'],
  masters: ['Bia'],
}

test('whole claims are cleaned: CPF and CNPJ without mask, classes as numbers', () => {
  expect(factsOf(WHOLE)).toEqual({
    cpf: '11144477735',
    name: 'Ana',
    email: 'ana@example.com',
    institution: { cnpj: '12ABC34501DE35', name: 'Financeira', suspended: false },
    classes: [122, 151],
    master: false,
    masters: ['Bia'],
  })
})

test('no claims at all are no facts, not an error', () => {
  expect(factsOf({})).toEqual({
    cpf: undefined,
    name: undefined,
    email: undefined,
    institution: undefined,
    classes: [],
    master: false,
    masters: [],
  })
})

test.each([
  ['cpf', 11144477735, 'cpf', undefined],
  ['name', '   ', 'name', undefined],
  ['name', 'x'.repeat(201), 'name', undefined],
  ['institution', 'Banco', 'institution', undefined],
  ['institution', { cnpj: '123', name: 'Banco' }, 'institution', undefined],
  ['institution', { cnpj: '11.222.333/0001-82', name: 'Banco' }, 'institution', undefined],
  ['institution', { cnpj: 'AAAAAAAAAAAA00', name: 'Banco' }, 'institution', undefined],
  ['classes', 'all', 'classes', []],
  ['classes', [122, 'admin'], 'classes', []],
  ['classes', [-1], 'classes', []],
  ['masters', null, 'masters', []],
  ['master', 'yes', 'master', false],
])('a %s of %j counts as not told', (claim, value, fact, read) => {
  expect(factsOf({ ...WHOLE, [claim]: value })[fact as keyof ReturnType<typeof factsOf>]).toEqual(read)
})

test.each(['suspended', 'closed', '', 'ACTIVE'])('an institution whose status is %j is not active', (status) => {
  expect(factsOf({ ...WHOLE, institution: { ...WHOLE.institution, status } }).institution?.suspended).toBe(true)
})
test('an institution without a status is active', () => {
  const { status: _, ...institution } = WHOLE.institution
  expect(factsOf({ ...WHOLE, institution }).institution?.suspended).toBe(false)
})
