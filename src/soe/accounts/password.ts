// Hashes and compares passwords (argon2id, 19 MiB, two passes: OWASP's figures and the library's defaults). Keeps nothing.
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
