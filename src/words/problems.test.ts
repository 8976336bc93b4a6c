// Every problem the rules can find has its sentence, in every language.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { LANGS, wordsFor } from '#words/words.ts'

const SRC = join(import.meta.dirname, '..')
const ROOMS = ['attachments', 'forms', 'shared/kit/identifiers', 'tickets/rules']

const codes = ROOMS.flatMap((room) =>
  readdirSync(join(SRC, room), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !name.includes('.test.'))
    .flatMap((name) => [
      ...readFileSync(join(SRC, room, name), 'utf8').matchAll(/(?:code: |wrong\(asked, |problem\()'([a-z-]+)'/g),
    ])
    .map(([, code]) => code ?? ''),
)

it.each(LANGS)('in %s', (lang) => {
  const sentences: Readonly<Record<string, (facts: Record<string, string>) => string>> = wordsFor(lang).problems
  const refusals = Object.keys(wordsFor(lang).refusals)
  const found = [...new Set(codes)].filter((code) => !refusals.includes(code))
  expect(found.length).toBeGreaterThan(40)
  for (const code of found) {
    expect(Object.hasOwn(sentences, code), code).toBe(true)
    expect(sentences[code]?.({ kinds: 'pdf', accepted: 'pdf', says: 'pdf' })).toMatch(/^\S.{10,}\.$/)
  }
})
