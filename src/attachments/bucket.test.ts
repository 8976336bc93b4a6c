// Files in a bucket of an S3 server: the same store, other shelves.
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readConfig } from '#app/config.ts'
import { createFileStore, type FileStore } from '#attachments/files.ts'
import { type S3Server, startS3 } from '../../tests/support/s3-server.ts'

let folder: string
let s3: S3Server
let store: FileStore
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'eprod-bucket-'))
  s3 = await startS3()
  store = await createFileStore(folder, { bucket: s3.url })
})
afterAll(async () => {
  await s3.close()
  await rm(folder, { recursive: true, force: true })
})

const receive = (content: string) =>
  store.receive(Readable.from([Buffer.from(content)]), { field: 'f', name: 'a.txt', limit: 1000 })
const take = async (content: string, institutionId = 7) => {
  const file = await receive(content)
  await store.take(file, institutionId)
  return { institutionId, sha256: file.sha256, check: null }
}

it('a taken file goes to the bucket under the hash of its content, and leaves this machine', async () => {
  const { sha256 } = await take('uma procuração')
  const hex = sha256.toString('hex')
  expect(s3.objects.get(`7/${hex.slice(0, 2)}/${hex}`)?.bytes.toString()).toBe('uma procuração')
  expect(await readdir(join(folder, 'incoming'))).toEqual([])
})

it('opens whole and by a range of bytes', async () => {
  const file = await take('0123456789')
  expect((await buffer(store.open(file))).toString()).toBe('0123456789')
  expect((await buffer(store.open(file, { start: 2, end: 4 }))).toString()).toBe('234')
})

it('the same content twice is sent once; of another institution it is another file', async () => {
  await take('duas vezes')
  const before = s3.asked.filter((method) => method === 'PUT').length
  await take('duas vezes')
  expect(s3.asked.filter((method) => method === 'PUT')).toHaveLength(before)
  await take('duas vezes', 8)
  expect(s3.asked.filter((method) => method === 'PUT')).toHaveLength(before + 1)
})

it('what only this machine has opens no file of the bucket, and a removed content is gone', async () => {
  const file = await take('some')
  await store.remove(file)
  await expect(buffer(store.read(file))).rejects.toMatchObject({ code: 'ENOENT' })
})

it('all contents older than an instant are listed, however many pages they take', async () => {
  const mine = await Promise.all(['um', 'dois', 'três', 'quatro', 'cinco'].map((content) => take(content, 42)))
  s3.objects.set('42/zz/notes-of-somebody.txt', { bytes: Buffer.from('x'), at: new Date(0) })
  const listed: string[] = []
  for await (const { institutionId, contents } of store.stored(new Date(Date.now() + 1000)))
    if (institutionId === 42) listed.push(...contents.map((one) => one.toString('hex')))
  expect(listed.sort()).toEqual(mine.map(({ sha256 }) => sha256.toString('hex')).sort())
  for await (const { institutionId } of store.stored(new Date(0))) expect(institutionId).toBeUndefined()
})

it('a server that stumbles is asked again', async () => {
  s3.fail(2)
  const file = await take('de novo')
  expect((await buffer(store.open(file))).toString()).toBe('de novo')
})

it('a server that stays down fails the taking, and the received file is still there', async () => {
  const file = await receive('ainda aqui')
  s3.fail(100)
  await expect(store.take(file, 7)).rejects.toThrow('S3 answered 503')
  s3.fail(0)
  await store.take(file, 7)
  expect((await buffer(store.open({ institutionId: 7, sha256: file.sha256, check: null }))).toString()).toBe(
    'ainda aqui',
  )
})

it.each(['ftp://k:s@host/b', 'https://host/b', 'https://k:s@host', 'https://k:s@host/b/c'])(
  'S3_URL %s is refused with an example',
  (url) => {
    expect(() => readConfig({ S3_URL: url })).toThrow(/^S3_URL: /)
  },
)
