// Which changes an open page hears of. Pure: the session is asked again elsewhere.
import type { Actor } from '#shared/kit/actor.ts'

/** As the trigger of the journal tells it: ticket (0: many), its institution, and whether it is the staff's own. */
export type LiveEntry = readonly [ticketId: number, institutionId: number, staffOnly: boolean]

/** The tickets of these changes this person may see; 0 stands for many. An institution of 0 stands for all. */
export function hears(actor: Pick<Actor, 'side' | 'institutionId'>, entries: readonly LiveEntry[]): number[] {
  const heard = entries.filter(
    ([, institutionId, staffOnly]) =>
      actor.side === 'staff' || (!staffOnly && (institutionId === actor.institutionId || institutionId === 0)),
  )
  return [...new Set(heard.map(([ticketId]) => ticketId))]
}
