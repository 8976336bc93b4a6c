// A door of this room: the answer that opens or downloads a file, safe whatever the file is.
import { Readable } from 'node:stream'
import type { FileStore } from '#attachments/files.ts'
import type { Attachment } from '#attachments/reads.ts'
import { kindOf } from '#attachments/rules/kinds.ts'
import { disposition } from '#attachments/rules/names.ts'
import type { Answer } from '#shared/web/site.ts'

/** How a file is asked for: opened in the browser or downloaded; headers of the request. */
export interface Asked {
  readonly download: boolean
  readonly headers: { readonly range?: string | undefined; readonly 'if-none-match'?: string | undefined }
}

/**
 * Streams a file. Opened in place only when it is a PDF, JPEG or PNG by content; all else is downloaded. Nothing in it may
 * run, load or frame. 304 for an unchanged one, 206 for one range, 416 for one beyond its end.
 */
export function fileAnswer(store: FileStore, file: Attachment, asked: Asked): Answer {
  const headers = headersOf(file, asked)
  if (asked.headers['if-none-match']?.split(',').some((one) => one.trim() === headers.etag)) {
    return { stream: Readable.from([]), headers, status: 304 }
  }
  const range = rangeOf(asked.headers.range, file.size)
  if (range === 'beyond') {
    return { stream: Readable.from([]), headers: { ...headers, 'content-range': `bytes */${file.size}` }, status: 416 }
  }
  if (!range) return { stream: store.open(file), headers: { ...headers, 'content-length': String(file.size) } }
  return {
    stream: store.open(file, range),
    headers: {
      ...headers,
      'content-range': `bytes ${range.start}-${range.end}/${file.size}`,
      'content-length': String(range.end - range.start + 1),
    },
    status: 206,
  }
}

function headersOf(file: Attachment, asked: Asked): Record<string, string> {
  const shown = kindOf(file.mediaType) !== undefined
  return {
    'content-type': shown ? file.mediaType : 'application/octet-stream',
    'content-disposition': disposition(shown && !asked.download ? 'inline' : 'attachment', file.name),
    'content-security-policy': policyOf(file.mediaType),
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'private, no-store',
    'content-encoding': 'identity',
    'accept-ranges': 'bytes',
    etag: `"${file.sha256.toString('hex')}"`,
  }
}

/**
 * Nothing in a file may load, run, post or be framed. A PDF goes without `sandbox`: it has no origin of ours to lose, and
 * browsers of some years ago show nothing of a sandboxed one (Chromium 156 shows both).
 */
function policyOf(mediaType: string): string {
  const nothing = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
  return mediaType === 'application/pdf' ? nothing : `${nothing}; sandbox`
}

/** One range of bytes (RFC 9110, 14.1.2); undefined: the whole file, as for several ranges or none that is understood. */
export function rangeOf(
  header: string | undefined,
  size: number,
): { start: number; end: number } | 'beyond' | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '')
  if (!match || (match[1] === '' && match[2] === '')) return undefined
  const [first, last] = [match[1] ?? '', match[2] ?? '']
  if (first === '') return Number(last) === 0 ? 'beyond' : { start: Math.max(0, size - Number(last)), end: size - 1 }
  const [start, end] = [Number(first), last === '' ? size - 1 : Math.min(Number(last), size - 1)]
  if (start >= size) return 'beyond'
  return end < start ? undefined : { start, end }
}
