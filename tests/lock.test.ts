// package-lock.json as `npm ci` wants it. npm drops entries of platforms it cannot see, and refuses such a file elsewhere.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

interface Entry {
  readonly version?: string
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

const lock = JSON.parse(readFileSync(join(import.meta.dirname, '../package-lock.json'), 'utf8')) as {
  packages: Readonly<Record<string, Entry>>
}

test('every optional package that a package names stands in the lock file, for all platforms', () => {
  const { packages } = lock
  const missing = Object.entries(packages).flatMap(([place, entry]) =>
    Object.keys(entry.optionalDependencies ?? {}).filter(
      (name) => !packages[`node_modules/${name}`] && !packages[`${place}/node_modules/${name}`],
    ),
  )
  expect(missing).toEqual([])
})

test('every package of the lock file has an exact version', () => {
  const loose = Object.entries(lock.packages).filter(
    ([place, { version }]) => place !== '' && !/^\d/.test(version ?? ''),
  )
  expect(loose).toEqual([])
})
