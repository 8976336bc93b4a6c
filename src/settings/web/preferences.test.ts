// Saving a preference returns to a page of ours and to no other place.
import { describe, expect, it } from 'vitest'
import { ownPath } from '#settings/web/preferences.tsx'

describe('the way back after saving preferences', () => {
  it.each(['/', '/chamados?status=todos&ordem=-id', '/pesquisar?q=ABC%201234', '/chamados/24151'])(
    'leads to %s',
    (path) => {
      expect(ownPath(path)).toBe(path)
    },
  )

  it.each([
    '//mal.example',
    '/\\mal.example',
    '/a\\b',
    'https://mal.example/',
    '/a\r\nset-cookie: x',
    '/\t/mal.example',
    '',
    undefined,
    7,
    `/${'a'.repeat(3000)}`,
  ])('leads home instead of to %j', (path) => {
    expect(ownPath(path)).toBe('/')
  })
})
