// Passkeys (WebAuthn): the questions a browser is asked and the check of its answers. A passkey unlocked by PIN or
// fingerprint is both factors at once. Questions travel sealed in the page and count once.
import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import { z } from 'zod'
import { seal, unseal } from '#shared/secrets.ts'
import { type PasskeyOwner, passkeyById } from '#soe/factors/reads.ts'
import { type NewPasskey, passkeyUsed, useChallenge } from '#soe/factors/store.ts'
import type { SoeDb } from '#soe/tables.ts'

export interface PasskeyHouse {
  readonly db: SoeDb
  /** 32 bytes that seal what travels in pages. */
  readonly key: Buffer
  /** Origin of SOE/WEB; passkeys belong to its host. */
  readonly origin: string
}

const MINUTES = 15
const USED = 'passkey question'

/** `options`: JSON for the browser. `sealed`: comes back with the answer. */
export interface Question {
  readonly options: string
  readonly sealed: string
}

const keptSchema = z.object({ challenge: z.string(), until: z.number(), account: z.string().optional() })

function sealQuestion(house: PasskeyHouse, kept: { challenge: string; account?: string }, now: Date): string {
  return seal(house.key, USED, JSON.stringify({ ...kept, until: now.getTime() + MINUTES * 60_000 }))
}

/** The challenge of a sealed question, once; undefined: altered, too old, or answered before. */
async function openQuestion(house: PasskeyHouse, sealed: string, now: Date) {
  const text = unseal(house.key, USED, sealed)
  const kept = text === undefined ? undefined : keptSchema.parse(JSON.parse(text))
  if (!kept || kept.until <= now.getTime()) return undefined
  const fresh = await useChallenge(house.db, { id: kept.challenge, until: new Date(kept.until) })
  return fresh ? kept : undefined
}

const rpOf = (house: PasskeyHouse) => new URL(house.origin).hostname

/** Asks for any passkey this browser has for SOE/WEB: which accounts exist is not told. */
export async function askForPasskey(house: PasskeyHouse, now: Date): Promise<Question> {
  const options = await generateAuthenticationOptions({ rpID: rpOf(house), userVerification: 'required' })
  return { options: JSON.stringify(options), sealed: sealQuestion(house, { challenge: options.challenge }, now) }
}

/** Asks to make a passkey for an account. */
export async function askForNewPasskey(
  house: PasskeyHouse,
  account: { id: string; cpf: string; name: string; present: readonly string[] },
  now: Date,
): Promise<Question> {
  const options = await generateRegistrationOptions({
    rpName: 'SOE/WEB',
    rpID: rpOf(house),
    userID: new Uint8Array(Buffer.from(account.id)),
    userName: account.cpf,
    userDisplayName: account.name,
    attestationType: 'none',
    excludeCredentials: account.present.map((id) => ({ id })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
  const kept = { challenge: options.challenge, account: account.id }
  return { options: JSON.stringify(options), sealed: sealQuestion(house, kept, now) }
}

export interface PasskeyAnswer {
  readonly answer: string
  readonly sealed: string
}

/** Whose passkey answered, or undefined when the answer does not hold. */
export async function ownerOfAnswer(
  house: PasskeyHouse,
  given: PasskeyAnswer,
  now: Date,
): Promise<PasskeyOwner | undefined> {
  const kept = await openQuestion(house, given.sealed, now)
  const response = readAnswer(given.answer) as AuthenticationResponseJSON | undefined
  if (!kept || !response) return undefined
  const owner = await passkeyById(house.db, response.id)
  if (!owner) return undefined
  const { publicKey, counter } = owner
  const checked = await verifyAuthenticationResponse({
    response,
    expectedChallenge: kept.challenge,
    expectedOrigin: house.origin,
    expectedRPID: rpOf(house),
    requireUserVerification: true,
    credential: { id: response.id, publicKey: new Uint8Array(publicKey), counter },
  }).catch(refused)
  if (!checked?.verified) return undefined
  await passkeyUsed(house.db, { id: response.id, counter: checked.authenticationInfo.newCounter, now })
  return owner
}

/** The passkey an answer has made for the account that was asked, or undefined when the answer does not hold. */
export async function passkeyOfAnswer(
  house: PasskeyHouse,
  given: PasskeyAnswer & { accountId: string; name: string },
  now: Date,
): Promise<NewPasskey | undefined> {
  const kept = await openQuestion(house, given.sealed, now)
  const response = readAnswer(given.answer) as RegistrationResponseJSON | undefined
  if (!kept || kept.account !== given.accountId || !response) return undefined
  const checked = await verifyRegistrationResponse({
    response,
    expectedChallenge: kept.challenge,
    expectedOrigin: house.origin,
    expectedRPID: rpOf(house),
    requireUserVerification: true,
  }).catch(refused)
  if (!checked?.verified) return undefined
  const { id, publicKey, counter, transports } = checked.registrationInfo.credential
  return { id, accountId: given.accountId, name: given.name, publicKey, counter, transports: transports ?? [], now }
}

/** The library throws whatever does not hold: to us every one of them is a no. */
function refused(): undefined {
  return undefined
}

const answerSchema = z.looseObject({ id: z.string().min(1).max(1400), type: z.literal('public-key') })

function readAnswer(text: string): unknown {
  const json = z
    .string()
    .max(20_000)
    .transform((value, context) => {
      const parsed = parseJson(value)
      if (parsed === undefined) context.addIssue('not JSON')
      return parsed
    })
  return json.pipe(answerSchema).safeParse(text).data
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
