// Does a part of a PDF unfold to more than anybody can open? Counted piece by piece and thrown away, so that counting needs no
// memory. Used by look.ts, which knows nothing else of the house.
import { Readable } from 'node:stream'
import { createInflate } from 'node:zlib'

/** A page at 600 dots an inch in full colour has 100 MiB; an A3 one twice as many. */
const MOST_BYTES = 512 * 1024 ** 2
/** Parts that are looked at; a document has one for each page and picture. */
const MOST_PARTS = 20_000
const PIECE_BYTES = 64 * 1024

/** `raw`: the PDF as text of single bytes. */
export async function isBomb(raw: string): Promise<boolean> {
  let parts = 0
  for (const { index, 0: mark } of raw.matchAll(/(?<!end)stream\r?\n/g)) {
    parts += 1
    if (parts > MOST_PARTS) return false
    const times = timesPacked(raw.slice(Math.max(0, index - 2000), index))
    if (times === 0) continue
    const from = index + mark.length
    const to = raw.indexOf('endstream', from)
    if (await unfoldsTooFar(Buffer.from(raw.slice(from, to < 0 ? undefined : to), 'latin1'), times)) return true
  }
  return false
}

/** How often what follows is packed, by the dictionary before it (ISO 32000-1, 7.4.4). */
function timesPacked(before: string): number {
  const dictionary = before.slice(before.lastIndexOf(' obj') + 1)
  return (/\/Filter\s*(\/\w+|\[[^\]]*\])/.exec(dictionary)?.[1]?.match(/FlateDecode|\/Fl\b/g) ?? []).length
}

async function unfoldsTooFar(packed: Buffer, times: number): Promise<boolean> {
  let size = 0
  const pieces = function* () {
    for (let at = 0; at < packed.length; at += PIECE_BYTES) yield packed.subarray(at, at + PIECE_BYTES)
  }
  let unfolding: NodeJS.ReadableStream = Readable.from(pieces())
  for (let n = 0; n < Math.min(times, 8); n++) unfolding = unfolding.on('error', () => {}).pipe(createInflate())
  try {
    for await (const piece of unfolding as AsyncIterable<Buffer>) {
      size += piece.length
      if (size > MOST_BYTES) return true
    }
  } catch {
    // Broken or cut off: whoever reads it gets no further either.
  }
  return false
}
