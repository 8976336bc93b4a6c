// Texts of hostile or broken senders as they are kept.
import { expect, it } from 'vitest'
import { cutAt, storable } from '#shared/kit/storable.ts'
import { isUuid } from '#shared/kit/uuid.ts'

it('a text is kept without NUL and without half characters', () => {
  expect(storable('a\0b')).toBe('ab')
  expect(storable('a\ud83d')).toBe('a\ufffd')
  expect(storable('\ude00a')).toBe('\ufffda')
  expect(storable('😀 ção')).toBe('😀 ção')
})

it('a text is cut between characters, never inside one', () => {
  expect(cutAt('ab😀', 3)).toBe('ab')
  expect(cutAt('ab😀', 4)).toBe('ab😀')
  expect(cutAt('abc', 2)).toBe('ab')
})

it('an id is 32 hexadecimal digits in their groups and nothing else', () => {
  expect(isUuid('0b6f0a3c-6f3c-4b8e-9d55-0a7f0f3f9a11')).toBe(true)
  for (const text of ['', 'x', '-'.repeat(36), '0b6f0a3c6f3c4b8e9d550a7f0f3f9a11', undefined, 7]) {
    expect(isUuid(text), String(text)).toBe(false)
  }
})
