// Reads what was posted, files streamed to disk before any transaction begins.
import type { FastifyRequest } from 'fastify'
import type { FileStore } from '#attachments/files.ts'
import { Refusal } from '#shared/refusals.ts'
import type { Posted, ReceivedFile } from '#shared/web/site.ts'

/** More than any form of the catalogue asks for at once. */
const MOST_FILES = 60
const MOST_FIELDS = 1000
/** Beyond the longest text a form takes (20,000 characters of up to four bytes), so that nothing typed is cut. */
const LONGEST_FIELD = 256 * 1024
/** PostgreSQL keeps no NUL in a text. */
const storable = (text: string): string => text.replaceAll('\0', '')

export interface Reading {
  readonly store: FileStore
  /** Bytes after which a file is cut and marked `tooLarge`. */
  readonly fileBytes: number
  /** Decides, by the fields read so far, whether files may be received at all and how many. */
  readonly filesAllowed: (fields: Readonly<Record<string, string[]>>) => number
}

/** Fields and files of a post: multipart, form-urlencoded or a flat JSON object. */
export async function readPosted(request: FastifyRequest, reading: Reading): Promise<Posted> {
  if (request.isMultipart()) return await readMultipart(request, reading)
  const body = request.body
  if (body === null || typeof body !== 'object') return { fields: {}, files: [] }
  const fields: Record<string, string[]> = {}
  for (const [name, value] of Object.entries(body)) {
    const values = Array.isArray(value) ? value : [value]
    fields[name] = values
      .filter((one) => ['string', 'number', 'boolean'].includes(typeof one))
      .map((one) => storable(String(one)))
  }
  return { fields, files: [] }
}

async function readMultipart(request: FastifyRequest, reading: Reading): Promise<Posted> {
  const fields: Record<string, string[]> = Object.create(null)
  const files: ReceivedFile[] = []
  const limits = { files: MOST_FILES, fields: MOST_FIELDS, fieldSize: LONGEST_FIELD, fileSize: reading.fileBytes + 1 }
  try {
    for await (const part of request.parts({ limits })) {
      if (part.type === 'field') {
        fields[part.fieldname] = [...(fields[part.fieldname] ?? []), storable(String(part.value))]
        continue
      }
      // An empty file box is sent as a nameless file of no bytes.
      if (!part.filename || files.length >= reading.filesAllowed(fields)) {
        part.file.resume()
        continue
      }
      const named = { field: part.fieldname, name: part.filename }
      files.push(await reading.store.receive(part.file, { ...named, limit: reading.fileBytes }))
    }
  } catch (error) {
    await reading.store.discard(files)
    if ((error as { statusCode?: number }).statusCode === 413) throw new Refusal('too-large')
    throw error
  }
  return { fields, files }
}
