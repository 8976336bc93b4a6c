// Where contents are kept for good, each under the hash of its bytes: a folder of this machine, or a bucket (bucket.ts).
import { createReadStream } from 'node:fs'
import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { moveFile, PARTIAL } from '#attachments/move.ts'

/** A content: what one institution keeps under a SHA-256. */
export interface Place {
  readonly institutionId: number
  readonly sha256: Buffer
}

export interface StoredBatch {
  readonly institutionId: number
  readonly contents: readonly Buffer[]
}

/** From/to (inclusive) bytes. */
export interface Range {
  readonly start: number
  readonly end: number
}

export interface Shelves {
  /** Takes a file of this machine in, durably; the file is gone then. The same content twice is one. */
  put(place: Place, file: { readonly path: string; readonly size: number }): Promise<void>
  /** The bytes. The stream fails with the code `ENOENT` where there are none. */
  read(place: Place, range?: Range): Readable
  /** Contents stored before `before`, in batches of one institution. */
  stored(before: Date): AsyncIterable<StoredBatch>
  remove(place: Place): Promise<void>
}

/** The name of a content below its root: `<institution>/<aa>/<sha256>`. */
export function nameOf({ institutionId, sha256 }: Place): string {
  const hex = sha256.toString('hex')
  return `${institutionId}/${hex.slice(0, 2)}/${hex}`
}

/** Shelves in a folder, made if it is not there. */
export async function diskShelves(root: string): Promise<Shelves> {
  await mkdir(root, { recursive: true, mode: 0o700 })
  const pathOf = (place: Place): string => join(root, nameOf(place))
  return {
    put: (place, file) => moveTo(pathOf(place), file),
    read: (place, range) => createReadStream(pathOf(place), range),
    stored: (before) => stored(root, before),
    remove: (place) => rm(pathOf(place), { force: true }),
  }
}

async function moveTo(to: string, { path, size }: { path: string; size: number }): Promise<void> {
  const there = await stat(to).catch(() => undefined)
  if (there?.size === size) return void (await rm(path, { force: true }))
  await mkdir(dirname(to), { recursive: true, mode: 0o700 })
  await moveFile(path, to)
}

async function* stored(root: string, before: Date): AsyncGenerator<StoredBatch> {
  for (const institution of await readdir(root)) {
    for (const shelf of await readdir(join(root, institution))) {
      const folder = join(root, institution, shelf)
      const contents: Buffer[] = []
      for (const name of await readdir(folder)) {
        const found = await stat(join(folder, name)).catch(() => undefined)
        if (!found || found.mtime >= before) continue
        if (name.endsWith(PARTIAL)) await rm(join(folder, name), { force: true })
        else contents.push(Buffer.from(name, 'hex'))
      }
      if (contents.length > 0) yield { institutionId: Number(institution), contents }
    }
  }
}
