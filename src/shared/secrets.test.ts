// Secrets are made once and kept closed; what is sealed opens only with the same key for the same purpose.
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { keptSecret, keyFor, seal, unseal } from '#shared/secrets.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'eprod-secrets-'))
})
afterAll(() => rm(folder, { recursive: true }))

test('a secret is made once, also by many at the same time, and only its owner may read it', async () => {
  const made = await Promise.all(Array.from({ length: 5 }, () => keptSecret(folder, 'one.key')))
  for (const secret of made) expect(secret.equals(made[0]!)).toBe(true)
  expect(await keptSecret(folder, 'one.key')).toEqual(made[0])
  expect((await stat(join(folder, 'secrets/one.key'))).mode & 0o777).toBe(0o600)
  expect((await stat(join(folder, 'secrets'))).mode & 0o777).toBe(0o700)
})

test('a damaged secret is an obstacle, never replaced in silence', async () => {
  await keptSecret(folder, 'two.key')
  await writeFile(join(folder, 'secrets/two.key'), 'short')
  await expect(keptSecret(folder, 'two.key')).rejects.toThrow(/restore it from a backup/)
})

test('a sealed text opens with its key and purpose alone', () => {
  const key = keyFor(randomBytes(32), 'a')
  const sealed = seal(key, 'cookie', 'text')
  expect(unseal(key, 'cookie', sealed)).toBe('text')
  expect(unseal(key, 'other', sealed)).toBeUndefined()
  expect(unseal(keyFor(key, 'b'), 'cookie', sealed)).toBeUndefined()
  const bytes = Buffer.from(sealed, 'base64url')
  for (const at of [0, 12, bytes.length - 1]) {
    const bent = Buffer.from(bytes)
    bent[at]! ^= 1
    expect(unseal(key, 'cookie', bent.toString('base64url'))).toBeUndefined()
  }
  for (const nothing of ['', 'x', 'not sealed at all']) expect(unseal(key, 'cookie', nothing)).toBeUndefined()
})
