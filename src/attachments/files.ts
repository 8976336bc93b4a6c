// A door of this room: files on disk, under the hash of their content. Which row points to which file stands in store.ts.
// incoming/ receives, parts/ what comes in pieces, files/<institution>/<aa>/<sha256> keeps, kept/<id>/ holds what an expired session sent.
import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { fileTypeFromBuffer } from 'file-type'
import { createPartStore, type PartStore } from '#attachments/parts.ts'
import type { FileCheck } from '#attachments/rules/checks.ts'
import { HEAD_BYTES, isPdf, textKind } from '#attachments/rules/kinds.ts'
import { cleanName } from '#attachments/rules/names.ts'
import { isUuid } from '#shared/kit/uuid.ts'
import { Refusal } from '#shared/refusals.ts'
import type { ReceivedFile } from '#shared/web/site.ts'

/** A file of a kept post as its row remembers it. */
export interface KeptFile {
  readonly field: string
  readonly name: string
  readonly size: number
  /** Hexadecimal. */
  readonly sha256: string
  readonly mediaType: string | null
  readonly tooLarge: boolean
  /** Name inside the kept post's folder. */
  readonly stored: string
}

export interface StoredBatch {
  readonly institutionId: number
  readonly contents: readonly Buffer[]
}

/** A stored file with what is known of it: nobody opens one without. */
export interface StoredFile {
  readonly institutionId: number
  readonly sha256: Buffer
  readonly check: FileCheck | null
}

/** A received file before it has a name and a place. */
export type Content = Omit<ReceivedFile, 'field' | 'name'>

export interface FileStore {
  /** Streams to incoming/; memory stays flat. What passes `limit` bytes is thrown away and the file marked too large. */
  receive(stream: Readable, file: { field: string; name: string; limit: number }): Promise<ReceivedFile>
  /** Files that come in pieces. */
  readonly parts: PartStore
  /** Looks at a file that came in pieces, all of which are there. */
  received(partId: string): Promise<Content>
  /** Removes received files that nobody took. */
  discard(files: readonly { readonly path: string }[]): Promise<void>
  /** Moves a received file to its place, durably. The same content twice is one file. */
  take(file: ReceivedFile, institutionId: number): Promise<void>
  /**
   * Opens a stored file for people, whole or from/to (inclusive) bytes. Refusals: `file-infected`, and where there is a
   * scanner `file-in-quarantine` until it has found the file clean.
   */
  open(file: StoredFile, range?: { start: number; end: number }): Readable
  /** The bytes of a content, for its check. */
  read(content: Omit<StoredFile, 'check'>): Readable
  /** Lays received files by under a kept post's id; what the row must remember is the answer. */
  keep(files: readonly ReceivedFile[], keptId: string): Promise<KeptFile[]>
  /** Gives a kept post's files back as received ones; `forgetKept` removes its folder. */
  takeKept(files: readonly KeptFile[], keptId: string): Promise<ReceivedFile[]>
  forgetKept(keptId: string): Promise<void>
  /** Contents stored before `before`, in batches of one institution. */
  stored(before: Date): AsyncIterable<StoredBatch>
  /** Removes a stored content; the caller has made sure that no row speaks of it or is about to. */
  remove(file: { institutionId: number; sha256: Buffer }): Promise<void>
  /** Removes what lies in incoming/ and kept/ untouched since before `before`; returns how many. */
  sweep(before: Date): Promise<number>
}

/** A store in a folder, made if it is not there. `quarantine`: files open only when a scanner has found them clean. */
export async function createFileStore(folder: string, quarantine = false): Promise<FileStore> {
  const incoming = join(folder, 'incoming')
  const kept = join(folder, 'kept')
  await Promise.all([incoming, kept, join(folder, 'files')].map((one) => mkdir(one, { recursive: true, mode: 0o700 })))
  const pathOf = (institutionId: number, sha256: Buffer): string => {
    const hex = sha256.toString('hex')
    return join(folder, 'files', String(institutionId), hex.slice(0, 2), hex)
  }
  const parts = await createPartStore(join(folder, 'parts'))
  return {
    parts,
    received: (partId) => lookAt(parts.path(partId)),
    receive: (stream, file) => receive(stream, { ...file, path: join(incoming, randomUUID()) }),
    discard: async (files) => {
      await Promise.all(files.map((file) => rm(file.path, { force: true })))
    },
    take: (file, institutionId) => place(file.path, pathOf(institutionId, file.sha256), file.size),
    open: (file, range) => {
      if (file.check?.scan === 'infected') throw new Refusal('file-infected')
      if (quarantine && file.check?.scan !== 'clean') throw new Refusal('file-in-quarantine')
      return createReadStream(pathOf(file.institutionId, file.sha256), range)
    },
    read: ({ institutionId, sha256 }) => createReadStream(pathOf(institutionId, sha256)),
    keep: async (files, keptId) => await keep(files, keptFolder(kept, keptId)),
    takeKept: async (files, keptId) => await takeKept(files, keptFolder(kept, keptId)),
    forgetKept: async (keptId) => await rm(keptFolder(kept, keptId), { recursive: true, force: true }),
    stored: (before) => stored(join(folder, 'files'), before),
    remove: async (file) => await rm(pathOf(file.institutionId, file.sha256), { force: true }),
    sweep: async (before) => (await sweep(incoming, before)) + (await sweep(kept, before)),
  }
}

