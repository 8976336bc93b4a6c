// The signed token that lets a post survive an expired session: names the person and the path, nothing
// else.
import { createHmac, createSecretKey, timingSafeEqual } from 'node:crypto'
import type { Side } from '#shared/kit/actor.ts'

/** Longer than a session lives, so that any form that could be filled in can be kept. */
const TOKEN_HOURS = 14

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
  return {
    sign(claim, now) {
      const until = now.getTime() + TOKEN_HOURS * 3_600_000
      const text = Buffer.from(JSON.stringify([claim.personId, claim.side, claim.path, until])).toString('base64url')
      return `${text}.${mac(text).toString('base64url')}`
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
