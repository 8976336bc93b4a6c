// Headers of the tus protocol, version 1.0.0 (tus.io/protocols/resumable-upload), read strictly.

export const TUS_VERSION = '1.0.0'
/** What of the protocol's extensions is spoken. */
export const TUS_EXTENSIONS = 'creation,creation-with-upload,termination,expiration'
export const TUS_PIECES = 'application/offset+octet-stream'

export interface TusHeaders {
  readonly length: number | undefined
  readonly offset: number | undefined
  readonly metadata: ReadonlyMap<string, string>
  /** The body is a piece of the file. */
  readonly piece: boolean
}

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>

/** Undefined: another version, or none. What is misshapen counts as not said. */
export function readTus(headers: Headers): TusHeaders | undefined {
  if (headers['tus-resumable'] !== TUS_VERSION) return undefined
  return {
    length: wholeNumber(headers['upload-length']),
    offset: wholeNumber(headers['upload-offset']),
    metadata: metadataOf(headers['upload-metadata']),
    piece: headers['content-type'] === TUS_PIECES,
  }
}

/** A number as the protocol writes it: `015`, `1e3`, `-1` and what no file can be are none. */
function wholeNumber(value: unknown): number | undefined {
  return typeof value === 'string' && /^(0|[1-9]\d{0,14})$/.test(value) ? Number(value) : undefined
}

/** `nome bm9tZQ==,documento Ym8=`: keys with values in base64 of UTF-8. */
function metadataOf(value: unknown): Map<string, string> {
  const pairs = typeof value === 'string' ? value.split(',') : []
  return new Map(
    pairs.flatMap((pair) => {
      const match = /^\s*([\x21-\x2b\x2d-\x7e]+) ([A-Za-z0-9+/]*={0,2})\s*$/.exec(pair)
      return match ? [[match[1] ?? '', Buffer.from(match[2] ?? '', 'base64').toString('utf8')] as const] : []
    }),
  )
}
