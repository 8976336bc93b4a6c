// What a journal entry is, and how a chain of them is verified. Pure.
import { createHash } from 'node:crypto'
import type { Words } from '#words/words.ts'

/**
 * What a chain is about. The staff's own are things of their own: a gap in the numbers of what the institution sees would
 * tell of them.
 */
export type Thing = keyof Words['journal']['things']

/** What can happen: exactly what there are words for. */
export type Event = keyof Words['journal']['events']

/** One change: who, what, on which thing. `facts` everyone entitled may read; `privateFacts` may be erased by law. */
export interface Entry {
  readonly thing: Thing
  readonly thingId: number | string
  readonly institutionId: number | null
  /** null: the clock. */
  readonly actorId: number | null
  readonly event: Event
  readonly at: Date
  readonly facts: Readonly<Record<string, unknown>>
  readonly privateFacts?: Readonly<Record<string, unknown>>
  /** Never reaches the institution in any way. */
  readonly staffOnly?: boolean
}

/** What an entry says of something that was written, without saying it: SHA-256 in hex. */
export interface Covered {
  /** Of a text, or of the answers of a form in their canonical spelling. */
  readonly text: string
  /** Of the contents of its files, sorted. */
  readonly files: readonly string[]
  /** Documents that are to be replaced, `key: fault`. */
  readonly documents?: readonly string[]
}

/**
 * What a private part says of a follow-up or of the answers of a form, so that neither can be changed behind the chain. The
 * private part is salted as a whole: once erased, nobody can guess a short text by its hash.
 */
export function coverOf(written: {
  readonly body: string | Readonly<Record<string, unknown>>
  readonly files?: readonly Buffer[]
  readonly documents?: readonly { readonly document: string; readonly fault: string }[]
}): Covered {
  const { body, files = [], documents = [] } = written
  const asked = documents.map(({ document, fault }) => `${document}: ${fault}`).sort()
  return {
    text: sha256(typeof body === 'string' ? body : canonical(body)),
    files: files.map((hash) => hash.toString('hex')).sort(),
    ...(asked.length > 0 ? { documents: asked } : {}),
  }
}

/** JSON with its keys in order, so that the same answers are the same text wherever they were. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )

/** A stored entry as the verifier needs it: the hashed text without its first line, and hashes in hex. */
export interface StoredEntry {
  readonly seq: number
  readonly previousHash: string | null
  readonly hash: string
  /** `eprod.journal_text` of the row. */
  readonly text: string
  readonly privateText: string | null
  readonly salt: string | null
  readonly privateDigest: string | null
}

const sha256 = (...parts: (string | Buffer)[]): string => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest('hex')
}

/** The text a hash is taken over, as `eprod.journal_text` writes it: told apart from it, so that neither can lie for the other. */
export function textOf(row: {
  readonly previous: string | null
  readonly thing: string
  readonly thing_id: string
  readonly seq: number
  readonly institution_id: number | null
  readonly actor_id: number | null
  readonly event: string
  /** UTC with microseconds: `2026-11-23T12:00:00.000000`. */
  readonly at: string
  /** jsonb as PostgreSQL writes it. */
  readonly facts: string
  readonly digest: string | null
  readonly staff_only: boolean
}): string {
  const { previous, thing, thing_id, seq, institution_id, actor_id, event, at, facts, digest, staff_only } = row
  return [
    previous ?? '-',
    thing,
    thing_id,
    seq,
    institution_id ?? '-',
    actor_id ?? '-',
    event,
    at,
    facts,
    digest ?? '-',
    staff_only ? 't' : 'f',
  ].join('\n')
}

/** Checks one thing's entries as they come in order: false for the first that does not fit. */
export function chainCheck(): (entry: StoredEntry) => boolean {
  let previous: string | null = null
  let seq = 0
  return (entry) => {
    seq += 1
    const whole =
      entry.seq === seq &&
      entry.previousHash === previous &&
      entry.text.startsWith(`${previous ?? '-'}\n`) &&
      entry.hash === sha256(entry.text) &&
      privatePartFits(entry)
    previous = entry.hash
    return whole
  }
}

/** The `seq` of the first entry of one thing's chain that does not fit, or undefined when the whole chain holds. */
export function firstBroken(chain: readonly StoredEntry[]): number | undefined {
  const check = chainCheck()
  return chain.find((entry) => !check(entry))?.seq
}

/** An erased private part fits by its digest alone, which the hash covers. One without its salt was put there. */
function privatePartFits(entry: StoredEntry): boolean {
  if (entry.privateText === null) return true
  return entry.salt !== null && entry.privateDigest === sha256(Buffer.from(entry.salt, 'hex'), entry.privateText)
}
