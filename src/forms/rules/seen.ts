// What the page of a draft showed when it was drawn. It comes back with the page's post, so that what this page did not change is
// not written over what was typed elsewhere meanwhile, and nothing is sent that nobody saw. Pure; the form's script keeps it true.
import type { Answers } from '#forms/rules/definition.ts'

/**
 * The form's version, and the mark of what stood in each field. Marks of what the page has sent since, and does not know yet to
 * have been kept, stand behind it after a space: what is there under one of them is the page's own, not somebody else's.
 */
export interface Seen {
  readonly version: number
  readonly marks: Readonly<Record<string, string>>
}

/** The page's field that carries it. */
export const SEEN_FIELD = 'visto'

/** A short mark of a text (FNV-1a, 32 bits); browsers send line breaks otherwise than they got them. */
export function markOf(text: string): string {
  let hash = 0x811c9dc5
  for (const letter of text.replaceAll('\r\n', '\n')) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193)
  return (hash >>> 0).toString(36)
}

/** What a page that shows these answers to these questions carries. */
export function seenOf(version: number, keys: readonly string[], answers: Answers): Seen {
  return { version, marks: Object.fromEntries(keys.map((key) => [key, markOf(answers[key] ?? '')])) }
}

/** The same with answers that are on their way. */
export function withSent({ version, marks }: Seen, answers: Answers): Seen {
  const sent = Object.entries(answers).map(([key, value]) => {
    const before = marks[key]?.split(' ') ?? []
    return [key, [...new Set([...before, markOf(value)])].join(' ')] as const
  })
  return { version, marks: { ...marks, ...Object.fromEntries(sent) } }
}

/** The same with answers that were kept: what stands there now, as far as the page knows. */
export function withKept({ version, marks }: Seen, answers: Answers): Seen {
  const kept = Object.entries(answers).map(([key, value]) => [key, markOf(value)] as const)
  return { version, marks: { ...marks, ...Object.fromEntries(kept) } }
}

/** As a page of ours wrote it; undefined: it carries none, or another's. */
export function readSeen(text: string | undefined): Seen | undefined {
  try {
    const { version, marks } = JSON.parse(text ?? '') as Partial<Seen>
    return typeof version === 'number' && marks instanceof Object ? { version, marks } : undefined
  } catch {
    return undefined
  }
}

export interface Merged {
  /** What is to be kept: what this page changed, and what nobody has answered yet. */
  readonly answers: Answers
  /** Fields that were changed here and elsewhere to different ends, with what stands elsewhere. */
  readonly changedElsewhere: readonly { readonly key: string; readonly value: string }[]
  /** Fields this page left alone that stand otherwise now: whoever posted has not seen what stands there. */
  readonly unseen: readonly string[]
}

/** Lays what a page posted over a draft's answers of now. A post that carries nothing seen is taken as it is. */
export function merge(now: Answers, posted: Answers, seen: Seen | undefined): Merged {
  const marks = (key: string): readonly string[] => seen?.marks[key]?.split(' ') ?? []
  const untouched = (key: string, value: string): boolean => marks(key).length === 1 && markOf(value) === marks(key)[0]
  const taken = Object.entries(posted).filter(
    ([key, value]) => !seen || now[key] === undefined || !untouched(key, value),
  )
  const changedElsewhere = taken.flatMap(([key, value]) => {
    const other = now[key] ?? ''
    return seen && other.trim() && other !== value && !marks(key).includes(markOf(other)) ? [{ key, value: other }] : []
  })
  const kept = new Set(taken.map(([key]) => key))
  const unseen = Object.keys(posted).filter((key) => !kept.has(key) && !marks(key).includes(markOf(now[key] ?? '')))
  return { answers: Object.fromEntries(taken), changedElsewhere, unseen }
}
