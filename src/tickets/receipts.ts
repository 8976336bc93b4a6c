// A door of this room: signs what a receipt vouches for, and says whether a code is that of an authentic one. Nothing is
// stored: Ed25519 gives the same signature for the same facts each time (RFC 8032), and the facts of a filed ticket stay.
import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, timingSafeEqual } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { Db, Tx } from '#shared/db/connect.ts'
import { found } from '#shared/refusals.ts'
import { keptSecret } from '#shared/secrets.ts'
import { markOf, type ReceiptCode, readReceiptCode, showReceiptCode } from '#tickets/rules/receipt.ts'

/** The key receipts are signed with comes first; those of before still prove theirs. */
export type ReceiptKeys = readonly [KeyObject, ...KeyObject[]]

export interface Receipt {
  /** The signed facts: JSON, its bytes exactly as they were hashed. */
  readonly facts: string
  /** What was signed: `eprod-receipt-v1:` and the SHA-256 of the facts in hexadecimal. */
  readonly message: string
  /** Ed25519, base64. */
  readonly signature: string
  /** PEM. */
  readonly publicKey: string
  readonly code: string
}

const NAME = 'receipt.key'
/** An Ed25519 private key in PKCS #8 is these bytes and the 32 of its seed (RFC 8410, section 7). */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex')

/**
 * The keys in EPROD_DATA/secrets: `receipt.key`, made at the first start, and any `receipt.key.…` it was renamed to when it
 * was to be replaced.
 */
export async function receiptKeys(data: string): Promise<ReceiptKeys> {
  const current = await keptSecret(data, NAME)
  const names = (await readdir(join(data, 'secrets'))).filter((name) => name.startsWith(`${NAME}.`)).sort()
  const before = await Promise.all(names.map((name) => keptSecret(data, name)))
  return [keyOf(current), ...before.map(keyOf)]
}

function keyOf(seed: Buffer): KeyObject {
  return createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' })
}

const pemOf = (key: KeyObject): string => createPublicKey(key).export({ format: 'pem', type: 'spki' }).toString()

/** What anybody may know of the keys: PEM, the one in use first. */
export const publicKeysOf = (keys: ReceiptKeys): string => keys.map(pemOf).join('\n').trim()

/** The receipt of a ticket the visit may see; `not-found` otherwise. */
export async function receiptOf(tx: Tx, [key]: ReceiptKeys, ticketId: number): Promise<Receipt> {
  const { rows } = await sql<{ facts: string | null }>`select eprod.receipt_facts(${ticketId}) as facts`.execute(tx)
  const facts = found(rows[0]?.facts ?? undefined)
  const message = messageOf(createHash('sha256').update(facts).digest())
  const signature = sign(null, Buffer.from(message), key)
  return {
    facts,
    message,
    signature: signature.toString('base64'),
    publicKey: pemOf(key),
    code: showReceiptCode({ ticketId, mark: markOfSignature(signature) }),
  }
}

/** Is this the code of a receipt we gave? `db`: the role of those who have not signed in; it is told hashes only. */
export async function isAuthentic(db: Db, keys: ReceiptKeys, typed: string): Promise<boolean> {
  const code = readReceiptCode(typed)
  if (!code) return false
  const { rows } = await sql<{
    digest: Buffer | null
  }>`select eprod.receipt_digest(${code.ticketId}) as digest`.execute(db)
  const digest = rows[0]?.digest
  return digest ? keys.some((key) => marks(key, digest, code)) : false
}

function marks(key: KeyObject, digest: Buffer, { mark }: ReceiptCode): boolean {
  const right = markOfSignature(sign(null, Buffer.from(messageOf(digest)), key))
  return timingSafeEqual(Buffer.from(right), Buffer.from(mark))
}

const messageOf = (digest: Buffer): string => `eprod-receipt-v1:${digest.toString('hex')}`
const markOfSignature = (signature: Buffer): string => markOf(createHash('sha256').update(signature).digest())
