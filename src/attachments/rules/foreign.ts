// Files that are two things at once (polyglots): a PDF or picture whose other half is read by other programs. Told by their
// first and last bytes alone, where such programs look; what phones and signers add to their files is left in peace. Pure.

/** Bytes at the end of a file within which a ZIP's end record lies with the longest comment it may have (APPNOTE 4.3.16). */
export const TAIL_BYTES = 22 + 65_535

const END_RECORD = Buffer.from('PK\x05\x06', 'latin1')
/** Read from any place in a file, so that it may follow anything: RAR 4 and 5, 7z. */
const ARCHIVES: readonly (readonly [mark: Buffer, mediaType: string])[] = [
  [Buffer.from('Rar!\x1a\x07', 'latin1'), 'application/vnd.rar'],
  [Buffer.from('7z\xbc\xaf\x27\x1c', 'latin1'), 'application/x-7z-compressed'],
]
/** The last thing of a whole file of a kind. */
const END_MARKS: Readonly<Record<string, Buffer>> = {
  'application/pdf': Buffer.from('%%EOF'),
  'image/png': Buffer.from('IEND\xaeB`\x82', 'latin1'),
  'image/jpeg': Buffer.from([0xff, 0xd9]),
}
const PAGE = /<(?:!doctype|html|head|body|script|iframe|svg|\?php)\b/i

/**
 * What else a file of this media type is, as a media type; undefined: nothing else. `head`: at least its first 1,029 bytes,
 * `tail`: at most TAIL_BYTES of its end.
 */
export function otherKindOf(mediaType: string, head: Buffer, tail: Buffer): string | undefined {
  const end = END_MARKS[mediaType]
  if (!end) return undefined
  // Where a reader of PDF looks for one (ISO 32000-1, annex H.3.4.1).
  if (mediaType !== 'application/pdf' && head.subarray(0, 1029).includes('%PDF-')) return 'application/pdf'
  if (endsAsZip(tail)) return 'application/zip'
  const behind = tail.subarray(Math.max(0, tail.lastIndexOf(end)))
  const archive = ARCHIVES.find(([mark]) => behind.includes(mark))
  if (archive) return archive[1]
  return PAGE.test(behind.toString('latin1')) ? 'text/html' : undefined
}

/** Is there an end record whose comment goes to the last byte, blanks aside? A ZIP inside a PDF's stream does not end the file. */
function endsAsZip(tail: Buffer): boolean {
  const length = tail.toString('latin1').trimEnd().length
  for (let at = tail.lastIndexOf(END_RECORD); at >= 0; at = at > 0 ? tail.lastIndexOf(END_RECORD, at - 1) : -1) {
    if (at + 22 > tail.length) continue
    const ends = at + 22 + tail.readUInt16LE(at + 20)
    if (ends >= length && ends <= tail.length) return true
  }
  return false
}
