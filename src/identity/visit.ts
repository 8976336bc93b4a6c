// A door for app: the session's cookie, read and made. Which session it names is decided by the database.
import { createHash, randomBytes } from 'node:crypto'
import type { Side } from '#shared/kit/actor.ts'
import type { Cookie } from '#shared/web/site.ts'

export const SESSION_COOKIE = 'eprod_sessao'

const TOKEN_BYTES = 32
const SHAPE = /^([is])\.([A-Za-z0-9_-]{43})$/
const PREFIX: Readonly<Record<Side, string>> = { institution: 'i', staff: 's' }

/** The side (it chooses the database role) and the hash of the token; undefined: not a cookie of ours. */
export function readSessionCookie(
  value: string | undefined,
): { readonly side: Side; readonly tokenHash: Buffer } | undefined {
  const [, prefix, token] = SHAPE.exec(value ?? '') ?? []
  if (token === undefined) return undefined
  return { side: prefix === 's' ? 'staff' : 'institution', tokenHash: hashOf(token) }
}

/** A new session's secret: only its hash is kept, the token itself goes to the browser. */
export function newSessionToken(): { readonly token: string; readonly tokenHash: Buffer } {
  const token = randomBytes(TOKEN_BYTES).toString('base64url')
  return { token, tokenHash: hashOf(token) }
}

/** The cookie of a session; it ends with the browser. */
export function sessionCookie(side: Side, token: string): Cookie {
  return { name: SESSION_COOKIE, value: `${PREFIX[side]}.${token}` }
}

export function endedSessionCookie(): Cookie {
  return { name: SESSION_COOKIE, value: '' }
}

/** Tells the page's script when the session ends; no secret. */
const LIMITS_COOKIE = 'eprod_prazo'

export function limitsCookie(limits: { endsAt: Date; idleSeconds: number }): Cookie {
  return { name: LIMITS_COOKIE, value: `${limits.endsAt.getTime()}.${limits.idleSeconds}`, readable: true }
}

export function endedLimits(): Cookie {
  return { name: LIMITS_COOKIE, value: '', readable: true }
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
