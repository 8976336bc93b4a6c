// The browser a try comes from. At its first sign-in it is given a random name, which it keeps for a year; which accounts it has
// signed in as is known by the tries (OWASP, Device Cookies).
import { createHash, randomBytes } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { addressKey, type TriedFrom } from '#soe/accounts/rules.ts'

const COOKIE = /(?:^|;\s*)aparelho=([\w-]{22})(?:;|$)/
const YEAR_SECONDS = 365 * 24 * 60 * 60

const hashOf = (name: string): string => createHash('sha256').update(name).digest('hex')

/** Where a request comes from, as tries are counted. */
export function triedFrom(request: FastifyRequest): TriedFrom {
  const name = COOKIE.exec(request.headers.cookie ?? '')?.[1]
  return { address: addressKey(request.ip), device: name === undefined ? null : hashOf(name) }
}

/** The same at a successful sign-in: a browser without a name is given one, any other keeps its own for another year. */
export function nameDevice(request: FastifyRequest, reply: FastifyReply, secure: boolean): TriedFrom {
  const name = COOKIE.exec(request.headers.cookie ?? '')?.[1] ?? randomBytes(16).toString('base64url')
  const cookie = `aparelho=${name}; Path=/soe; Max-Age=${YEAR_SECONDS}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`
  reply.raw.appendHeader('set-cookie', cookie)
  return { address: addressKey(request.ip), device: hashOf(name) }
}
