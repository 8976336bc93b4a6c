// What the editor does to a definition: put, move, take away. Each makes a new one; none asks whether it makes sense (faults.ts). Pure.
import type { Condition } from '#forms/rules/condition.ts'
import type { Definition, DocumentRule, Question, Section } from '#forms/rules/definition.ts'

export const ITEM_KINDS = ['section', 'question', 'document'] as const
export type EditedKind = (typeof ITEM_KINDS)[number]

/** An item of a form: its kind and key. Keys are unique within a kind. */
export interface Place {
  readonly kind: EditedKind
  readonly key: string
}

/** The conditions an item can have. */
export const CONDITIONS = ['show', 'required'] as const
export type ConditionName = (typeof CONDITIONS)[number]

export const sectionOf = (definition: Definition, { kind, key }: Place): Section | undefined =>
  definition.sections.find((section) =>
    kind === 'section' ? section.key === key : listOf(section, kind).some((one) => one.key === key),
  )

const listOf = (section: Section, kind: 'question' | 'document'): readonly (Question | DocumentRule)[] =>
  kind === 'question' ? section.questions : (section.documents ?? [])

/** The item at a place; undefined: there is none. */
export function itemAt(definition: Definition, place: Place): Section | Question | DocumentRule | undefined {
  const section = sectionOf(definition, place)
  if (!section || place.kind === 'section') return section
  return listOf(section, place.kind).find((one) => one.key === place.key)
}

function withList(
  section: Section,
  kind: 'question' | 'document',
  list: readonly (Question | DocumentRule)[],
): Section {
  if (kind === 'question') return { ...section, questions: list as readonly Question[] }
  const { documents: _, ...rest } = section
  return list.length === 0 ? rest : { ...section, documents: list as readonly DocumentRule[] }
}

/** The definition with an item in the place of the one of its key, or at the end of a section when there is none. */
export function withItem(
  definition: Definition,
  place: Place & { readonly section?: string },
  item: Section | Question | DocumentRule,
): Definition {
  const { kind, key, section } = place
  if (kind === 'section') return { ...definition, sections: put(definition.sections, key, item as Section) }
  const home = sectionOf(definition, place)?.key ?? section
  const sections = definition.sections.map((one) =>
    one.key === home ? withList(one, kind, put(listOf(one, kind), key, item as Question | DocumentRule)) : one,
  )
  return { ...definition, sections }
}

function put<T extends { readonly key: string }>(list: readonly T[], key: string, item: T): readonly T[] {
  return list.some((one) => one.key === key) ? list.map((one) => (one.key === key ? item : one)) : [...list, item]
}

/** The definition without an item; a section takes all in it along. */
export function withoutItem(definition: Definition, { kind, key }: Place): Definition {
  if (kind === 'section') return { ...definition, sections: definition.sections.filter((one) => one.key !== key) }
  const sections = definition.sections.map((section) =>
    withList(
      section,
      kind,
      listOf(section, kind).filter((one) => one.key !== key),
    ),
  )
  return { ...definition, sections }
}

/** One place up (-1) or down (1); at the edge of its section an item goes into the next one. */
export function movedBy(definition: Definition, place: Place, step: -1 | 1): Definition {
  const { kind, key } = place
  if (kind === 'section') return { ...definition, sections: swapped(definition.sections, key, step) }
  const at = definition.sections.findIndex((section) => listOf(section, kind).some((one) => one.key === key))
  const section = definition.sections[at]
  if (!section) return definition
  const list = listOf(section, kind)
  const edge = step < 0 ? list[0] : list.at(-1)
  if (edge?.key !== key) return replaced(definition, at, withList(section, kind, swapped(list, key, step)))
  const next = definition.sections[at + step]
  if (!next) return definition
  const target = step < 0 ? '' : (listOf(next, kind)[0]?.key ?? '')
  return movedBefore(definition, place, { section: next.key, before: target })
}

function swapped<T extends { readonly key: string }>(list: readonly T[], key: string, step: -1 | 1): readonly T[] {
  const at = list.findIndex((one) => one.key === key)
  const [item, other] = [list[at], list[at + step]]
  if (!item || !other) return list
  return list.map((one, n) => (n === at ? other : n === at + step ? item : one))
}

const replaced = (definition: Definition, at: number, section: Section): Definition => ({
  ...definition,
  sections: definition.sections.map((one, n) => (n === at ? section : one)),
})

/** Into a section before another item (`''`: at its end); a section before another section. */
export function movedBefore(
  definition: Definition,
  place: Place,
  to: { readonly section: string; readonly before: string },
): Definition {
  const item = itemAt(definition, place)
  const { kind, key } = place
  if (!item || key === to.before) return definition
  if (kind === 'section') {
    const rest = definition.sections.filter((one) => one.key !== key)
    return { ...definition, sections: inserted(rest, item as Section, to.before) }
  }
  if (!definition.sections.some((one) => one.key === to.section)) return definition
  const without = withoutItem(definition, place)
  const sections = without.sections.map((one) =>
    one.key === to.section
      ? withList(one, kind, inserted(listOf(one, kind), item as Question | DocumentRule, to.before))
      : one,
  )
  return { ...definition, sections }
}

function inserted<T extends { readonly key: string }>(list: readonly T[], item: T, before: string): readonly T[] {
  const at = list.findIndex((one) => one.key === before)
  return at < 0 ? [...list, item] : [...list.slice(0, at), item, ...list.slice(at)]
}

/** The condition an item has under a name: when it is asked for, when it must be there. */
export function conditionOf(definition: Definition, place: Place, name: ConditionName): Condition | undefined {
  const item = itemAt(definition, place)
  if (!item) return undefined
  if (name === 'show') return item.show
  if ('type' in item) return typeof item.required === 'object' ? item.required : undefined
  return 'need' in item && typeof item.need === 'object' && 'when' in item.need ? item.need.when : undefined
}

/** The definition with that condition; undefined takes it away, so that the item is always shown, or always required. */
export function withCondition(
  definition: Definition,
  at: Place & { readonly name: ConditionName },
  condition: Condition | undefined,
): Definition {
  const item = itemAt(definition, at)
  if (!item) return definition
  if (at.name === 'show') {
    const { show: _, ...rest } = item
    return withItem(definition, at, (condition ? { ...rest, show: condition } : rest) as typeof item)
  }
  if ('type' in item) {
    const { required: _, ...rest } = item
    return withItem(definition, at, condition ? { ...rest, required: condition } : rest)
  }
  if (!('need' in item)) return definition
  return withItem(definition, at, { ...item, need: condition ? { when: condition } : 'required' })
}

/** A key of a label that no item has yet: `numero-do-bo`, then `numero-do-bo-2`. */
export function keyFor(label: string, taken: readonly string[]): string {
  const base =
    label
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^[^a-z]+|-+$/g, '')
      .slice(0, 50)
      .replace(/-+$/, '') || 'item'
  const free = (key: string): boolean => !taken.includes(key)
  if (free(base)) return base
  for (let n = 2; ; n++) if (free(`${base}-${n}`)) return `${base}-${n}`
}
