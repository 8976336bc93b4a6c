// Requests that the server gives up before there is any: too long an address above all, as of a search of many values. A page
// of ours all the same, in the first language: neither address nor cookies were read.
import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyServerOptions } from 'fastify'
import { errorHtml } from '#app/errors.tsx'
import type { Doors } from '#app/visit.ts'
import { refusalText } from '#shared/ui/refusal.tsx'
import { wordsFor } from '#words/words.ts'

type Headers = readonly (readonly [string, string])[]
type Handler = NonNullable<FastifyServerOptions['clientErrorHandler']>

/** By the codes of Node's parser; any other is no request at all. */
const KNOWN = {
  HPE_HEADER_OVERFLOW: { status: 431, code: 'address-too-long' },
  ERR_HTTP_REQUEST_TIMEOUT: { status: 408, code: 'bad-request' },
} as const
const OTHER = { status: 400, code: 'bad-request' } as const

export function answerUnread(doors: Pick<Doors, 'demo' | 'now'>, headers: Headers): Handler {
  return (error, socket: Socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
    const { status, code } = KNOWN[error.code as keyof typeof KNOWN] ?? OTHER
    const words = wordsFor('pt-BR')
    const guest = { words, lang: 'pt-BR' as const, theme: undefined, now: doors.now(), path: '/', demo: doors.demo }
    const body = Buffer.from(errorHtml(guest, { text: refusalText(words, code), status }))
    const lines = [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      ...headers.map(([name, value]) => `${name}: ${value}`),
      'content-type: text/html; charset=utf-8',
      `content-length: ${body.length}`,
      'cache-control: no-store',
      'connection: close',
    ]
    socket.end(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), body]), () => socket.destroy())
  }
}
