// Where a page may send a person: never off the house.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ownPath } from '#shared/kit/own-path.ts'

test.each(['/', '/chamados', '/chamados/24151?aba=1#fim', '/pesquisar?q=ABC%201', '/entrar'])(
  '%j is our own',
  (path) => {
    expect(ownPath(path)).toBe(path)
  },
)

test.each([
  undefined,
  null,
  7,
  ['/'],
  '',
  'chamados',
  '//evil.example',
  '///evil.example',
  '/\\evil.example',
  '/a\\b',
  '/a\r\nset-cookie: x',
  `/${'a'.repeat(3000)}`,
  'https://evil.example',
  'javascript:alert(1)',
  '/\t/evil.example',
  '/\n/evil.example',
  '\u0000/',
  '/.//evil.example',
  '/..//evil.example',
  `/${'x'.repeat(2000)}`,
])('%j is not', (given) => {
  expect(ownPath(given)).toBeUndefined()
})

test('whatever is given, a browser that follows the answer stays', () => {
  const part = fc.constantFrom(
    '/',
    '\\',
    '.',
    '..',
    ':',
    '@',
    '%2f',
    '%5c',
    '\t',
    '?',
    '#',
    'evil.example',
    'http:',
    'a',
    '\u00a0',
  )
  fc.assert(
    fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
      const path = ownPath(parts.join(''))
      expect(
        path === undefined || new URL(path, 'https://own.example/entrar/retorno').origin === 'https://own.example',
      ).toBe(true)
    }),
    { numRuns: 2000 },
  )
})
