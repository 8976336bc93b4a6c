// What differs between two versions of a form, item by item. Said by the editor, and to whoever fills in a draft of an older one. Pure.
import type { Definition } from '#forms/rules/definition.ts'
import type { ItemKind } from '#forms/rules/faults.ts'

export interface Change {
  readonly kind: ItemKind
  /** Of the item; '' for the form itself. */
  readonly key: string
  readonly what: 'added' | 'removed' | 'changed' | 'moved'
  /** The parts that differ, as `label`, `show`, and what they were and are; for `changed` only. */
  readonly parts: readonly ChangedPart[]
}

export interface ChangedPart {
  readonly part: string
  readonly before: unknown
  readonly after: unknown
}

interface Placed {
  readonly kind: ItemKind
  readonly key: string
  /** Section before the colon, then what stands before it there. */
  readonly section: string
  readonly data: Readonly<Record<string, unknown>>
}

/** Changes that lead from one version to the other: the newer one's order, then what was removed. */
export function differences(from: Definition, to: Definition): readonly Change[] {
  const [before, after] = [itemsOf(from), itemsOf(to)]
  const nameOf = ({ kind, key }: Placed): string => `${kind} ${key}`
  const old = new Map(before.map((one) => [nameOf(one), one]))
  const moved = movedOf(before, after)
  const made = after.flatMap((item): Change[] => {
    const was = old.get(nameOf(item))
    const { kind, key } = item
    if (!was) return [{ kind, key, what: 'added', parts: [] }]
    const parts = partsThatDiffer(was.data, item.data)
    if (parts.length > 0) return [{ kind, key, what: 'changed', parts }]
    return moved.has(nameOf(item)) || was.section !== item.section ? [{ kind, key, what: 'moved', parts: [] }] : []
  })
  const names = new Set(after.map(nameOf))
  const gone = before.filter((one) => !names.has(nameOf(one)))
  return [...made, ...gone.map(({ kind, key }): Change => ({ kind, key, what: 'removed', parts: [] }))]
}

function itemsOf(definition: Definition): Placed[] {
  const { sections, ...form } = definition
  return [
    { kind: 'form', key: '', section: '', data: { ...form } },
    ...sections.flatMap(({ questions, documents, ...section }): Placed[] => [
      { kind: 'section', key: section.key, section: '', data: { ...section } },
      ...questions.map((one): Placed => ({ kind: 'question', key: one.key, section: section.key, data: { ...one } })),
      ...(documents ?? []).map(
        (one): Placed => ({ kind: 'document', key: one.key, section: section.key, data: { ...one } }),
      ),
    ]),
  ]
}

function partsThatDiffer(a: Placed['data'], b: Placed['data']): ChangedPart[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])]
    .filter((part) => written(a[part]) !== written(b[part]))
    .map((part) => ({ part, before: a[part], after: b[part] }))
}

/** The same text for the same data, whatever order PostgreSQL gave its keys. */
function written(data: unknown): string {
  return JSON.stringify(data, (_, value) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  )
}

/** Items that stand in both and changed their order: all but the longest run that kept it. */
function movedOf(before: readonly Placed[], after: readonly Placed[]): ReadonlySet<string> {
  const nameOf = ({ kind, key }: Placed): string => `${kind} ${key}`
  const was = new Map(before.map((one, at) => [nameOf(one), at]))
  const names = after.map(nameOf).filter((name) => was.has(name))
  const places = names.map((name) => was.get(name) ?? 0)
  const best = places.map(() => 1)
  const from = places.map(() => -1)
  for (let i = 0; i < places.length; i++) {
    for (let j = 0; j < i; j++) {
      if ((places[j] ?? 0) < (places[i] ?? 0) && (best[j] ?? 0) + 1 > (best[i] ?? 0)) {
        best[i] = (best[j] ?? 0) + 1
        from[i] = j
      }
    }
  }
  const kept = new Set<number>()
  for (let at = best.indexOf(Math.max(0, ...best)); at >= 0; at = from[at] ?? -1) kept.add(at)
  return new Set(names.filter((_, at) => !kept.has(at)))
}
