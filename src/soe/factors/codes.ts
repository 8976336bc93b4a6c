// One-time codes by time (RFC 6238) and recovery codes: made, read, compared. Keeps nothing.
import { createHash, randomInt } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'

const PERIOD_SECONDS = 30
const SECRET_BYTES = 20
/** A code of the step before and after counts too: clocks differ, and typing takes time. */
const WINDOW = 1

/** A new secret, base32. */
export function newSecret(): string {
  return new Secret({ size: SECRET_BYTES }).base32
}

function totpOf(secret: string, label = ''): TOTP {
  return new TOTP({
    issuer: 'SOE/WEB',
    label,
    secret: Secret.fromBase32(secret),
    algorithm: 'SHA1',
    digits: 6,
    period: PERIOD_SECONDS,
  })
}

/** The address an authenticator reads from the QR code. `label`: whose it is. */
export function secretAddress(secret: string, label: string): string {
  return totpOf(secret, label).toString()
}

/** The step whose code was typed (spaces do not matter), or undefined when it is none of now. */
export function stepOf(secret: string, typed: string, now: Date): number | undefined {
  const token = typed.replace(/\D/g, '')
  if (token.length !== 6) return undefined
  const delta = totpOf(secret).validate({ token, timestamp: now.getTime(), window: WINDOW })
  return delta === null ? undefined : Math.floor(now.getTime() / 1000 / PERIOD_SECONDS) + delta
}

const CODES = 10
/** Without 0, 1, i, l, o: they are copied by hand. */
const LETTERS = '23456789abcdefghjkmnpqrstuvwxyz'
const GROUPS = [4, 4, 4]

/** Ten new recovery codes as they are shown: three groups of four, 59 bits each. */
export function newRecoveryCodes(): string[] {
  const letter = () => LETTERS[randomInt(LETTERS.length)]
  return Array.from({ length: CODES }, () => GROUPS.map((length) => Array.from({ length }, letter).join('')).join('-'))
}

/** What is kept of a recovery code, however it was typed; they are long enough at random for a plain hash. */
export function recoveryHash(accountId: string, typed: string): Buffer {
  const plain = typed.toLowerCase().replace(/[^a-z0-9]/g, '')
  return createHash('sha256').update(`${accountId} ${plain}`).digest()
}
