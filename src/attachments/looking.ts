// Has a file looked into by another process (look.ts), which may be killed, starve or lie: it has no way to write, to start
// programs or to read anything but its own code, and only so much memory and time.
import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'
import type { Look } from '#attachments/rules/checks.ts'
import { kindOf } from '#attachments/rules/kinds.ts'

/** What a look found; identifiers as `identifiersIn` reads them. */
export interface Found {
  readonly look: Look
  readonly identifiers: readonly string[]
}

export interface Limits {
  /** Of the whole look, by the clock on the wall. */
  readonly milliseconds: number
  /** Of memory the process may write to; Node sets about 560 of them aside for itself, used or not. */
  readonly megabytes: number
}

const LIMITS: Limits = { milliseconds: 20_000, megabytes: 1100 }
const HEAP_MEGABYTES = 300
const MOST_SAID = 65_536

/** Found by the project's own alias: the same file from the sources and from the bundle. */
const PROGRAM = createRequire(import.meta.url).resolve('#attachments/look.ts')
const ROOT = join(dirname(PROGRAM), '../..')
const READABLE = ['src', 'node_modules', 'package.json'].map((name) => `--allow-fs-read=${join(ROOT, name)}`)
/** Seconds of computing end even a process whose starter has died. */
const WITHIN = 'ulimit -c 0; ulimit -t "$1"; ulimit -d "$2"; shift 2; exec "$@"'

/** The answer where there is none. */
export const UNCHECKED: Found = { look: { state: 'unchecked' }, identifiers: [] }

const found = z.strictObject({
  look: z.strictObject({
    state: z.enum(['opened', 'encrypted', 'broken', 'bomb', 'unchecked']),
    pages: z.int().min(0).optional(),
    blank: z.boolean().optional(),
    small: z.tuple([z.int(), z.int()]).optional(),
    text: z.boolean().optional(),
    signature: z.boolean().optional(),
  }),
  identifiers: z.array(z.string().regex(/^[A-Z0-9]{5,21}$/)).max(1000),
})

/** Looks into a content. Whatever it does to whoever reads it, there is an answer in time. Throws what reading the bytes throws. */
export async function lookInto(content: Readable, mediaType: string, limits: Limits = LIMITS): Promise<Found> {
  const kind = kindOf(mediaType)
  if (!kind) {
    content.destroy()
    return UNCHECKED
  }
  const child = start(kind, limits)
  const late = setTimeout(() => child.kill('SIGKILL'), limits.milliseconds)
  try {
    const failed = pipeline(content, child.stdin).then(
      () => undefined,
      (error: NodeJS.ErrnoException) => error,
    )
    const said = await sayingOf(child.stdout)
    const error = await failed
    // The reader went away in the middle: that is its answer. What the disk says is another thing.
    if (error && error.code !== 'EPIPE' && error.code !== 'ECONNRESET' && error.code !== 'ERR_STREAM_PREMATURE_CLOSE')
      throw error
    return said
  } finally {
    clearTimeout(late)
    child.kill('SIGKILL')
    content.destroy()
  }
}

function start(kind: string, limits: Limits) {
  const seconds = String(Math.ceil(limits.milliseconds / 1000))
  const kilobytes = String(limits.megabytes * 1024)
  const node = [process.execPath, `--max-old-space-size=${HEAP_MEGABYTES}`, '--permission', ...READABLE, PROGRAM, kind]
  const child = spawn('/bin/sh', ['-c', WITHIN, 'sh', seconds, kilobytes, ...node], {
    cwd: ROOT,
    // Nothing of ours: no address, no password.
    env: {},
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  child.on('error', () => {})
  return child
}

async function sayingOf(stdout: Readable): Promise<Found> {
  try {
    const said = await text(stdout)
    const read = found.safeParse(JSON.parse(said.slice(0, MOST_SAID)))
    return read.success ? read.data : UNCHECKED
  } catch {
    return UNCHECKED
  }
}
