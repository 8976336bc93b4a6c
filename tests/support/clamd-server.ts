// A small server that speaks clamd's protocol: the other side of the scanner. What it says to a content is told by the test.
import { createServer, type Server, type Socket } from 'node:net'

export interface ClamdServer {
  /** As CLAMD_URL. */
  readonly url: string
  /** The contents that came whole. */
  readonly seen: Buffer[]
  close(): Promise<void>
}

/** The answer of an honest scanner: the EICAR test file is found, all else is clean. */
export function honest(content: Buffer): string {
  return content.includes(EICAR) ? 'stream: Eicar-Test-Signature FOUND\0' : 'stream: OK\0'
}

/** The harmless file that every scanner finds, put together here so that none finds it in the project. */
export const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR', 'STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('-')

const COMMAND = 'zINSTREAM\0'

/** `answer`: what is said to a whole content; undefined: nothing, the line stays open. `path`: a socket instead of a port. */
export async function startClamd(
  answer: (content: Buffer) => string | undefined = honest,
  path?: string,
): Promise<ClamdServer> {
  const seen: Buffer[] = []
  const open = new Set<Socket>()
  const server = createServer((socket) => {
    open.add(socket)
    socket.on('close', () => open.delete(socket))
    socket.on('error', () => {})
    const parts: Buffer[] = []
    socket.on('data', (piece) => {
      parts.push(piece)
      const content = wholeIn(Buffer.concat(parts))
      if (!content) return
      seen.push(content)
      const said = answer(content)
      if (said !== undefined) socket.end(said)
    })
  })
  await new Promise<void>((listening) =>
    path ? server.listen(path, listening) : server.listen(0, '127.0.0.1', listening),
  )
  return {
    url: path ? `unix:${path}` : `tcp://127.0.0.1:${portOf(server)}`,
    seen,
    close: async () => {
      for (const socket of open) socket.destroy()
      await new Promise((closed) => server.close(closed))
    },
  }
}

function portOf(server: Server): number {
  const address = server.address()
  return typeof address === 'object' ? (address?.port ?? 0) : 0
}

/** The content of a whole INSTREAM; undefined while it is not. */
function wholeIn(bytes: Buffer): Buffer | undefined {
  if (bytes.length < COMMAND.length) return undefined
  if (bytes.subarray(0, COMMAND.length).toString() !== COMMAND) throw new Error('not INSTREAM')
  const content: Buffer[] = []
  for (let at = COMMAND.length; at + 4 <= bytes.length; ) {
    const length = bytes.readUInt32BE(at)
    if (length === 0) return Buffer.concat(content)
    if (at + 4 + length > bytes.length) return undefined
    content.push(bytes.subarray(at + 4, at + 4 + length))
    at += 4 + length
  }
  return undefined
}
