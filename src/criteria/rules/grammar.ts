// The grammar of a search: rules and groups joined by E, OU, E NÃO, OU NÃO, over fields that the caller defines. Knows no
// ticket and no form. Reading stands in read.ts, judging a row in evaluate.ts. Pure, for browser and server.

/** Groups within groups, the outermost list counted; and rules in all (issue E). */
export const MOST_DEPTH = 10
export const MOST_RULES = 50
/** Characters of one value. */
export const MOST_TEXT = 200
/** Values of one rule. */
export const MOST_VALUES = 50

/** How an item joins the one before it, by its word in the address. E binds stronger than OU; the first one's OU is E. */
export const LINKS = { and: 'e', or: 'ou', 'and-not': 'e-nao', 'or-not': 'ou-nao' } as const
export type Link = keyof typeof LINKS
export const LINK_KEYS = Object.keys(LINKS) as Link[]

/** Operators by their word in the address. Each `not` is the exact contrary of its positive: empty cells included. */
export const OPERATORS = {
  contains: 'contem',
  'not-contains': 'nao-contem',
  is: 'e',
  'is-not': 'nao-e',
  'one-of': 'um-de',
  'none-of': 'nenhum-de',
  under: 'sob',
  'not-under': 'nao-sob',
  before: 'antes',
  after: 'depois',
  empty: 'vazio',
  filled: 'preenchido',
} as const
export type Operator = keyof typeof OPERATORS
export const OPERATOR_KEYS = Object.keys(OPERATORS) as Operator[]

export type Positive = 'contains' | 'is' | 'one-of' | 'under' | 'before' | 'after' | 'filled'
const CONTRARIES = {
  'not-contains': 'contains',
  'is-not': 'is',
  'none-of': 'one-of',
  'not-under': 'under',
  empty: 'filled',
} as const satisfies Partial<Record<Operator, Positive>>

/** The test behind an operator, and whether its contrary is meant. */
export function testOf(operator: Operator): { test: Positive; negated: boolean } {
  if (operator in CONTRARIES) return { test: CONTRARIES[operator as keyof typeof CONTRARIES], negated: true }
  return { test: operator as Positive, negated: false }
}

/**
 * Kinds of fields and their operators, the first one first offered. text: any spelling; words: whole words of a long text;
 * number; choice, tree: one of the field's choices; ref: one of the choices, or a piece of its name; instant: compared by days of São Paulo; day: AAAA-MM-DD; tick: sim or nao.
 */
export const KINDS = {
  text: ['contains', 'not-contains', 'is', 'is-not', 'one-of', 'none-of', 'empty', 'filled'],
  words: ['contains', 'not-contains', 'empty', 'filled'],
  number: ['is', 'is-not', 'one-of', 'none-of', 'before', 'after', 'empty', 'filled'],
  choice: ['is', 'is-not', 'one-of', 'none-of', 'empty', 'filled'],
  ref: ['is', 'is-not', 'contains', 'not-contains', 'one-of', 'none-of', 'empty', 'filled'],
  tree: ['is', 'is-not', 'under', 'not-under', 'one-of', 'none-of', 'empty', 'filled'],
  instant: ['is', 'is-not', 'before', 'after', 'empty', 'filled'],
  day: ['is', 'is-not', 'before', 'after', 'empty', 'filled'],
  tick: ['is', 'is-not', 'empty', 'filled'],
} as const satisfies Record<string, readonly Operator[]>
export type Kind = keyof typeof KINDS

export interface Choice {
  /** The word in the address and, unless `means` says otherwise, what a row holds. */
  readonly value: string
  readonly label: string
  /** What a row must hold for `is`: *Não fechado* means four statuses, *Eu* one person. */
  readonly means?: readonly string[] | undefined
  /** The values below it, for `under`; itself is always meant. */
  readonly below?: readonly string[] | undefined
}

