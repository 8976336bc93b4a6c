// What the browser carries while it signs in, sealed: one cookie for each running sign-in, so that two tabs do not
// disturb each other. Also the proof for leaving the provider after a refused entry.
import { z } from 'zod'
import type { Flow } from '#identity/provider.ts'
import { destinationOf } from '#identity/rules/destination.ts'
import { seal, unseal } from '#shared/secrets.ts'
import type { Cookie } from '#shared/web/site.ts'

const MINUTES = 10
const MOST = 5
const FLOW = 'eprod_entrada_'
/** What we named: others cannot be set again, a browser sends whatever it was given. */
const OURS = /^eprod_entrada_[\w-]{43}$/
const LEAVE = 'eprod_saida'
/** Browsers drop cookies over 4 kB. */
const LONGEST = 3500

type Cookies = Readonly<Record<string, string | undefined>>

const schema = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  to: z.string(),
  maxAge: z.number(),
  until: z.number(),
})

/** The cookie of a new flow; with too many unfinished ones around they end. */
export function flowCookies(key: Buffer, flow: Flow, given: { present: Cookies; now: Date }): Cookie[] {
  const old = Object.keys(given.present).filter((name) => OURS.test(name))
  const ended = old.length >= MOST ? old.map((name) => ({ name, value: '' })) : []
  const name = FLOW + flow.state
  const until = given.now.getTime() + MINUTES * 60_000
  return [...ended, { name, value: seal(key, name, JSON.stringify({ ...flow, until })), maxAgeSeconds: MINUTES * 60 }]
}

/** The flow of a `state`, unless this browser did not start it, it is over, or it was altered. */
export function readFlow(key: Buffer, state: string, given: { present: Cookies; now: Date }): Flow | undefined {
  const name = FLOW + state
  const text = unseal(key, name, given.present[name] ?? '')
  if (text === undefined) return undefined
  const { until, ...flow } = schema.parse(JSON.parse(text))
  const to = destinationOf(flow.to)
  return until > given.now.getTime() && flow.state === state ? { ...flow, to: to ?? '/' } : undefined
}

export function endedFlow(state: string): Cookie {
  return { name: FLOW + state, value: '' }
}

/** Keeps the ID token of a refused entry, so that *Entrar com outra conta* can leave the provider without asking. */
export function leaveCookie(key: Buffer, idToken: string): Cookie[] {
  const value = seal(key, LEAVE, idToken)
  return value.length <= LONGEST ? [{ name: LEAVE, value, maxAgeSeconds: MINUTES * 60 }] : []
}

export function readLeave(key: Buffer, present: Cookies): string | undefined {
  return unseal(key, LEAVE, present[LEAVE] ?? '')
}

export function endedLeave(): Cookie {
  return { name: LEAVE, value: '' }
}
