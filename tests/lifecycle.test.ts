// The drawing of the life cycle says what the table says.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { lifecycleSvg } from './support/lifecycle-svg.ts'

it('docs/lifecycle.svg is what `npm run lifecycle` draws', () => {
  expect(readFileSync(join(import.meta.dirname, '../docs/lifecycle.svg'), 'utf8')).toBe(lifecycleSvg())
})
