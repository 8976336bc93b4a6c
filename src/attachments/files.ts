// A door of this room: the bytes of files. Which row points to which file stands in store.ts. In EPROD_DATA incoming/ receives,
// parts/ holds what comes in pieces, kept/<id>/ what an expired session sent; what is taken goes to the shelves: files/, or a bucket.
import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { type FileHandle, mkdir, open, readdir, rm, stat, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { fileTypeFromBuffer } from 'file-type'
import { imageSize } from 'image-size'
import { bucketShelves } from '#attachments/bucket.ts'
import { moveFile } from '#attachments/move.ts'
import { createPartStore, type PartStore, writeWhole } from '#attachments/parts.ts'
import type { FileCheck } from '#attachments/rules/checks.ts'
import { otherKindOf, TAIL_BYTES } from '#attachments/rules/foreign.ts'
import { HEAD_BYTES, isPdf, textKind } from '#attachments/rules/kinds.ts'
import { cleanName } from '#attachments/rules/names.ts'
import { diskShelves, type Place, type Range, type StoredBatch } from '#attachments/shelves.ts'
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

/** A stored file with what is known of it: nobody opens one without. */
export interface StoredFile extends Place {
  readonly check: FileCheck | null
}

/** A received file before it has a name and a place. */
export type Content = Omit<ReceivedFile, 'field' | 'name'>

export interface FileStore {
  /** Streams to incoming/; memory stays flat. What passes `limit` bytes is thrown away and the file marked too large. */
  receive(stream: Readable, file: { field: string; name: string; limit: number }): Promise<ReceivedFile>
  /** Files that come in pieces. */
  readonly parts: PartStore
  /** There is a virus scanner. */
  readonly scans: boolean
  /** Looks at a file that came in pieces, all of which are there. */
  received(partId: string): Promise<Content>
  /** Removes received files that nobody took. */
  discard(files: readonly { readonly path: string }[]): Promise<void>
  /** Puts a received file on the shelves, durably. The same content twice is one file. */
  take(file: ReceivedFile, institutionId: number): Promise<void>
  /**
   * Opens a stored file for people, whole or from/to (inclusive) bytes. Refusals: `file-infected`, and where there is a
   * scanner `file-in-quarantine` until it has found the file clean.
   */
  open(file: StoredFile, range?: Range): Readable
  /** The bytes of a content, for its check. */
  read(content: Place): Readable
  /** Lays received files by under a kept post's id; what the row must remember is the answer. */
  keep(files: readonly ReceivedFile[], keptId: string): Promise<KeptFile[]>
  /** Gives a kept post's files back as received ones; `forgetKept` removes its folder. */
  takeKept(files: readonly KeptFile[], keptId: string): Promise<ReceivedFile[]>
  forgetKept(keptId: string): Promise<void>
  /** Contents stored before `before`, in batches of one institution. */
  stored(before: Date): AsyncIterable<StoredBatch>
  /** Removes a stored content; the caller has made sure that no row speaks of it or is about to. */
  remove(file: Place): Promise<void>
  /** Removes what lies in incoming/ and kept/ untouched since before `before`; returns how many. */
  sweep(before: Date): Promise<number>
}

export interface StoreOptions {
  /** Files open only when a scanner has found them clean. */
  readonly quarantine?: boolean | undefined
  /** Address of a bucket that keeps the contents (bucket.ts); without one they lie in the folder. */
  readonly bucket?: string | undefined
}

/** A store in a folder, made if it is not there. */
export async function createFileStore(folder: string, options: StoreOptions = {}): Promise<FileStore> {
  const incoming = join(folder, 'incoming')
  const kept = join(folder, 'kept')
  await Promise.all([incoming, kept].map((one) => mkdir(one, { recursive: true, mode: 0o700 })))
  const shelves = options.bucket ? bucketShelves(options.bucket) : await diskShelves(join(folder, 'files'))
  const parts = await createPartStore(join(folder, 'parts'))
  return {
    parts,
    scans: options.quarantine === true,
    received: (partId) => lookAt(parts.path(partId)),
    receive: (stream, file) => receive(stream, { ...file, path: join(incoming, randomUUID()) }),
    discard: async (files) => {
      await Promise.all(files.map((file) => rm(file.path, { force: true })))
    },
    take: (file, institutionId) => shelves.put({ institutionId, sha256: file.sha256 }, file),
    open: (file, range) => {
      if (file.check?.scan === 'infected') throw new Refusal('file-infected')
      if (options.quarantine && file.check?.scan !== 'clean') throw new Refusal('file-in-quarantine')
      return shelves.read(file, range)
    },
    read: (content) => shelves.read(content),
    keep: async (files, keptId) => await keep(files, keptFolder(kept, keptId)),
    takeKept: async (files, keptId) => await takeKept(files, keptFolder(kept, keptId)),
    forgetKept: async (keptId) => await rm(keptFolder(kept, keptId), { recursive: true, force: true }),
    stored: (before) => shelves.stored(before),
    remove: (file) => shelves.remove(file),
    sweep: async (before) => (await sweep(incoming, before)) + (await sweep(kept, before)),
  }
}

/** Enough for a picture's size: a camera's notes and thumbnail (64 KiB at most each) stand before it. */
const PICTURE_HEAD_BYTES = 160 * 1024
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
  let size = 0
  let told: Told
  let fault: Error | undefined
  const disk = await open(file.path, 'wx+', 0o600)
  try {
    for await (const piece of stream as AsyncIterable<Buffer>) {
      const at = size
      size += piece.length
      // The rest is read and thrown away: stopping here would leave the browser hanging without an answer.
      if (size > file.limit || fault) continue
      hash.update(piece)
      await writeWhole(disk, piece, at).catch((error: Error) => {
        fault = error
      })
    }
    if (fault) throw fault
    await disk.sync()
    told = await tellOf(disk, Math.min(size, file.limit))
  } catch (error) {
    await rm(file.path, { force: true })
    throw error
  } finally {
    await disk.close()
  }
  const { field, path } = file
  return { field, path, name: cleanName(file.name), sha256: hash.digest(), ...told, size, tooLarge: size > file.limit }
}

