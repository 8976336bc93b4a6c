// What a journal entry is, and how a chain of them is verified. Pure.
import { createHash } from 'node:crypto'

/** One change: who, what, on which thing. `facts` everyone entitled may read; `privateFacts` may be erased by law. */
export interface Entry {
  readonly thing: 'ticket' | 'ticket-reading' | 'draft' | 'session' | 'setting'
  readonly thingId: number | string
  readonly institutionId: number | null
  /** null: the clock. */
  readonly actorId: number | null
  readonly event: string
  readonly at: Date
  readonly facts: Readonly<Record<string, unknown>>
  readonly privateFacts?: Readonly<Record<string, unknown>>
  /** Never reaches the institution in any way. */
  readonly staffOnly?: boolean
}

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

/** The `seq` of the first entry of one thing's chain that does not fit, or undefined when the whole chain holds. */
export function firstBroken(chain: readonly StoredEntry[]): number | undefined {
  let previous: string | null = null
  for (const [index, entry] of chain.entries()) {
    const whole =
      entry.seq === index + 1 &&
      entry.previousHash === previous &&
      entry.text.startsWith(`${previous ?? '-'}\n`) &&
      entry.hash === sha256(entry.text) &&
      privatePartFits(entry)
    if (!whole) return entry.seq
    previous = entry.hash
  }
  return undefined
}

/** An erased private part fits by its digest alone, which the hash covers. */
function privatePartFits(entry: StoredEntry): boolean {
  if (entry.privateText === null || entry.salt === null) return true
  return entry.privateDigest === sha256(Buffer.from(entry.salt, 'hex'), entry.privateText)
}
