// A door of this room: bytes of files on their way, in parts/<id> of the data folder. Who sends what stands in eprod.upload.
import { constants } from 'node:fs'
import { type FileHandle, mkdir, open, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { isUuid } from '#shared/kit/uuid.ts'
import { Refusal } from '#shared/refusals.ts'

export interface PartStore {
  /** Bytes that have come; 0 for one that has not begun. */
  length(id: string): Promise<number>
  /**
   * Writes what comes from byte `from` on, and answers how many bytes there are then: a cut connection is no error. An
   * earlier connection that still writes is ended first. Refusals: `upload-out-of-step`, `upload-longer`.
   */
  append(id: string, stream: Readable, span: { from: number; size: number }): Promise<number>
  path(id: string): string
  /** Written to since an instant? */
  touched(id: string, since: Date): Promise<boolean>
  drop(id: string): Promise<void>
  /** Removes what was not written to since before `before`; returns how many. */
  sweep(before: Date): Promise<number>
}

/** The line broke, or a newer connection took over. */
const CUT: ReadonlySet<string> = new Set(['ECONNRESET', 'ABORT_ERR', 'ERR_STREAM_PREMATURE_CLOSE', 'EPIPE'])

/** What one process is writing: the way to end it, and its end. */
interface Writing {
  stop(): void
  readonly ended: Promise<unknown>
}

/** A store in a folder, made if it is not there. */
export async function createPartStore(folder: string): Promise<PartStore> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const writing = new Map<string, Writing>()
  const path = (id: string): string => {
    if (!isUuid(id)) throw new Error('not the id of an upload')
    return join(folder, id)
  }
  const append: PartStore['append'] = async (id, stream, span) => {
    const turn = takeTurn(writing, id, () => stream.destroy())
    try {
      await turn.free
      return await write(path(id), stream, span)
    } finally {
      turn.end()
    }
  }
  return {
    length: async (id) => (await stat(path(id)).catch(() => undefined))?.size ?? 0,
    append,
    path,
    touched: async (id, since) => ((await stat(path(id)).catch(() => undefined))?.mtime ?? new Date(0)) >= since,
    drop: async (id) => {
      writing.get(id)?.stop()
      await writing.get(id)?.ended
      await rm(path(id), { force: true })
    },
    sweep: (before) => sweep(folder, before),
  }
}

/** A browser that lost its line comes back before the server has noticed: the newest connection is the one that counts. */
function takeTurn(writing: Map<string, Writing>, id: string, stop: () => void) {
  const { promise: ended, resolve } = Promise.withResolvers<void>()
  const before = writing.get(id)
  const own = { stop, ended }
  writing.set(id, own)
  before?.stop()
  return {
    free: before?.ended,
    end: () => {
      if (writing.get(id) === own) writing.delete(id)
      resolve()
    },
  }
}

async function write(path: string, stream: Readable, span: { from: number; size: number }): Promise<number> {
  const disk = await open(path, constants.O_RDWR | constants.O_CREAT, 0o600)
  try {
    if ((await disk.stat()).size !== span.from) throw new Refusal('upload-out-of-step')
    const at = await writePieces(disk, stream, span)
    await disk.datasync()
    return at
  } finally {
    await disk.close()
  }
}

type Disk = Pick<FileHandle, 'write'>

/** A disk that fills up takes a part of a piece and says so in its answer alone: what it did not take would be a hole. */
export async function writeWhole(disk: Disk, piece: Buffer, at: number): Promise<void> {
  for (let done = 0; done < piece.length; ) {
    const { bytesWritten } = await disk.write(piece, done, piece.length - done, at + done)
    done += bytesWritten
  }
}

async function writePieces(
  disk: Disk,
  stream: Readable,
  { from, size }: { from: number; size: number },
): Promise<number> {
  let at = from
  let fault: unknown
  try {
    for await (const piece of stream as AsyncIterable<Buffer>) {
      // Read to its end and thrown away: stopping here would leave the sender without an answer, and what the browser asks
      // next on the same line as well.
      if (fault) continue
      try {
        if (at + piece.length > size) throw new Refusal('upload-longer')
        await writeWhole(disk, piece, at)
        at += piece.length
      } catch (error) {
        fault = error
      }
    }
  } catch (error) {
    if (!CUT.has((error as { code?: string }).code ?? '')) throw error
  }
  if (fault) throw fault
  return at
}

async function sweep(folder: string, before: Date): Promise<number> {
  let removed = 0
  for (const name of await readdir(folder)) {
    const path = join(folder, name)
    const there = await stat(path).catch(() => undefined)
    if (!there || there.mtime >= before) continue
    await rm(path, { force: true })
    removed++
  }
  return removed
}