/** Read at once: few enough bytes that many files at a time stay small in memory. */
const READ_BYTES = 256 * 1024

/** Only ids the application made become folders. */
function keptFolder(kept: string, id: string): string {
  if (!isUuid(id)) throw new Error('not the id of a kept post')
  return join(kept, id)
}

async function receive(
  stream: Readable,
  file: { field: string; name: string; limit: number; path: string },
): Promise<ReceivedFile> {
  const hash = createHash('sha256')
  const heads: Buffer[] = []
  let size = 0
  const disk = await open(file.path, 'wx', 0o600)
  try {
    for await (const piece of stream as AsyncIterable<Buffer>) {
      if (size < HEAD_BYTES) heads.push(piece.subarray(0, HEAD_BYTES - size))
      size += piece.length
      // The rest is read and thrown away: stopping here would leave the browser hanging without an answer.
      if (size > file.limit) continue
      hash.update(piece)
      await disk.write(piece)
    }
    await disk.sync()
  } catch (error) {
    await rm(file.path, { force: true })
    throw error
  } finally {
    await disk.close()
  }
  const head = Buffer.concat(heads)
  const { field, path } = file
  const facts = { field, path, name: cleanName(file.name), sha256: hash.digest(), mediaType: await mediaTypeOf(head) }
  return { ...facts, size, tooLarge: size > file.limit }
}

async function lookAt(path: string): Promise<Content> {
  const hash = createHash('sha256')
  const heads: Buffer[] = []
  let size = 0
  for await (const piece of createReadStream(path, { highWaterMark: READ_BYTES }) as AsyncIterable<Buffer>) {
    if (size < HEAD_BYTES) heads.push(piece.subarray(0, HEAD_BYTES - size))
    size += piece.length
    hash.update(piece)
  }
  const mediaType = await mediaTypeOf(Buffer.concat(heads))
  return { path, size, sha256: hash.digest(), mediaType, tooLarge: false }
}

/** By content alone; undefined when it is nothing known. */
async function mediaTypeOf(head: Buffer): Promise<string | undefined> {
  if (head.length === 0) return undefined
  const found = await fileTypeFromBuffer(head)
  if (found && found.mime !== 'application/pdf') return found.mime
  if (isPdf(head)) return 'application/pdf'
  return found?.mime ?? textKind(head)
}

/** Renames within one disk, then makes the folder's entry durable: a committed row never points to nothing. */
async function place(from: string, to: string, size: number): Promise<void> {
  const there = await stat(to).catch(() => undefined)
  if (there?.size === size) return void (await rm(from, { force: true }))
  await mkdir(dirname(to), { recursive: true, mode: 0o700 })
  await rename(from, to)
  const folder = await open(dirname(to), 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

async function keep(files: readonly ReceivedFile[], folder: string): Promise<KeptFile[]> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  return await Promise.all(
    files.map(async (file, i) => {
      const stored = String(i)
      await rename(file.path, join(folder, stored))
      const { field, name, size, tooLarge } = file
      return {
        field,
        name,
        size,
        tooLarge,
        stored,
        sha256: file.sha256.toString('hex'),
        mediaType: file.mediaType ?? null,
      }
    }),
  )
}

async function takeKept(files: readonly KeptFile[], folder: string): Promise<ReceivedFile[]> {
  const there = new Set(await readdir(folder).catch(() => []))
  return files
    .filter((file) => /^\d+$/.test(file.stored) && there.has(file.stored))
    .map(({ stored, sha256, mediaType, ...file }) => ({
      ...file,
      sha256: Buffer.from(sha256, 'hex'),
      mediaType: mediaType ?? undefined,
      path: join(folder, stored),
    }))
}

async function* stored(root: string, before: Date): AsyncGenerator<StoredBatch> {
  for (const institution of await readdir(root)) {
    for (const shelf of await readdir(join(root, institution))) {
      const folder = join(root, institution, shelf)
      const contents: Buffer[] = []
      for (const name of await readdir(folder)) {
        const found = await stat(join(folder, name)).catch(() => undefined)
        if (found && found.mtime < before) contents.push(Buffer.from(name, 'hex'))
      }
      if (contents.length > 0) yield { institutionId: Number(institution), contents }
    }
  }
}

async function sweep(folder: string, before: Date): Promise<number> {
  let removed = 0
  for (const name of await readdir(folder)) {
    const path = join(folder, name)
    const found = await stat(path).catch(() => undefined)
    if (!found || found.mtime >= before) continue
    if (found.isDirectory()) await rm(path, { recursive: true, force: true })
    else await unlink(path).catch(() => undefined)
    removed++
  }
  return removed
}
