// What a file is by its content, and whether a document takes it. The bytes are read in files.ts.
import { cleanName, extensionOf } from '#attachments/rules/names.ts'
import type { Problem } from '#shared/problems.ts'

/** Kinds of files a document may take, with their media types and extensions. */
export const KINDS = {
  pdf: { mediaType: 'application/pdf', extensions: ['pdf'] },
  jpeg: { mediaType: 'image/jpeg', extensions: ['jpg', 'jpeg', 'jpe', 'jfif'] },
  png: { mediaType: 'image/png', extensions: ['png'] },
} as const satisfies Record<string, { mediaType: string; extensions: readonly string[] }>

export type Kind = keyof typeof KINDS
export const ALL_KINDS = Object.keys(KINDS) as readonly Kind[]

/** What a document asks of a file. */
export interface FileRule {
  readonly kinds: readonly Kind[]
  readonly maxBytes: number
}

/** What is known of a file once it is received. */
export interface Received {
  readonly name: string
  readonly size: number
  readonly mediaType: string | undefined
  readonly pixels?: number | undefined
  readonly tooLarge: boolean
}

/** The largest cameras have 200 million; a picture of more is made to fill the memory of whoever opens it. */
export const MOST_PIXELS = 250_000_000

/** The kind of a media type, or undefined. */
export function kindOf(mediaType: string | undefined): Kind | undefined {
  return ALL_KINDS.find((kind) => KINDS[kind].mediaType === mediaType)
}

/** Value of an `accept` attribute for a file box. */
export function acceptOf(kinds: readonly Kind[]): string {
  return kinds.flatMap((kind) => [KINDS[kind].mediaType, ...KINDS[kind].extensions.map((one) => `.${one}`)]).join(',')
}

/**
 * What is wrong with a file for a document, or undefined. Codes: `file-empty`, `file-too-large` (limit in bytes),
 * `file-not-what-it-says` (says and is: kinds or media types), `file-kind` (is, accepted), `file-ending` (ending, wanted),
 * `file-pixels` (millions, most).
 */
export function fileProblem(file: Received, rule: FileRule, field: string): Problem | undefined {
  const problem = (code: string, facts: Record<string, string | number> = {}): Problem => ({
    field,
    code,
    with: { name: file.name, ...facts },
  })
  if (file.tooLarge || file.size > rule.maxBytes) return problem('file-too-large', { limit: rule.maxBytes })
  if (file.size === 0) return problem('file-empty')
  const is = kindOf(file.mediaType)
  const extension = extensionOf(file.name)
  const says = ALL_KINDS.find((kind) => (KINDS[kind].extensions as readonly string[]).includes(extension))
  const facts = { is: file.mediaType ?? '', accepted: rule.kinds.join(',') }
  if (says && says !== is) return problem('file-not-what-it-says', { ...facts, says })
  if (!is || !rule.kinds.includes(is)) return problem('file-kind', facts)
  // Whoever saves `x.html` and opens it trusts its name, not our content type.
  if (extension && !says)
    return problem('file-ending', { ending: extension, is: facts.is, wanted: KINDS[is].extensions[0] })
  if (file.pixels !== undefined && file.pixels > MOST_PIXELS)
    return problem('file-pixels', { millions: Math.round(file.pixels / 1e6), most: MOST_PIXELS / 1e6 })
  return undefined
}

/** A file's name with the ending of its kind; one that has none, or only a number after its last dot, is given it. */
export function nameOfKind(name: string, mediaType: string): string {
  const kind = kindOf(mediaType)
  return kind && extensionOf(name) === '' ? cleanName(`${name}.${KINDS[kind].extensions[0]}`) : name
}

/** Bytes of a file that are enough to tell its kind. */
export const HEAD_BYTES = 4100
const PDF_WITHIN = 1024

/**
 * Is this the head of a PDF? `%PDF-` stands within the first 1,024 bytes (ISO 32000-1, annex H.3.4.1), and nothing before
 * it may be the start of a web page: what is half PDF, half page is neither.
 */
export function isPdf(head: Uint8Array): boolean {
  const text = Buffer.from(head.subarray(0, PDF_WITHIN + 5)).toString('latin1')
  const at = text.indexOf('%PDF-')
  return at >= 0 && at <= PDF_WITHIN && !text.slice(0, at).includes('<')
}

/** The media type of a head that no signature names: text, page or unknown. */
export function textKind(head: Uint8Array): string | undefined {
  if (head.length === 0 || head.includes(0)) return undefined
  let text: string
  try {
    // The head may end in the middle of a character: the stream option lets it.
    text = new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true })
  } catch {
    return undefined
  }
  return /^\s*<(?:!doctype|html|script|svg|body|head|\?xml|[a-z])/iu.test(text) ? 'text/html' : 'text/plain'
}
