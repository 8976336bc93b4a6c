// Asks a virus scanner that speaks clamd's protocol (INSTREAM) what it thinks of a content. Whoever does not answer, in time
// and as the protocol says, has not said that the content is clean.
import { connect, type Socket } from 'node:net'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

export type Verdict = { readonly kind: 'clean' } | { readonly kind: 'infected'; readonly virus: string }

export interface Scanner {
  /** Throws when there is no verdict: nobody there, too slow, an error or an answer that is none. */
  scan(content: Readable): Promise<Verdict>
}

const ANSWER_MS = 120_000
const LONGEST_ANSWER = 1000
const LONGEST_NAME = 200

/** A scanner at `tcp://host:port` or `unix:/path`. */
export function clamdAt(address: string, milliseconds = ANSWER_MS): Scanner {
  const url = new URL(address)
  const place =
    url.protocol === 'unix:'
      ? { path: decodeURIComponent(url.pathname) }
      : { host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port) }
  return { scan: (content) => scan(() => connect(place), content, milliseconds) }
}

async function scan(open: () => Socket, content: Readable, milliseconds: number): Promise<Verdict> {
  const socket = open()
  const late = setTimeout(() => socket.destroy(new Error('the scanner did not answer in time')), milliseconds)
  const answer = answerOf(socket)
  // What cannot be sent any more may have been answered already; the answer alone counts.
  const sent = pipeline(Readable.from(framed(content)), socket, { end: false }).catch((error: Error) => {
    socket.destroy(error)
  })
  try {
    return verdictOf(await answer)
  } finally {
    clearTimeout(late)
    socket.destroy()
    content.destroy()
    await sent
  }
}

/** Each piece behind its length (four bytes, the highest first); a length of nothing ends them. */
async function* framed(content: Readable): AsyncGenerator<Buffer> {
  yield Buffer.from('zINSTREAM\0')
  for await (const piece of content as AsyncIterable<Buffer>) {
    if (piece.length > 0) yield Buffer.concat([lengthOf(piece.length), piece])
  }
  yield lengthOf(0)
}

function lengthOf(n: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(n)
  return bytes
}

/** Up to its closing NUL. */
async function answerOf(socket: Socket): Promise<string> {
  return await new Promise((resolve, reject) => {
    let said = ''
    socket.on('data', (piece) => {
      said += piece.toString('latin1')
      if (said.includes('\0')) resolve(said.slice(0, said.indexOf('\0')))
      else if (said.length > LONGEST_ANSWER) reject(new Error('the scanner says too much'))
    })
    socket.on('error', reject)
    socket.on('close', () => reject(new Error('the scanner hung up')))
  })
}

function verdictOf(answer: string): Verdict {
  if (answer === 'stream: OK') return { kind: 'clean' }
  const virus = /^stream: ([\x21-\x7e]+) FOUND$/.exec(answer)?.[1]
  if (virus) return { kind: 'infected', virus: virus.slice(0, LONGEST_NAME) }
  throw new Error(`the scanner answered: ${JSON.stringify(answer.slice(0, LONGEST_NAME))}`)
}
