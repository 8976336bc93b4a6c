// Hashes and compares passwords (argon2id, 19 MiB, two passes: OWASP's figures and the library's defaults). Keeps nothing.
import { createHash } from 'node:crypto'
import { hash, type Options, verify } from '@node-rs/argon2'

// The library declares a const enum, which this compiler setting cannot read as a value; 2 is Argon2id.
const HOW = { algorithm: 2 as NonNullable<Options['algorithm']>, memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** The argon2id hash in PHC form, with a salt of its own. */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFC'), HOW)
}

let nobody: Promise<string> | undefined

/** Is it the password of the hash? Without a hash (unknown CPF, no password yet) the answer is no after the same work. */
export async function isPassword(password: string, kept: string | null | undefined): Promise<boolean> {
  nobody ??= hashPassword('nobody has this one')
  const same = await verify(kept ?? (await nobody), password.normalize('NFC'))
  return same && typeof kept === 'string'
}

/**
 * Tells one password of an account from the next; nothing of either can be read from it. undefined: nobody can come in with
 * a password (unknown, blocked, none yet).
 */
export function stampOf(
  account: { readonly id: string; readonly status: string; readonly passwordHash: string | null } | undefined,
): string | undefined {
  if (account?.status !== 'active' || account.passwordHash === null) return undefined
  return createHash('sha256').update(`${account.id} ${account.passwordHash}`).digest('base64url')
}
