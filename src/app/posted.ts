// Reads what was posted, files streamed to disk before any transaction begins. Bounded: what a sender can make us hold in
// memory is `MOST_TEXT`, whatever it claims.
import { finished } from 'node:stream/promises'
import type { MultipartValue } from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import { noteTyped } from '#app/errors.tsx'
import type { FileStore } from '#attachments/files.ts'
import { storable } from '#shared/kit/storable.ts'
import { Refusal } from '#shared/refusals.ts'
import type { Posted, ReceivedFile } from '#shared/web/site.ts'

/** More than any form of the catalogue asks for at once. */
const MOST_FILES = 60
const MOST_FIELDS = 1000
/** Bytes of all fields of a post together, with their names; one of them may be all of it, as a form's definition of a megabyte. */
const MOST_TEXT = 2 * 1024 * 1024
/** Bytes of a part's own header: a file's name of 4 KiB in UTF-8, escaped. */
const LONGEST_HEADER = 16 * 1024

type Fields = Record<string, string[]>

export interface Reading {
  readonly store: FileStore
  /** Bytes after which a file is cut and marked `tooLarge`. */
  readonly fileBytes: number
  /** How many files are received; more are passed over, and told. */
  readonly files?: number
  readonly passedOver?: (file: { field: string; name: string }) => void
  /** Asked with the first field of a multipart post: a no ends the reading, and nothing of the post is kept. */
  readonly admits?: (fields: Posted['fields']) => boolean
}

const NOTHING: Posted = { fields: {}, files: [] }

/** Fields and files of a post: multipart, form-urlencoded or a flat JSON object. Refusals: `too-large`, `bad-request`. */
export async function readPosted(request: FastifyRequest, reading: Reading): Promise<Posted> {
  if (request.isMultipart()) return await readMultipart(request, reading)
  const body = request.body
  if (body === null || typeof body !== 'object') return NOTHING
  const fields: Fields = Object.create(null)
  for (const [name, value] of Object.entries(body)) {
    const values = Array.isArray(value) ? value : [value]
    fields[storable(name)] = values
      .filter((one) => ['string', 'number', 'boolean'].includes(typeof one))
      .map((one) => storable(String(one)))
  }
  return { fields, files: [] }
}

async function readMultipart(request: FastifyRequest, reading: Reading): Promise<Posted> {
  const files: ReceivedFile[] = []
  try {
    return await readParts(request, reading, files)
  } catch (error) {
    await reading.store.discard(files)
    throw asRefusal(error)
  } finally {
    await drain(request)
  }
}

/** What comes, part by part; `files` is the caller's, so that a broken post leaves none behind. */
async function readParts(request: FastifyRequest, reading: Reading, files: ReceivedFile[]): Promise<Posted> {
  const { store, fileBytes: limit, files: most = MOST_FILES, admits } = reading
  const fields: Fields = Object.create(null)
  const text = { left: MOST_TEXT }
  let first = true
  let fault: unknown
  for await (const part of request.parts({ limits: limitsOf(limit) })) {
    if (part.type === 'field') addField(fields, part, text)
    if (first && admits && !admits(fields)) return NOTHING
    first = false
    if (part.type === 'field') continue
    // An empty file box is sent as a nameless file of no bytes.
    const field = storable(part.fieldname ?? '')
    const takes = part.filename && files.length < most && !fault
    if (takes) {
      const receiving = store.receive(part.file, { field, name: unescaped(part.filename), limit })
      const file = await receiving.catch((error: unknown) => {
        fault = error
      })
      if (file) files.push(file)
    }
    part.file.resume()
    if (part.filename && !takes) reading.passedOver?.({ field, name: storable(unescaped(part.filename)) })
  }
  if (fault) {
    // What the disk would not take ends the post, but not before the texts behind it have been read.
    noteTyped(request, fields)
    throw fault
  }
  return { fields, files }
}

/** A file's name as its owner knows it: browsers escape these three characters, and no other (HTML, multipart/form-data). */
const unescaped = (name: string): string => name.replace(/%(?:22|0D|0A)/g, decodeURIComponent)

const limitsOf = (fileBytes: number) => ({
  files: MOST_FILES,
  fields: MOST_FIELDS,
  parts: MOST_FILES + MOST_FIELDS,
  fieldSize: MOST_TEXT,
  fileSize: fileBytes + 1,
  headerSize: LONGEST_HEADER,
})

function addField(fields: Fields, part: MultipartValue, text: { left: number }): void {
  // A part that says it is JSON has been parsed; no form of ours sends one.
  if (typeof part.value !== 'string') throw new Refusal('bad-request')
  const name = storable(part.fieldname ?? '')
  text.left -= Buffer.byteLength(part.value) + Buffer.byteLength(name)
  if (text.left < 0 || part.valueTruncated) throw new Refusal('too-large')
  fields[name] = [...(fields[name] ?? []), storable(part.value)]
}

/** What the parser throws without a code of its own: a missing boundary, a cut body, a part without its end. */
const MALFORMED = /multipart|boundary|needle|terminated early/i

function asRefusal(error: unknown): unknown {
  const { statusCode, code, message = '' } = error as { statusCode?: number; code?: string; message?: string }
  if (statusCode === 413) return new Refusal('too-large')
  return code === undefined && MALFORMED.test(message) ? new Refusal('bad-request') : error
}

/** Reads the rest and throws it away: an answer before its end would be lost to many browsers. */
async function drain({ raw }: FastifyRequest): Promise<void> {
  raw.unpipe()
  raw.resume()
  await finished(raw, { writable: false }).catch(() => {})
}
