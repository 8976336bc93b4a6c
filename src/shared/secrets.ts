// Secrets of an installation, made at the first start and kept in EPROD_DATA/secrets; and sealing of short texts with them.
// The database passwords have their own file (db/passwords.ts).
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { Obstacle } from '#shared/obstacle.ts'

const BYTES = 32
const IV_BYTES = 12
const TAG_BYTES = 16

/** The 32 random bytes kept under a name in the folder EPROD_DATA; made the first time (folder 700, file 600). */
export async function keptSecret(data: string, name: string): Promise<Buffer> {
  const folder = join(data, 'secrets')
  const file = join(folder, name)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const read = () => readFile(file, 'utf8').catch(absent)
  const text = (await read()) ?? (await keepOnce(file, randomBytes(BYTES).toString('base64url')).then(read))
  const secret = Buffer.from(text ?? '', 'base64url')
  if (secret.length !== BYTES)
    throw new Obstacle(`${file} does not hold a secret of ${BYTES} bytes: restore it from a backup.`)
  return secret
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
  return undefined
}

/**
 * Keeps a text in a new file (600) and on disk. A link fails when the name exists: of two that start at once, one keeps its
 * text and both read that.
 */
export async function keepOnce(file: string, text: string): Promise<void> {
  const temporary = join(dirname(file), `.${basename(file)}-${process.pid}-${randomBytes(4).toString('hex')}`)
  try {
    await writeFile(temporary, text, { mode: 0o600, flush: true })
    await link(temporary, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    await rm(temporary, { force: true })
  }
}

/** A key of its own for each purpose, from one secret (RFC 5869). */
export function keyFor(secret: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', purpose, BYTES))
}

/** Seals a text so that only this key, for the same purpose, opens it (AES-256-GCM). Base64url. */
export function seal(key: Buffer, purpose: string, text: string): string {
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(purpose))
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url')
}

/** The sealed text, or undefined when it was altered, made with another key, or for another purpose. */
export function unseal(key: Buffer, purpose: string, sealed: string): string | undefined {
  const bytes = Buffer.from(sealed, 'base64url')
  if (bytes.length < IV_BYTES + TAG_BYTES) return undefined
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES)).setAAD(Buffer.from(purpose))
    decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES))
    return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]).toString('utf8')
  } catch {
    return undefined
  }
}
