// Long reads, few at once for a person and for an institution: the others' pages find a connection of the database free.
// Counted in this process alone, as its connections are.
import type { Actor } from '#shared/kit/actor.ts'
import { Refusal } from '#shared/refusals.ts'

type Who = Pick<Actor, 'personId' | 'institutionId'>

/** At work for a person and for an institution: a side has ten connections (start.ts). */
const MOST: Who = { personId: 2, institutionId: 5 }
/** Waiting for a person, and for how long. */
const MOST_WAITING = 4
const WAIT_MS = 10_000

/**
 * Runs `work` when there is room for it. Refuses `too-many-at-once` when as many wait already, or none has ended in time;
 * throws the signal's reason when it is given up while it waits.
 */
export type Gate = <T>(who: Who, signal: AbortSignal, work: () => Promise<T>) => Promise<T>

export function makeGate(): Gate {
  const running = new Set<Who>()
  const waiting = new Map<Who, () => void>()
  const count = (all: Iterable<Who>, key: keyof Who, who: Who) => [...all].filter((one) => one[key] === who[key]).length
  const hasRoom = (who: Who) =>
    count(running, 'personId', who) < MOST.personId && count(running, 'institutionId', who) < MOST.institutionId
  const turnOf = async (who: Who, signal: AbortSignal) => {
    const given = AbortSignal.any([signal, AbortSignal.timeout(WAIT_MS)])
    await new Promise<void>((resolve) => {
      waiting.set(who, resolve)
      given.addEventListener('abort', () => resolve(), { once: true })
    })
    waiting.delete(who)
    signal.throwIfAborted()
    if (!running.has(who)) throw new Refusal('too-many-at-once')
  }
  return async ({ personId, institutionId }, signal, work) => {
    const who = { personId, institutionId }
    signal.throwIfAborted()
    try {
      if (hasRoom(who)) running.add(who)
      else if (count(waiting.keys(), 'personId', who) >= MOST_WAITING) throw new Refusal('too-many-at-once')
      else await turnOf(who, signal)
      return await work()
    } finally {
      running.delete(who)
      for (const [next, begin] of waiting) {
        if (!running.has(next) && hasRoom(next)) {
          running.add(next)
          begin()
        }
      }
    }
  }
}