async function lookAt(path: string): Promise<Content> {
  const hash = createHash('sha256')
  let size = 0
  for await (const piece of createReadStream(path, { highWaterMark: READ_BYTES }) as AsyncIterable<Buffer>) {
    size += piece.length
    hash.update(piece)
  }
  const disk = await open(path)
  try {
    return { path, size, sha256: hash.digest(), ...(await tellOf(disk, size)), tooLarge: false }
  } finally {
    await disk.close()
  }
}

type Told = Pick<ReceivedFile, 'mediaType' | 'pixels'>

/** What a file is, by its first and last bytes. One that is two things at once is said to be the other. */
async function tellOf(disk: FileHandle, size: number): Promise<Told> {
  const [head, tail] = await Promise.all([
    bytesOf(disk, 0, Math.min(size, PICTURE_HEAD_BYTES)),
    bytesOf(disk, Math.max(0, size - TAIL_BYTES), Math.min(size, TAIL_BYTES)),
  ])
  const mediaType = await mediaTypeOf(head.subarray(0, HEAD_BYTES))
  const pixels = mediaType?.startsWith('image/') ? pixelsOf(head) : undefined
  return { mediaType: (mediaType && otherKindOf(mediaType, head, tail)) ?? mediaType, pixels }
}

async function bytesOf(disk: FileHandle, from: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await disk.read(Buffer.alloc(length), 0, length, from)
  return buffer.subarray(0, bytesRead)
}

function pixelsOf(head: Buffer): number | undefined {
  try {
    const { width, height } = imageSize(head)
    return width * height
  } catch {
    return undefined
  }
}

/** By content alone; undefined when it is nothing known. */
async function mediaTypeOf(head: Buffer): Promise<string | undefined> {
  if (head.length === 0) return undefined
  const found = await fileTypeFromBuffer(head)
  if (found && found.mime !== 'application/pdf') return found.mime
  if (isPdf(head)) return 'application/pdf'
  return found?.mime ?? textKind(head)
}

async function keep(files: readonly ReceivedFile[], folder: string): Promise<KeptFile[]> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  return await Promise.all(
    files.map(async (file, i) => {
      const stored = String(i)
      await moveFile(file.path, join(folder, stored))
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
