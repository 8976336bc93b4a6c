// The doors between rooms and the web server: what a handler is given and what it answers. app/ builds them.
import type { Readable } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Tx } from '#shared/db/connect.ts'
import type { Actor } from '#shared/kit/actor.ts'
import type { Lang, Words } from '#words/words.ts'

/** What every page knows, signed in or not. */
export interface Guest {
  readonly words: Words
  readonly lang: Lang
  readonly theme: 'light' | 'dark' | undefined
  readonly now: Date
  /** Path with query, as asked. */
  readonly path: string
  /** The demonstration accounts may be shown (EPROD_DEMO=1). */
  readonly demo: boolean
}

/** A signed-in request: one transaction of the visitor's database role, in which row-level security knows who asks. */
export interface Visit extends Guest {
  readonly tx: Tx
  readonly actor: Actor
  /** What was posted; empty on GET. Files were streamed to disk before the transaction began. */
  readonly posted: Posted
  /**
   * Notes that this person reads personal data: of a ticket, of a draft, in a list, by a person's number (masked). Written within a
   * second, never waited for.
   */
  noteReading(what: keyof Words['journal']['readings'], id: number | string): void
  /** Signed token that lets a post to this path survive an expired session for an hour; put first in every form. */
  keepToken(path: string): string
}

/** Field of a kept post that names the files there was no room for, each as `field/name`. */
export const NOT_KEPT = 'nao-guardados'

/** Fields as lists of what was typed (order kept), and the files. */
export interface Posted {
  readonly fields: Readonly<Record<string, readonly string[]>>
  readonly files: readonly ReceivedFile[]
}

/** A file streamed to disk: hashed, measured, its true type told by its content. Removed after the answer unless taken. */
export interface ReceivedFile {
  /** Name of the form field. */
  readonly field: string
  /** As the browser named it, cleaned of paths and control characters; 1–255 characters. */
  readonly name: string
  readonly size: number
  readonly sha256: Buffer
  /** By content: a media type, or undefined when it is none that is known. */
  readonly mediaType: string | undefined
  /** Of a picture, as its head says; undefined: none, or not told there. */
  readonly pixels?: number | undefined
  /** The stream was cut at the limit: the file on disk is not whole. */
  readonly tooLarge: boolean
  readonly path: string
}

/** What a handler answers; app/ sends it after the commit. */
export type Answer =
  | { readonly html: string; readonly status?: number; readonly cookies?: readonly Cookie[] }
  | { readonly redirect: string; readonly cookies?: readonly Cookie[] }
  | { readonly json: unknown; readonly status?: number }
  | {
      readonly stream: Readable
      readonly headers: Readonly<Record<string, string>>
      readonly status?: number
    }

/** A cookie to set; `value: ''` ends it. Always HttpOnly unless `readable`, SameSite=Lax; Secure and `__Host-` under https. */
export interface Cookie {
  readonly name: string
  readonly value: string
  readonly maxAgeSeconds?: number
  readonly readable?: boolean
}

/** A request whose body the handler reads, and which it answers, by itself. */
export interface Streamed {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  /** Runs work in a visit of its own, as often as needed: no transaction waits for bytes. Refuses `sign-in-first`. */
  visit<T>(work: (visit: Visit) => Promise<T>): Promise<T>
}

export type VisitHandler = (visit: Visit, request: FastifyRequest) => Promise<Answer>
export type GuestHandler = (guest: Guest, request: FastifyRequest) => Promise<Answer>
export type StreamHandler = (streamed: Streamed) => Promise<void>

/** A read that may take long: few at once for a person and for an institution, given up when the browser has gone away. */
export interface Heavy {
  /** Of which addresses; all of the route's unless said. */
  readonly when?: (path: string) => boolean
  /** The person's next one takes the place of the last. */
  readonly latest?: boolean
}

/** Where rooms register their routes. Each room's web/*.tsx exports `routes(site)`. */
export interface Site {
  /** Signed-in pages. Without a session: GET goes to /entrar and comes back, POST is kept for an hour. */
  get(path: string, handler: VisitHandler, heavy?: Heavy): void
  /** Writes: origin checked, body parsed (urlencoded, multipart or JSON) into `visit.posted`. */
  post(path: string, handler: VisitHandler): void
  /** Pages anyone may open. */
  openGet(path: string, handler: GuestHandler): void
  /** Pages anyone may open that keep the signed-in shell: the handler is given a Visit when there is a session. */
  eitherGet(path: string, handler: GuestHandler): void
  openPost(path: string, handler: GuestHandler): void
  /** As openPost; the handler is given a Visit when there is a session. */
  eitherPost(path: string, handler: GuestHandler): void
  /** Posts of other programs, which bring their own proof: no origin is asked for. Never acts for a cookie. */
  machinePost(path: string, handler: GuestHandler): void
  /** Bodies that are streams: origin checked, nothing parsed. `heavy`: until the last byte of the answer is sent. */
  stream(method: 'POST' | 'PATCH' | 'HEAD' | 'DELETE', path: string, handler: StreamHandler, heavy?: Heavy): void
}

/** The first value posted under a name, trimmed; '' when absent. */
export function fieldOf(posted: Posted, name: string): string {
  return posted.fields[name]?.[0]?.trim() ?? ''
}
