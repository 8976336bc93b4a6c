// The signed token that lets a post survive an expired session: names the person and the path, nothing
// else.
import { createHmac, createSecretKey, timingSafeEqual } from 'node:crypto'
import type { Side } from '#shared/kit/actor.ts'

/** Longer than a session lives, so that any form that could be filled in can be kept. */
const TOKEN_HOURS = 14
const HOUR_MS = 3_600_000
/** Signed this hour: a page is drawn again at each change of its ticket. */
const MOST_SIGNED = 10_000

export interface KeepClaim {
  readonly personId: number
  readonly side: Side
  /** The post's path, or the path it lies under. */
  readonly path: string
}

export interface KeepTokens {
  sign(claim: KeepClaim, now: Date): string
  /** The claim of a genuine, unexpired token made for this path or one above it; else undefined. */
  read(token: string, path: string, now: Date): KeepClaim | undefined
}

/** Tokens under a key of at least 32 bytes. */
export function keepTokens(key: Buffer): KeepTokens {
  const secret = createSecretKey(key)
  const mac = (text: string) => createHmac('sha256', secret).update(`keep-post\n${text}`).digest()
  const signed = new Map<string, string>()
  return {
    sign({ personId, side, path }, now) {
      const until = (Math.ceil(now.getTime() / HOUR_MS) + TOKEN_HOURS) * HOUR_MS
      const claim = JSON.stringify([personId, side, path, until])
      const before = signed.get(claim)
      if (before) return before
      const text = Buffer.from(claim).toString('base64url')
      const token = `${text}.${mac(text).toString('base64url')}`
      if (signed.size >= MOST_SIGNED) signed.clear()
      signed.set(claim, token)
      return token
    },
    read(token, path, now) {
      const [text = '', given = ''] = token.split('.')
      const sum = Buffer.from(given, 'base64url')
      const wanted = mac(text)
      if (sum.length !== wanted.length || !timingSafeEqual(sum, wanted)) return undefined
      const [personId, side, base, until] = JSON.parse(Buffer.from(text, 'base64url').toString()) as [
        number,
        Side,
        string,
        number,
      ]
      const covers = path === base || path.startsWith(`${base}/`)
      return covers && until > now.getTime() ? { personId, side, path } : undefined
    },
  }
}
