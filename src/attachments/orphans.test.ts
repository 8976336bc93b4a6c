// Contents on disk that no row speaks of go; those that a row speaks of, or that somebody is storing, stay.
import { mkdtemp, readdir, rm, utimes } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { addUnsentToTicket, removeOrphans } from '#attachments/actions.ts'
import { createFileStore, type FileStore } from '#attachments/files.ts'
import { cloneDatabase, type TestDatabase } from '../../tests/support/database.ts'
import { type Cast, castOf, newTicket, visitAs } from '../../tests/support/tickets.ts'

const now = new Date()
const hourAgo = new Date(now.getTime() - 3_600_000)
const long = new Date(now.getTime() - 7_200_000)

let database: TestDatabase
let cast: Cast
let folder: string
let store: FileStore
beforeAll(async () => {
  database = await cloneDatabase()
  cast = await castOf(database)
  folder = await mkdtemp(join(tmpdir(), 'eprod-orphans-'))
  store = await createFileStore(folder)
})
afterAll(async () => {
  await database.drop()
  await rm(folder, { recursive: true, force: true })
})

const received = (text: string) =>
  store.receive(Readable.from([Buffer.from(`%PDF-1.7\n${text}`)]), { field: 'a', name: `${text}.pdf`, limit: 1e6 })

/** Stores a content long ago, with a row or as a refused post leaves it. */
async function layBy(text: string, then: (work: () => Promise<unknown>) => Promise<unknown>): Promise<void> {
  const file = await received(text)
  const { operator } = cast
  const ticketId = await newTicket(database, operator, now)
  const place = { ticketId, institutionId: operator.institutionId }
  await visitAs(database.web.db, operator, async (tx) => {
    await addUnsentToTicket({ tx, actor: operator, store, now }, file, place)
    const hex = file.sha256.toString('hex')
    await utimes(join(folder, 'files', String(operator.institutionId), hex.slice(0, 2), hex), long, long)
    await then(() => removeOrphans(database.worker.db, store, hourAgo))
  }).catch((error: Error) => {
    if (error.message !== 'refused') throw error
  })
}

const onDisk = async (): Promise<number> =>
  (await readdir(join(folder, 'files'), { recursive: true, withFileTypes: true })).filter((one) => one.isFile()).length

it('what a refused post left on disk is removed, a ticket’s own file is not', async () => {
  await layBy('fica', async () => {})
  await layBy('some', async () => {
    throw new Error('refused')
  })
  expect(await onDisk()).toBe(2)
  expect(await removeOrphans(database.worker.db, store, hourAgo)).toBe(1)
  expect(await onDisk()).toBe(1)
  expect(await removeOrphans(database.worker.db, store, hourAgo)).toBe(0)
})

it('a content that a running post is storing again is left alone', async () => {
  let removed: unknown
  await layBy('de novo', async (sweep) => {
    removed = await sweep()
  })
  expect(removed).toBe(0)
  expect(await removeOrphans(database.worker.db, store, hourAgo)).toBe(0)
})

it('what came within the hour may still be on its way to its row', async () => {
  await store.take(await received('fresco'), cast.operator.institutionId)
  expect(await removeOrphans(database.worker.db, store, hourAgo)).toBe(0)
})
