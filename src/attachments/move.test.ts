// Files that change their place: on one volume and onto another.
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { diskShelves } from '#attachments/shelves.ts'
import { moveFile } from './move.ts'

let here: string
/** Another volume, on Linux. */
let there: string
const MEMORY = '/dev/shm'
beforeAll(async () => {
  here = await mkdtemp(join(tmpdir(), 'eprod-move-'))
  there = await mkdtemp(join(existsSync(MEMORY) ? MEMORY : tmpdir(), 'eprod-move-'))
})
afterAll(() => Promise.all([here, there].map((one) => rm(one, { recursive: true, force: true }))))

it('are whole in their new place and gone from the old one', async () => {
  if (existsSync(MEMORY)) expect((await stat(here)).dev).not.toBe((await stat(there)).dev)
  for (const to of [here, there]) {
    const from = join(here, 'de')
    await writeFile(from, 'conteúdo')
    await moveFile(from, join(to, 'para'))
    expect(await readFile(join(to, 'para'), 'utf8')).toBe('conteúdo')
    await expect(stat(from)).rejects.toThrow('ENOENT')
  }
  expect(await readdir(there)).toEqual(['para'])
})

it('are whole when several of one content come at once', async () => {
  const content = Buffer.alloc(3_000_000, 'abc')
  const to = join(there, 'ao-mesmo-tempo')
  await Promise.all(
    [1, 2, 3, 4].map(async (n) => {
      await writeFile(join(here, `de-${n}`), content)
      await moveFile(join(here, `de-${n}`), to)
      expect((await readFile(to)).equals(content)).toBe(true)
    }),
  )
})

it('that cannot be moved stay where they are, and leave nothing half', async () => {
  const from = join(here, 'fica')
  await writeFile(from, 'conteúdo')
  await mkdir(join(there, 'ocupado/nome'), { recursive: true })
  await expect(moveFile(from, join(there, 'ocupado/nome'))).rejects.toThrow()
  expect(await readFile(from, 'utf8')).toBe('conteúdo')
  expect(await readdir(join(there, 'ocupado'))).toEqual(['nome'])
})

it('a copy that a crash left half is no content, and is swept with what is old', async () => {
  const shelves = await diskShelves(join(here, 'files'))
  const sha256 = Buffer.alloc(32, 7)
  await writeFile(join(here, 'novo'), 'x')
  await shelves.put({ institutionId: 5, sha256 }, { path: join(here, 'novo'), size: 1 })
  const folder = join(here, 'files/5', sha256.toString('hex').slice(0, 2))
  await writeFile(join(folder, `${sha256.toString('hex')}.parte`), 'h')
  const found = []
  for await (const batch of shelves.stored(new Date(Date.now() + 1000))) found.push(batch)
  expect(found).toEqual([{ institutionId: 5, contents: [sha256] }])
  expect(await readdir(folder)).toEqual([sha256.toString('hex')])
})
