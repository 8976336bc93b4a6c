// After signing in nobody is sent back to the pages of entering and leaving, nor off the house.
import { expect, test } from 'vitest'
import { destinationOf } from '#identity/rules/destination.ts'

test.each(['/', '/chamados/24151?aba=1#fim', '/entrarem', '/sairam?x=1'])('%j is a page to go to', (path) => {
  expect(destinationOf(path)).toBe(path)
})

test.each([
  '/entrar',
  '/entrar/retorno?code=1',
  '/entrar?destino=/',
  '/./entrar',
  '/a/../sair',
  '/sair',
  '//evil.example',
  undefined,
])('%j is not', (given) => {
  expect(destinationOf(given)).toBeUndefined()
})
