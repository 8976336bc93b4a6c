// What is done when something happened: bell lines and letters for whoever is to know, each once, whatever runs twice.
import { confirmLetter, digestLetter, eventLetter, type Reader } from '#notifications/letters.ts'
import { type Happened, happenedIn } from '#notifications/reads/happened.ts'
import { addressState, addressToAsk, digestReaders, relatedTo } from '#notifications/reads.ts'
import { isEvent, KINDS, type Related, wayOf } from '#notifications/rules/kinds.ts'
import type { LetterPlace } from '#notifications/rules/links.ts'
import { dropOld, holdLetter, insertNotifications, noteAddress, takeDigest, takeHeld } from '#notifications/store.ts'
import type { Db, Tx } from '#shared/db/connect.ts'
import { DAY_MS } from '#shared/kit/dates.ts'
import { isMailAddress } from '#shared/kit/mail-address.ts'
import { postLetter } from '#shared/mail/store.ts'
import type { Lang } from '#words/words.ts'

/** The job of the journal's trigger (0041-notifications.sql), and those of a confirmed address and of one to be asked again. */
export const FAN_OUT = 'journal.fan-out'
export const RELEASE_HELD = 'notifications.release-held'
export const ASK_ADDRESS = 'notifications.ask-address'

const HELD_MS = 7 * DAY_MS
const BELL_MS = 180 * DAY_MS

interface Post {
  readonly tx: Tx
  readonly place: LetterPlace
  readonly now: Date
}

/** Tells people of these entries. In one transaction: bell lines, letters and their jobs come together or not at all. */
export async function fanOut(
  db: Db,
  entryIds: readonly number[],
  given: { place: LetterPlace; now: Date },
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const post = { tx, ...given }
    const events = (await happenedIn(tx, entryIds)).filter(({ event }) => isEvent(event))
    const people = await relatedTo(tx, [...new Set(events.map(({ ticketId }) => ticketId))], given.now)
    const lines = events.flatMap((happened) => linesOf(happened, people.get(happened.ticketId) ?? []))
    const fresh = await insertNotifications(
      tx,
      lines.map(({ person, happened, way }) => ({ ...happened, personId: person.personId, digest: way === 'digest' })),
    )
    for (const { person, happened, way } of lines) {
      if (way !== 'letter' || !fresh.has(`${person.personId} ${happened.entryId}`)) continue
      if (isMailAddress(person.email))
        await postLetter(tx, eventLetter(given.place, readerOf(person), happened), given.now)
    }
    for (const happened of events) await tellTyped(post, happened, people.get(happened.ticketId) ?? [])
  })
}

function linesOf(happened: Happened, people: readonly Related[]) {
  const { event } = happened
  return people.flatMap((person) => {
    const way = isEvent(event) ? wayOf(person, { ...happened, event }) : undefined
    return way ? [{ person, happened, way }] : []
  })
}

function readerOf(person: Related): Reader {
  return { address: person.email, lang: person.lang, stop: { does: 'stop', personId: person.personId } }
}

const typedIn = ({ notifyEmail }: Happened): string => notifyEmail?.trim().toLowerCase() ?? ''

/** The address typed into the form, where it is no person's own (guide step 5). */
async function tellTyped(post: Post, happened: Happened, people: readonly Related[]): Promise<void> {
  const address = typedIn(happened)
  const { event, institutionId } = happened
  if (!isEvent(event) || !KINDS[event].institution || happened.staffOnly || !isMailAddress(address)) return
  if (people.some((one) => one.relations.includes('typed'))) return
  const of = { institutionId, address }
  const reader: Reader = { address, lang: langOf(people), stop: { does: 'stop', ...of } }
  const state = await addressState(post.tx, of)
  if (state?.stopped) return
  if (state?.confirmed) return await postLetter(post.tx, eventLetter(post.place, reader, happened), post.now)
  if (await noteAddress(post.tx, of, post.now)) {
    const confirm = { does: 'confirm', ...of } as const
    await postLetter(post.tx, confirmLetter(post.place, reader, { ticketId: happened.ticketId, confirm }), post.now)
  }
  await holdLetter(post.tx, { ...of, entryId: happened.entryId, until: new Date(post.now.getTime() + HELD_MS) })
}

/** Sends a ticket's typed address its link again. */
export async function askAgain(db: Db, ticketId: number, given: { place: LetterPlace; now: Date }): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const asked = await addressToAsk(tx, ticketId)
    if (!asked || !isMailAddress(asked.address)) return
    const { at, ...of } = asked
    const people = await relatedTo(tx, [ticketId], given.now)
    const lang = langOf(people.get(ticketId) ?? [])
    const reader: Reader = { address: of.address, lang, stop: { does: 'stop', ...of } }
    const confirm = { does: 'confirm', ...of } as const
    await postLetter(tx, confirmLetter(given.place, reader, { ticketId, confirm, again: at }), given.now)
  })
}

/** A typed address is written to in the language of whoever typed it. */
function langOf(people: readonly Related[]): Lang {
  return people.find((one) => one.relations.includes('requester'))?.lang ?? 'pt-BR'
}

/** Sends what waited for an address that is confirmed now, of the tickets that still name it. */
export async function releaseHeld(
  db: Db,
  of: { institutionId: number; address: string },
  given: { place: LetterPlace; now: Date },
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    if (!(await addressState(tx, of))?.confirmed) return
    const held = (await happenedIn(tx, await takeHeld(tx, of))).filter((one) => typedIn(one) === of.address)
    const people = await relatedTo(tx, [...new Set(held.map(({ ticketId }) => ticketId))], given.now)
    for (const happened of held) {
      const lang = langOf(people.get(happened.ticketId) ?? [])
      const reader: Reader = { address: of.address, lang, stop: { does: 'stop', ...of } }
      await postLetter(tx, eventLetter(given.place, reader, happened), given.now)
    }
  })
}

/** The daily letters; each person's in a transaction of its own. Whoever chose no mail meanwhile gets none. */
export async function sendDigests(db: Db, given: { place: LetterPlace; now: Date }): Promise<void> {
  for (const reader of await db.transaction().execute((tx) => digestReaders(tx, given.now))) {
    await db.transaction().execute(async (tx) => {
      const lines = await happenedIn(tx, await takeDigest(tx, reader.personId))
      if (lines.length === 0 || reader.scope === 'none' || !isMailAddress(reader.email)) return
      const stop = { does: 'stop', personId: reader.personId } as const
      const letter = digestLetter(given.place, { address: reader.email, lang: reader.lang, stop }, lines)
      await postLetter(tx, letter, given.now)
    })
  }
}

/** Forgets letters nobody confirmed in time and bell lines of half a year ago. */
export async function forgetOld(db: Db, now: Date): Promise<void> {
  await db.transaction().execute((tx) => dropOld(tx, now, new Date(now.getTime() - BELL_MS)))
}
