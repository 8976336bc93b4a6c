// What the documents say, against the project: links, settings, accounts, libraries, decisions, and the guide with its pictures.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { describe, expect, test } from 'vitest'
import { addressOf, drawGuide, readPictures } from '#app/web/guide.ts'
import { DEMONSTRATION_ACCOUNTS, DEMONSTRATION_INSTITUTIONS } from '#shared/kit/demonstration.ts'
import { showCpf } from '#shared/kit/identifiers/cpf.ts'
import { wordsFor } from '#words/words.ts'
import { FINANCIAL_INSTITUTIONS } from '../seeds/forms/instituicoes-financeiras.ts'

const ROOT = join(import.meta.dirname, '..')
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8')
const DECISIONS = readdirSync(join(ROOT, 'docs/decisions')).sort()
const GUIDES = ['docs/guia-rapido.md', 'docs/quick-guide.md']
const DOCUMENTS = [
  'README.md',
  'CHANGELOG.md',
  'bench/RESULTS.md',
  ...GUIDES,
  'docs/HOUSE.md',
  'docs/STYLE.md',
  'docs/WORDS.md',
  ...DECISIONS.map((name) => `docs/decisions/${name}`),
]

/** Every name of a pattern's first group, once, in order of the alphabet. */
const namesIn = (text: string, pattern: RegExp): string[] =>
  [...new Set([...text.matchAll(pattern)].map((match) => match[1] ?? ''))].sort()