/** A field as the caller defines it, named in the reader's language. */
export interface Field {
  readonly key: string
  readonly group: string
  readonly name: string
  readonly kind: Kind
  readonly choices?: readonly Choice[] | undefined
  /** Operators offered, where not all of the kind make sense. */
  readonly operators?: readonly Operator[] | undefined
  /** Reads a typed identifier into its kept spelling; undefined: it is none. */
  readonly clean?: ((typed: string) => string | undefined) | undefined
  /** Is this one identifier, all of it? Where it can be told, several may stand in one line, whatever separates them. */
  readonly whole?: ((typed: string) => boolean) | undefined
  /** Every spelling under which a row may hold what a value says, itself among them. */
  readonly alike?: ((value: string) => readonly string[]) | undefined
  /** Of a `ref`: there are more than its choices; a name in full stands for whoever bears it. */
  readonly open?: boolean | undefined
  /** Of `words`: those that its search leaves out, folded. */
  readonly ignores?: ReadonlySet<string> | undefined
  /** What to know before searching by it. */
  readonly hint?: string | undefined
  /** With its group, where another field has the same name. */
  readonly fullName?: string | undefined
}
export type Fields = ReadonlyMap<string, Field>

/** As written, before it is checked: any string may stand anywhere. `values` is empty for `vazio`. */
export interface RawRule {
  readonly link: string
  readonly field: string
  readonly operator: string
  readonly values: readonly string[]
}
export interface RawGroup {
  readonly link: string
  readonly items: readonly RawItem[]
}
export type RawItem = RawRule | RawGroup

export interface Rule extends RawRule {
  readonly link: Link
  readonly operator: Operator
}
export interface Group extends RawGroup {
  readonly link: Link
  readonly items: readonly Item[]
}
export type Item = Rule | Group
/** A whole checked search; no item means everything. */
export type Criteria = readonly Item[]

export function isGroup<T extends RawGroup>(item: T | RawRule): item is T {
  return 'items' in item
}

/** As it is called where its group is not seen. */
export const calledField = (field: Field): string => field.fullName ?? field.name

/** The spellings under which a row may hold these values. */
export const spellings = (field: Field, values: readonly string[]): readonly string[] =>
  field.alike ? [...new Set(values.flatMap(field.alike))] : values

/** Does the value name somebody, who is none of the choices? */
export const isName = (field: Field, value: string): boolean =>
  field.kind === 'ref' && !field.choices?.some((choice) => choice.value === value)

export const negates = (link: Link): boolean => link === 'and-not' || link === 'or-not'
export const operatorsOf = (field: Field): readonly Operator[] => field.operators ?? KINDS[field.kind]
export const takesValue = (operator: Operator): boolean => operator !== 'empty' && operator !== 'filled'
export const takesList = (operator: Operator): boolean => operator === 'one-of' || operator === 'none-of'

/** Items between two OU: each run holds when all of it holds, the whole when any run does. */
export function runsOf<T extends { readonly link: Link }>(items: readonly T[]): T[][] {
  const runs: T[][] = []
  for (const item of items) {
    const or = item.link === 'or' || item.link === 'or-not'
    const last = runs.at(-1)
    if (!last || or) runs.push([item])
    else last.push(item)
  }
  return runs
}

/** Every rule of a tree, in order. */
export function rulesOf(items: Criteria): readonly Rule[] {
  return items.flatMap((item) => (isGroup(item) ? rulesOf(item.items) : [item]))
}

const ACCENTED = 'áàâãäåéèêëíìîïóòôõöúùûüçñýÿ'
const PLAIN = 'aaaaaaeeeeiiiiooooouuuucnyy'
const FOLDS = new Map([...ACCENTED].map((letter, at) => [letter, PLAIN[at] ?? '']))

/** Without accents and case, as eprod.fold folds in the database: the letters of the languages written here. */
export function fold(text: string): string {
  return [...text.normalize('NFC').toLowerCase()].map((letter) => FOLDS.get(letter) ?? letter).join('')
}

/** The words of a text: runs of letters and figures, folded. */
export function wordsOf(text: string): string[] {
  return fold(text).match(/[\p{L}\p{N}]+/gu) ?? []
}
