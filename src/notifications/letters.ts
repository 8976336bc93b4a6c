// Writes the letters of this room from what happened. Who gets which: fan-out.ts.
import type { Happened } from '#notifications/reads/happened.ts'
import { type Event, isEvent } from '#notifications/rules/kinds.ts'
import { type LetterPlace, type Link, linkPath } from '#notifications/rules/links.ts'
import { showInstant } from '#shared/kit/dates.ts'
import { showTicketId } from '#shared/kit/identifiers/ticket-id.ts'
import { composeLetter, type LetterGroup } from '#shared/mail/compose.tsx'
import type { Letter } from '#shared/mail/letter.ts'
import { titleParts } from '#tickets/views.tsx'
import { type Lang, wordsFor } from '#words/words.ts'

/** Of a text only its beginning goes by mail: the rest is read where access is checked. */
const LONGEST_EXCERPT = 1500

export interface Reader {
  readonly address: string
  readonly lang: Lang
  /** The link that stops these letters. */
  readonly stop: Link
}

/** The same reader and event always give the same Message-ID: a second try is the same letter. */
function headersOf(place: LetterPlace, reader: Reader, ticketId?: number): Readonly<Record<string, string>> {
  const thread = ticketId === undefined ? {} : { References: `<chamado-${ticketId}@${new URL(place.url).hostname}>` }
  return {
    ...thread,
    'List-Unsubscribe': `<${stopAddress(place, reader).replace('?', '/ja?')}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  }
}

const stopAddress = (place: LetterPlace, reader: Reader): string => `${place.url}${linkPath(place, reader.stop)}`
const messageId = (place: LetterPlace, key: string): string => `${key}@${new URL(place.url).hostname}`
const readerKey = (reader: Reader): string =>
  'personId' in reader.stop
    ? `p${reader.stop.personId}`
    : Buffer.from(reader.address).toString('base64url').slice(0, 120)

/** The letter of one event for one reader. */
export function eventLetter(place: LetterPlace, reader: Reader, happened: Happened): Letter {
  const { letters } = wordsFor(reader.lang).notifications
  const { statuses } = wordsFor(reader.lang).shared
  const number = showTicketId(happened.ticketId)
  const what = whatOf(reader.lang, happened)
  return {
    to: reader.address,
    messageId: messageId(place, `aviso-${happened.entryId}-${readerKey(reader)}`),
    headers: headersOf(place, reader, happened.ticketId),
    ...composeLetter({
      lang: reader.lang,
      subject: letters.subject(number, what),
      heading: what,
      paragraphs: said(reader.lang, happened),
      facts: [
        [letters.ticket, number],
        [letters.title, happened.title],
        [letters.status, statuses[happened.status]],
        ...asked(reader.lang, happened),
        ...(happened.due ? [[letters.due, showInstant(happened.due)] as const] : []),
      ],
      action: { label: letters.open, href: `${place.url}/chamados/${happened.ticketId}` },
      foot: letters.foot,
      stop: { label: letters.stop, href: stopAddress(place, reader) },
    }),
  }
}

/** The event in a few words, with its outcome. */
function whatOf(lang: Lang, happened: Happened): string {
  const { days, outcome } = happened
  return wordsFor(lang).notifications.kinds[eventOf(happened)]({ days: days ?? 0, outcome })
}

/** Who wrote what, and what is expected by when: whoever reads the letter alone knows what the deadline does. */
function said(lang: Lang, happened: Happened): string[] {
  const { letters } = wordsFor(lang).notifications
  const { status, due, actor, at } = happened
  const event = eventOf(happened)
  const expected =
    due && status === 'pending'
      ? [letters.mustAnswer(showInstant(due))]
      : due && status === 'solved'
        ? [letters.mustDecide(showInstant(due))]
        : []
  if (event === 'infected') return [letters.infected, ...expected]
  const text = excerpt(happened, letters.goesOn)
  if (event === 'remind')
    return [
      ...expected,
      ...(text.length > 0 ? [letters.remindOf[status === 'pending' ? 'pending' : 'solved']] : []),
      ...text,
    ]
  const by = letters.by(actor, showInstant(at))
  return [text.length > 0 ? `${by}:` : `${by}.`, ...text, ...expected]
}

/** What was asked for, or how it was decided, as facts. */
function asked(lang: Lang, happened: Happened): (readonly [string, string])[] {
  const { pending, staff, faults, timeline } = wordsFor(lang).ticketPage
  const { outcome, waitingType, waitingReason, documents } = happened
  const lines = documents.map(({ name, fault }) => `${name[lang]}: ${faults[fault]}`)
  return [
    ...(outcome ? [[staff.outcome, timeline.outcomes[outcome]] as const] : []),
    ...(waitingType ? [[pending.type, waitingType[lang]] as const] : []),
    ...(waitingReason ? [[pending.reason, waitingReason] as const] : []),
    ...(lines.length > 0 ? [[pending.documents, lines.join('\n')] as const] : []),
  ]
}

/** The first letter to an address nobody has confirmed: it says that there is something, not what. `again`: when it was asked for anew. */
export function confirmLetter(
  place: LetterPlace,
  reader: Reader,
  of: { ticketId: number; confirm: Link; again?: Date },
): Letter {
  const { letters } = wordsFor(reader.lang).notifications
  const number = showTicketId(of.ticketId)
  return {
    to: reader.address,
    messageId: messageId(
      place,
      `confirmar-${of.ticketId}${of.again ? `-${of.again.getTime()}` : ''}-${readerKey(reader)}`,
    ),
    headers: headersOf(place, reader, of.ticketId),
    ...composeLetter({
      lang: reader.lang,
      subject: letters.confirmSubject(number),
      heading: letters.confirmHeading,
      paragraphs: letters.confirmText(number),
      action: { label: letters.confirm, href: `${place.url}${linkPath(place, of.confirm)}` },
      after: [letters.confirmAfter],
      foot: letters.foot,
      stop: { label: letters.stop, href: stopAddress(place, reader) },
    }),
  }
}

/** The letter of a search that counts more than its reader wanted to know of. */
export function alertLetter(
  place: LetterPlace,
  alert: { personId: number; email: string; lang: Lang; searchId: number; name: string; above: number },
  found: { count: number; at: Date },
): Letter {
  const { letters, searchAlert } = wordsFor(alert.lang).notifications
  const reader: Reader = { address: alert.email, lang: alert.lang, stop: { does: 'stop', personId: alert.personId } }
  return {
    to: reader.address,
    messageId: messageId(place, `pesquisa-${alert.searchId}-${found.at.getTime()}-${readerKey(reader)}`),
    headers: headersOf(place, reader),
    ...composeLetter({
      lang: alert.lang,
      subject: letters.alertSubject(alert.name),
      heading: searchAlert(alert.name, found.count),
      paragraphs: [letters.alertText(alert.above)],
      action: { label: letters.openSearch, href: `${place.url}/chamados?pesquisa=${alert.searchId}` },
      foot: letters.foot,
      stop: { label: letters.stop, href: stopAddress(place, reader) },
    }),
  }
}

/** The day's letter of one reader, a group for each ticket: those that are due come first, the soonest before the others. */
export function digestLetter(place: LetterPlace, reader: Reader, lines: readonly Happened[]): Letter {
  const { letters } = wordsFor(reader.lang).notifications
  const byTicket = [...Map.groupBy(lines, ({ ticketId }) => ticketId).values()]
  const dueOf = ([line]: readonly Happened[]) => line?.dueNow?.getTime() ?? Number.MAX_SAFE_INTEGER
  return {
    to: reader.address,
    messageId: messageId(place, `resumo-${lines.at(-1)?.entryId}-${readerKey(reader)}`),
    headers: headersOf(place, reader),
    ...composeLetter({
      lang: reader.lang,
      subject: letters.digestSubject(lines.length),
      heading: letters.digestHeading,
      paragraphs: [letters.digestText(lines.length, byTicket.length)],
      groups: byTicket.toSorted((a, b) => dueOf(a) - dueOf(b)).map((group) => digestGroup(place, reader.lang, group)),
      action: { label: letters.openAll, href: `${place.url}/avisos` },
      foot: letters.foot,
      stop: { label: letters.stop, href: stopAddress(place, reader) },
    }),
  }
}

function digestGroup(place: LetterPlace, lang: Lang, group: readonly Happened[]): LetterGroup {
  const { letters, clock } = wordsFor(lang).notifications
  const [{ ticketId = 0, title = '', institution = '', dueNow = null } = {}] = group
  return {
    heading: `${showTicketId(ticketId)} · ${titleParts(title).shown}`,
    href: `${place.url}/chamados/${ticketId}`,
    lines: [
      dueNow ? `${institution} · ${letters.due} ${showInstant(dueNow)}` : institution,
      ...group.map((line) => `${showInstant(line.at)} · ${whatOf(lang, line)} · ${line.actor ?? clock}`),
    ],
  }
}

function eventOf({ event }: Happened): Event {
  if (!isEvent(event)) throw new Error(`nobody is told of ${event}`)
  return event
}

function excerpt({ body }: Happened, goesOn: string): string[] {
  const text = body?.trim() ?? ''
  if (!text) return []
  const shown = text.slice(0, LONGEST_EXCERPT).toWellFormed()
  return shown.split(/\n{2,}/).concat(text.length > shown.length ? [goesOn] : [])
}
