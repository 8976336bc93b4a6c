// What follows from a check for people: texts beside a file, and whether its document refuses it.
import { describe, expect, it } from 'vitest'
import { FILE_CHECKS, type FileCheck, hintsOf, type Look, refusedBy } from '#attachments/rules/checks.ts'
import { identifiersIn } from '#attachments/rules/identifiers-in.ts'
import { checkTexts } from '#attachments/views.tsx'
import { LANGS, wordsFor } from '#words/words.ts'

const opened: Look = { state: 'opened', pages: 3, text: true, signature: false, blank: false }
const known = (look: Look | null, more: Partial<FileCheck> = {}): FileCheck => ({
  look,
  vehicle: null,
  scan: 'none',
  virus: null,
  scanFailed: false,
  ...more,
})
const codes = (said: readonly { code: string }[]) => said.map(({ code }) => code)

describe('beside a file', () => {
  it('stand its pages, what its text carries, and whether it was scanned', () => {
    const found = hintsOf(known({ ...opened, signature: true }, { vehicle: true, scan: 'clean' }))
    expect(codes(found.facts)).toEqual(['pages', 'vehicle', 'signature', 'clean'])
    expect(found.warnings).toEqual([])
  })
  it('a missing plate or signature is no warning, unless its document asks for them', () => {
    const check = known(opened, { vehicle: false })
    expect(hintsOf(check).warnings).toEqual([])
    expect(codes(hintsOf(check, { refuses: ['vehicle', 'signature'] }).warnings)).toEqual(['vehicle', 'signature'])
  })
  it.each<[string, FileCheck]>([
    ['opens', known({ state: 'broken' })],
    ['encrypted', known({ state: 'encrypted' })],
    ['pages', known(opened)],
    ['blank', known({ ...opened, blank: true })],
    ['small', known({ state: 'opened', small: [320, 240] })],
    ['unchecked', known({ state: 'unchecked' })],
    ['infected', known(opened, { scan: 'infected', virus: 'Eicar' })],
    ['quarantine', known(opened, { scan: null, scanFailed: true })],
  ])('“%s” is warned of in a sentence of each language', (code, check) => {
    const rule = code === 'pages' ? { maxPages: 2 } : {}
    expect(codes(hintsOf(check, rule).warnings)).toEqual([code])
    for (const lang of LANGS)
      expect(checkTexts(wordsFor(lang), check, rule).warnings).toEqual([expect.stringMatching(/^\S.*\.$/)])
  })
  it('more is expected while nobody has looked or scanned, but not of a scanner that is away', () => {
    expect(hintsOf(known(null)).waiting).toBe(true)
    expect(hintsOf(known(opened, { scan: null })).waiting).toBe(true)
    expect(hintsOf(known(opened, { scan: null, scanFailed: true })).waiting).toBe(false)
    expect(hintsOf(null).waiting).toBe(false)
  })
})

describe('at filing', () => {
  const now = new Date('2026-11-23T20:54:00Z')
  const file = (check: FileCheck | null, uploadedAt = now) => ({ name: 'bo.pdf', check, uploadedAt })
  const rule = { field: 'arquivo:bo', now }

  it('nothing is refused for what its document only warns of', () => {
    for (const look of [
      { state: 'broken' },
      { state: 'encrypted' },
      { state: 'unchecked' },
      { ...opened, blank: true },
    ] as const) {
      expect(refusedBy(file(known(look, { vehicle: false })), { ...rule, maxPages: 1 })).toBeUndefined()
    }
  })
  const faulty: Record<(typeof FILE_CHECKS)[number], FileCheck> = {
    opens: known({ state: 'broken' }),
    encrypted: known({ state: 'encrypted' }),
    pages: known(opened),
    blank: known({ state: 'opened', small: [10, 10] }),
    vehicle: known(opened, { vehicle: false }),
    signature: known(opened),
  }
  it.each(FILE_CHECKS)('a document that refuses by “%s” does so with a sentence that names the file', (name) => {
    const problem = refusedBy(file(faulty[name]), { ...rule, maxPages: 2, refuses: [name] })
    expect(problem).toMatchObject({ field: 'arquivo:bo', code: `file-refused-${name}` })
    for (const lang of LANGS) {
      const sentences: Readonly<Record<string, (facts: never) => string>> = wordsFor(lang).problems
      expect(sentences[problem?.code ?? '']?.(problem?.with as never)).toContain('“bo.pdf”')
    }
  })
  it('what could not be checked is not refused', () => {
    expect(
      refusedBy(file(known({ state: 'unchecked' })), { ...rule, maxPages: 1, refuses: FILE_CHECKS }),
    ).toBeUndefined()
  })
  it('a file with a virus is refused by every document', () => {
    expect(refusedBy(file(known(opened, { scan: 'infected', virus: 'Eicar' })), rule)?.code).toBe('file-infected')
  })
  it('a check that refuses is waited for a minute, not longer', () => {
    const asks = { ...rule, refuses: ['encrypted' as const] }
    expect(refusedBy(file(known(null)), asks)?.code).toBe('file-being-checked')
    expect(refusedBy(file(known(null)), rule)).toBeUndefined()
    expect(refusedBy(file(known(null), new Date(now.getTime() - 60_000)), asks)).toBeUndefined()
  })
  it('the scanner is waited for by every document, where there is one that answers', () => {
    const scans = { ...rule, scans: true }
    expect(refusedBy(file(known(opened, { scan: null })), scans)?.code).toBe('file-being-checked')
    expect(refusedBy(file(known(opened, { scan: null })), rule)).toBeUndefined()
    expect(refusedBy(file(known(opened, { scan: null, scanFailed: true })), scans)).toBeUndefined()
    expect(refusedBy(file(known(opened, { scan: 'clean' })), scans)).toBeUndefined()
  })
})

describe('identifiers in a text', () => {
  it.each([
    ['Placa: ABC-1234, Porto Alegre', 'ABC1C34'],
    ['placa abc1c34', 'ABC1C34'],
    ['ABC 1234', 'ABC1C34'],
    ['A B C 1 2 3 4', 'ABC1C34'],
    ['chassi 9BWZZZ377VT004251.', '9BWZZZ377VT004251'],
    ['chassi 9BW ZZZ 377 VT 004251', '9BWZZZ377VT004251'],
    ['chassi antigo BH-123456', 'BH123456'],
  ])('“%s” holds %s', (text, found) => {
    expect(identifiersIn(text)).toContain(found)
  })
  it('numbers of people are not kept', () => {
    expect(identifiersIn('CPF 529.982.247-25, telefone 51 98888-7777, conta 12345-6')).toEqual([])
  })
  it('are a thousand at most, whatever the text', () => {
    const text = Array.from({ length: 5000 }, (_, n) => `X${n}Y${n}`).join(' ')
    expect(identifiersIn(text)).toHaveLength(1000)
  })
})