test.each(DOCUMENTS)('every link of %s leads somewhere', (document) => {
  const targets = [...read(document).matchAll(/\]\(([^)\s]+)(?: "[^"]*")?\)/g)].map((match) => match[1] ?? '')
  const own = targets.filter((target) => !/^(https?|mailto):/.test(target))
  for (const target of own) {
    const [path = '', anchor] = target.split('#')
    const file = path === '' ? document : normalize(join(dirname(document), path))
    expect(existsSync(join(ROOT, file)), `${document} → ${target}`).toBe(true)
    if (anchor) expect(anchorsOf(file), `${document} → ${target}`).toContain(anchor)
  }
})

function anchorsOf(document: string): string[] {
  return [...read(document).matchAll(/^#{1,6} (.+)$/gm)].map((match) => addressOf(match[1] ?? ''))
}

test('no document leaves something to be done later', () => {
  for (const document of DOCUMENTS) expect(read(document), document).not.toMatch(/\b(TO[D]O|FIX[M]E|TBD|XXX)\b/)
})

test('README and .env.example name the settings that the configuration reads, and no others', () => {
  const settings = namesIn(read('src/app/config.ts'), /^ {2}([A-Z][A-Z_]+): /gm)
  expect(settings.length).toBeGreaterThan(10)
  expect(namesIn(read('.env.example'), /^#?([A-Z][A-Z_]+)=/gm)).toEqual(settings)
  const [, table = ''] = read('README.md').split('## Settings')
  expect(namesIn(table, /^\| *`([A-Z_]+)` *\|/gm)).toEqual(settings)
})

test('README lists every demonstration account with its institution', () => {
  const rows = [...read('README.md').matchAll(/^\| *(\d{3}\.\d{3}\.\d{3}-\d{2}) *\| *([^|]+?) *\|/gm)]
  const expected = DEMONSTRATION_ACCOUNTS.map(({ cpf, institution }) => [
    showCpf(cpf),
    DEMONSTRATION_INSTITUTIONS[institution].name,
  ])
  expect(rows.map(([, cpf, institution]) => [cpf, institution])).toEqual(expected)
})

describe('decisions', () => {
  test('each has a number of its own', () => {
    const numbers = DECISIONS.map((name) => name.slice(0, 4))
    expect(numbers.every((number) => /^\d{4}$/.test(number))).toBe(true)
    expect(new Set(numbers).size).toBe(numbers.length)
  })

  test.each(DECISIONS)('%s is short, whole, and linked from README', (name) => {
    const text = read(`docs/decisions/${name}`)
    expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(40)
    expect(text.startsWith(`# ${name.slice(0, 4)} · `)).toBe(true)
    for (const part of ['**Decision.**', '**What it costs.**']) expect(text).toContain(part)
    expect(read('README.md')).toContain(`docs/decisions/${name}`)
  })

  test('the one about libraries names those of package.json, and no others', () => {
    const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<string, Record<string, string>>
    const rows = read('docs/decisions/0009-libraries.md')
      .split('\n')
      .filter((line) => /^\| *`/.test(line))
    const named = rows.flatMap((row) => namesIn(row.split('|')[1] ?? '', /`([^`]+)`/g)).sort()
    expect(named).toEqual(Object.keys({ ...dependencies, ...devDependencies }).sort())
  })
})

describe('the guide', () => {
  const pictures = readPictures(join(ROOT, 'docs'))
  const figuresOf = (guide: string): string[] =>
    [...read(guide).matchAll(/^!\[[^\]]+\]\(pictures\/(\S+) "/gm)].map((m) => m[1] ?? '')

  test.each(GUIDES)('%s has its six steps in order', (guide) => {
    const { headings } = drawGuide(read(guide), { pictures, base: '/x', open: false })
    expect(headings.flatMap(({ text }) => /^(\d)\. /.exec(text)?.[1] ?? [])).toEqual(['1', '2', '3', '4', '5', '6'])
    expect(new Set(headings.map(({ id }) => id)).size).toBe(headings.length)
  })

  test.each(GUIDES)('every picture that %s names exists, light enough, and is drawn', (guide) => {
    const figures = figuresOf(guide)
    for (const name of figures) {
      expect(pictures.has(name), name).toBe(true)
      expect(statSync(join(ROOT, 'docs/pictures', name)).size, name).toBeLessThan(150 * 1024)
    }
    const { html } = drawGuide(read(guide), { pictures, base: '/ajuda/figuras', open: false })
    expect(namesIn(html, /src="\/ajuda\/figuras\/([^?"]+)\?v=/g)).toEqual([...figures].sort())
    expect(html).not.toContain('pictures/')
  })

  test.each(GUIDES)('captions of %s count up, and the text points at each figure', (guide) => {
    const numbers = namesIn(read(guide), / "(?:Figura|Figure) (\d+) – /g).map(Number)
    expect(numbers.sort((a, b) => a - b)).toEqual(figuresOf(guide).map((_name, at) => at + 1))
    for (const number of numbers) expect(read(guide)).toMatch(new RegExp(`\\((?:.*, )?(Figura|Figure) ${number}\\)`))
  })

  test('both languages show the same pictures, and no picture is left over', () => {
    expect(figuresOf(GUIDES[1] ?? '')).toEqual(figuresOf(GUIDES[0] ?? ''))
    expect([...pictures.keys()].sort()).toEqual([...figuresOf(GUIDES[0] ?? '')].sort())
  })

  test('says the labels as the screen does', () => {
    const text = read('docs/guia-rapido.md')
    const { shared, lists, ticketPage, identity, forms } = wordsFor('pt-BR')
    const labels = [
      ...Object.values(shared.statuses),
      identity.entry.button,
      `${shared.menu.service} > ${shared.menu.open}`,
      `${shared.menu.service} > ${shared.menu.list}`,
      FINANCIAL_INSTITUTIONS.title['pt-BR'],
      'Desbloqueio para Cancelamento de Gravame',
      forms.open.needed,
      forms.draft.send,
      lists.home.pessoal,
      lists.home.grupo,
      lists.home.global,
      lists.home.solved,
      lists.home.open,
      lists.home.closed,
      lists.statusField,
      shared.search.button,
      ticketPage.tabs.processing,
      ticketPage.tabs.history,
      ticketPage.followUp.title,
      ticketPage.followUp.answer,
      ticketPage.decide.approve,
      ticketPage.decide.refuse,
      ticketPage.closed.copy,
    ]
    for (const label of labels) expect(text).toContain(label)
  })
})
