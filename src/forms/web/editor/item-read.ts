// Reads the editor's item pages: what was typed into a section, question or document. What is wrong comes as problems.
import { FILE_CHECKS } from '#attachments/rules/checks.ts'
import {
  type DocumentRule,
  FILE_KINDS,
  type Option,
  QUESTION_TYPES,
  type Question,
  type Section,
  type Text,
} from '#forms/rules/definition.ts'
import { keyFor } from '#forms/rules/edit.ts'
import { typeOf } from '#forms/rules/question-types.ts'
import { storable } from '#shared/kit/storable.ts'
import type { Problem } from '#shared/problems.ts'
import { Refusal } from '#shared/refusals.ts'
import type { Posted } from '#shared/web/site.ts'

const LONGEST_TEXT = 1000
const MEGABYTE = 1024 * 1024

/** A page's fields, and where their faults are laid. */
export interface Reading {
  readonly posted: Posted
  readonly problems: Problem[]
}

export const typedIn = ({ posted }: Reading, name: string): string => storable(posted.fields[name]?.at(-1) ?? '').trim()
const listIn = ({ posted }: Reading, name: string): readonly string[] => posted.fields[name] ?? []

/** A text; English left empty says what Portuguese says. Undefined: nothing typed. */
export function readText(at: Reading, name: string, required = false): Text | undefined {
  const [pt, en] = [typedIn(at, `${name}-pt-BR`), typedIn(at, `${name}-en`)]
  for (const [lang, text] of [['pt-BR', pt] as const, ['en', en] as const]) {
    const has = [...text].length
    if (has > LONGEST_TEXT) {
      at.problems.push({ field: `${name}-${lang}`, code: 'too-long', with: { most: LONGEST_TEXT, has } })
    }
  }
  if (pt === '' && (required || en !== '')) at.problems.push({ field: `${name}-pt-BR`, code: 'required' })
  return pt === '' ? undefined : { 'pt-BR': pt, en: en || pt }
}

function readCount(at: Reading, name: string, from: number, to?: number): number | undefined {
  const typed = typedIn(at, name)
  if (typed === '') return undefined
  const n = Number(typed)
  if (/^-?\d{1,13}$/.test(typed) && n >= from && n <= (to ?? n)) return n
  at.problems.push({
    field: name,
    code: 'form-count',
    with: to === undefined ? { least: from } : { least: from, most: to },
  })
  return undefined
}

/** The object without its undefined parts: what is absent says nothing in a definition. */
const present = <T extends object>(parts: T): T =>
  Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)) as T

const among = <T extends string>(all: readonly T[], typed: string): T | undefined => all.find((one) => one === typed)

export function readSection(at: Reading, key: string, was: Section | undefined): Section {
  const title = readText(at, 'titulo', true) ?? { 'pt-BR': '', en: '' }
  const { questions, documents, show } = was ?? { questions: [] }
  return present({ key, title, hint: readText(at, 'dica'), show, questions, documents })
}

export function readQuestion(at: Reading, key: string, was: Question | undefined): Question {
  const type = among(QUESTION_TYPES, typedIn(at, 'tipo'))
  if (!type) throw new Refusal('bad-request')
  const { settings } = typeOf({ type })
  const need = typedIn(at, 'obrigatoria')
  const condition = typeof was?.required === 'object' ? was.required : undefined
  const sets = (name: (typeof settings)[number]): boolean => settings.includes(name)
  return present({
    key,
    type,
    label: readText(at, 'rotulo', true) ?? { 'pt-BR': '', en: '' },
    hint: readText(at, 'dica'),
    example: readText(at, 'exemplo'),
    show: was?.show,
    required: need === 'nunca' ? false : need === 'quando' ? condition : undefined,
    missing: readText(at, 'falta'),
    options: sets('options') ? readOptions(at) : undefined,
    least: sets('least') ? readCount(at, 'least', -1e12) : undefined,
    most: sets('most') ? readCount(at, 'most', -1e12) : undefined,
    decimals: sets('decimals') ? readDecimals(at) : undefined,
    relaxedBy: sets('relaxedBy') ? typedIn(at, 'relaxedBy') || undefined : undefined,
    setsTick: sets('setsTick') ? typedIn(at, 'setsTick') || undefined : undefined,
    future: sets('future') && typedIn(at, 'future') === 'sim' ? true : undefined,
    startsAs: sets('startsAs') && typedIn(at, 'startsAs') === 'own-email' ? ('own-email' as const) : undefined,
  })
}

const MOST_DECIMALS = 6
function readDecimals(at: Reading): number | undefined {
  const n = readCount(at, 'decimals', 0)
  if (n !== undefined && n > MOST_DECIMALS)
    at.problems.push({ field: 'decimals', code: 'number-most', with: { most: MOST_DECIMALS } })
  return n
}

/** Rows of options in the order of the page; an empty row is none. Values left empty are made from the label. */
export function readOptions(at: Reading): readonly Option[] {
  const rows = [
    ...new Set(Object.keys(at.posted.fields).flatMap((name) => /^opcao-(\d{1,3})-valor$/.exec(name)?.[1] ?? [])),
  ]
  const read: Option[] = []
  for (const row of rows.map(Number).sort((a, b) => a - b)) {
    const name = `opcao-${row}`
    const typed = typedIn(at, `${name}-valor`)
    const label = readText(at, `${name}-rotulo`, typed !== '')
    if (!label && typed === '') continue
    const value =
      typed ||
      keyFor(
        label?.['pt-BR'] ?? '',
        read.map((one) => one.value),
      )
    if (!/^[a-z0-9-]{1,60}$/.test(value)) at.problems.push({ field: `${name}-valor`, code: 'form-code' })
    read.push(
      present({
        value,
        label: label ?? { 'pt-BR': '', en: '' },
        hint: readText(at, `${name}-dica`),
        legalBasis: readText(at, `${name}-fundamento`),
      }),
    )
  }
  return read
}

export function readDocument(at: Reading, key: string, was: DocumentRule | undefined): DocumentRule {
  const kinds = FILE_KINDS.filter((kind) => listIn(at, 'tipos').includes(kind))
  if (kinds.length === 0) at.problems.push({ field: 'tipos', code: 'choices-few', with: { least: 1 } })
  const refuses = FILE_CHECKS.filter((one) => listIn(at, 'recusas').includes(one))
  const megabytes = readCount(at, 'megabytes', 1)
  if (megabytes !== undefined && megabytes > 2000)
    at.problems.push({ field: 'megabytes', code: 'number-most', with: { most: 2000 } })
  return present({
    key,
    name: readText(at, 'nome', true) ?? { 'pt-BR': '', en: '' },
    hint: readText(at, 'dica'),
    example: readText(at, 'exemplo'),
    legalBasis: readText(at, 'fundamento'),
    show: was?.show,
    need: readNeed(at, was),
    kinds: kinds.length > 0 ? kinds : (['pdf'] as const),
    most: readCount(at, 'quantos', 1, 50),
    maxBytes: megabytes === undefined ? undefined : megabytes * MEGABYTE,
    maxPages: readCount(at, 'paginas', 1, 10_000),
    refuses: refuses.length > 0 ? refuses : undefined,
  })
}

function readNeed(at: Reading, was: DocumentRule | undefined): DocumentRule['need'] {
  const typed = typedIn(at, 'exigencia')
  if (typed === 'optional') return 'optional'
  if (typed.startsWith('grupo:')) return { group: typed.slice('grupo:'.length) }
  if (typed === 'quando' && was && typeof was.need === 'object' && 'when' in was.need) return was.need
  return 'required'
}
