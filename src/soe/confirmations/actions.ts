// Writes to the masters of an institution when classes are to be confirmed or dropped: once about each period of a class.
// The page where they answer: web/master/confirmation.tsx.
import { DAY_MS, showParts } from '#shared/kit/dates.ts'
import { composeLetter } from '#shared/mail/compose.tsx'
import { postLetter } from '#shared/mail/store.ts'
import { writeAudit } from '#soe/accounts/store.ts'
import {
  activeMasters,
  institutionsToAsk,
  type Master,
  markAsked,
  type UnaskedClass,
  unaskedClasses,
} from '#soe/confirmations/store.ts'
import { confirmationMonths } from '#soe/operators/reads.ts'
import { confirmationState, confirmBy } from '#soe/operators/rules.ts'
import { lockInstitution } from '#soe/operators/store.ts'
import { inScope, type SoeDb, type SoeTx } from '#soe/tables.ts'
import { wordsFor } from '#words/words.ts'

/** A letter goes when a class falls due within a week, and tells all that the page asks about: so none comes each day. */
const URGENT_DAYS = 7
/** More stand on the page alone. */
const MOST_NAMED = 12
const SHORTEST_MONTH_DAYS = 28

interface Asking {
  /** Origin that the link begins with. */
  readonly origin: string
  readonly now: Date
}

/** Writes to every institution's masters who have something to answer. Returns how many letters were posted. */
export async function askForConfirmations(db: SoeDb, asking: Asking): Promise<number> {
  const months = await confirmationMonths(db)
  if (months === 0) return 0
  const { now } = asking
  // Nothing held since later can be due soon: the rest is decided by the rules.
  const before = new Date(now.getTime() - (months - 1) * SHORTEST_MONTH_DAYS * DAY_MS)
  let letters = 0
  for (const institutionId of await institutionsToAsk(db, { before, now })) {
    letters += await inScope(db, institutionId, (tx) => ask(tx, { ...asking, institutionId, before, months }))
  }
  return letters
}

interface Institution extends Asking {
  readonly institutionId: number
  readonly before: Date
  readonly months: number
}

/** Takes its turn at the institution, so that of two workers at once one writes. */
async function ask(tx: SoeTx, given: Institution): Promise<number> {
  const { institutionId, months, now } = given
  await lockInstitution(tx, institutionId)
  const listed = (await unaskedClasses(tx, given)).filter(
    (one) => confirmationState(one.since, months, now) !== 'fresh',
  )
  const urgentBy = new Date(now.getTime() + URGENT_DAYS * DAY_MS)
  const masters = listed.some((one) => dueOf(one, months) <= urgentBy) ? await activeMasters(tx, institutionId) : []
  // Without a master who can answer it waits for one.
  if (masters.length === 0) return 0
  await markAsked(tx, listed)
  for (const master of masters) await write(tx, { ...given, master, listed })
  const facts = { classes: listed.length, masters: masters.map((one) => one.name) }
  await writeAudit(tx, { at: now, event: 'confirmation-asked', actorId: null, accountId: null, institutionId, facts })
  return masters.length
}

function dueOf(held: UnaskedClass, months: number): Date {
  return confirmBy(held.since, months) ?? held.since
}

async function write(
  tx: SoeTx,
  given: Institution & { master: Master; listed: readonly UnaskedClass[] },
): Promise<void> {
  // The first language: which one the person reads is not known here.
  const lang = 'pt-BR'
  const { soeLetters, soeHouse } = wordsFor(lang)
  const text = soeLetters.confirmation
  const { origin, now, master, listed, institutionId, months } = given
  const named = listed.slice(0, MOST_NAMED)
  const day = (one: UnaskedClass) => showParts(dueOf(one, months)).day
  const first = listed[0]
  const content = composeLetter({
    lang,
    subject: text.subject,
    heading: text.heading(master.name),
    paragraphs: [text.lead(months), text.count(listed.length, first ? day(first) : '')],
    facts: named.map((one) => [one.name, text.line(soeHouse.className(one.class), day(one))] as const),
    action: { label: text.button, href: `${origin}/soe/confirmacao` },
    after: [...(listed.length > named.length ? [text.more(listed.length - named.length)] : []), text.stays],
    foot: soeLetters.foot,
  })
  const messageId = `confirmation-${institutionId}-${master.id}-${now.getTime()}@${new URL(origin).hostname}`
  await postLetter(tx, { to: master.email, messageId, ...content }, now)
}
