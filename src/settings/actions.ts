// What an administrator (904) can do to the settings, and a supervisor (902) to deadlines with their calendar (for those that start
// afterwards); files, limits of sessions. Each change is recorded.
import { record } from '#journal/actions.ts'
import type { Entry } from '#journal/rules.ts'
import { calendarSpans, settingsNow } from '#settings/reads.ts'
import { DAY_KINDS, type DayKind } from '#settings/rules/working-days.ts'
import { MOST_FILE_BYTES, type Settings } from '#settings/rules.ts'
import { deleteSpan, insertSpan, lockSettings, type NamedSpan, putSetting, updateSpan } from '#settings/store.ts'
import type { Tx } from '#shared/db/connect.ts'
import type { Actor } from '#shared/kit/actor.ts'
import { type AdminPage, mayOpen } from '#shared/kit/admin-pages.ts'
import { DAY_MS } from '#shared/kit/dates.ts'
import { isoDate } from '#shared/kit/iso-date.ts'
import { bad, type Checked, good, type Problem } from '#shared/problems.ts'
import { Refusal } from '#shared/refusals.ts'

export interface Administrator {
  readonly tx: Tx
  readonly actor: Actor
  readonly now: Date
}

/** What was typed of new days. */
export interface TypedSpan {
  readonly kind: string
  readonly firstDay: string
  readonly lastDay: string
  readonly name: string
  readonly source: string
}

const MEGABYTE = 1024 * 1024
const GIGABYTE = 1024 ** 3
const LONGEST_MS = 366 * DAY_MS

/** A number as typed, and where it may lie. */
interface TypedNumber {
  readonly key: keyof Settings
  readonly field: string
  readonly text: string
  readonly least: number
  readonly most: number
  /** Of one unit of what is typed. */
  readonly times?: number
  /** Of the problem when it is out of range; left out: `days-range`. */
  readonly code?: string
}

/** Days and rule of deadlines; problems name the field. */
export async function changeDeadlines(
  by: Administrator,
  typed: { pendingDays: string; solvedDays: string; workingDays: boolean },
): Promise<Checked<null>> {
  const days = { least: 1, most: 90 }
  return await changeNumbers(by, 'deadlines', [
    { key: 'pendingDays', field: 'pendente', text: typed.pendingDays, ...days },
    { key: 'solvedDays', field: 'solucionado', text: typed.solvedDays, ...days },
    { key: 'workingDays', field: 'uteis', text: typed.workingDays ? '1' : '0', least: 0, most: 1 },
  ])
}

/** Limit of a file in MiB, how long files are kept that no ticket has taken, and how much in GiB; problems name the field. */
export async function changeFiles(
  by: Administrator,
  typed: { megabytes: string; unclaimedDays: string; draftFileDays: string; gigabytes: string },
): Promise<Checked<null>> {
  const most = MOST_FILE_BYTES / MEGABYTE
  return await changeNumbers(by, 'files', [
    {
      key: 'fileBytes',
      field: 'limite',
      text: typed.megabytes,
      least: 1,
      most,
      times: MEGABYTE,
      code: 'megabytes-range',
    },
    { key: 'unclaimedDays', field: 'parados', text: typed.unclaimedDays, least: 1, most: 90 },
    { key: 'draftFileDays', field: 'rascunhos', text: typed.draftFileDays, least: 7, most: 730 },
    {
      key: 'unclaimedBytes',
      field: 'reserva',
      text: typed.gigabytes,
      least: 1,
      most: 999,
      times: GIGABYTE,
      code: 'number-range',
    },
  ])
}

/** Minutes without use and hours in all that a session lasts, from the next sign-in on; problems name the field. */
export async function changeSessionLimits(
  by: Administrator,
  typed: { minutes: string; hours: string },
): Promise<Checked<null>> {
  const code = 'number-range'
  return await changeNumbers(by, 'sessions', [
    { key: 'idleSeconds', field: 'minutos', text: typed.minutes, least: 5, most: 240, times: 60, code },
    { key: 'absoluteSeconds', field: 'horas', text: typed.hours, least: 1, most: 24, times: 3600, code },
  ])
}

/** All of them or none; each change is recorded with what was before. */
async function changeNumbers(
  by: Administrator,
  page: AdminPage,
  typed: readonly TypedNumber[],
): Promise<Checked<null>> {
  const before = await settingsFor(by, page)
  const problems = typed
    .filter(({ text, least, most }) => !/^\d{1,3}$/.test(text) || Number(text) < least || Number(text) > most)
    .map(({ field, least, most, code = 'days-range' }): Problem => ({ field, code, with: { least, most } }))
  if (problems.length > 0) return bad(...problems)
  for (const { key, text, times = 1 } of typed) {
    const after = Number(text) * times
    if (before[key] === after) continue
    await putSetting(by.tx, { key, value: after }, by.now)
    await note(by, { thingId: key, event: 'change-setting', facts: { before: before[key], after } })
  }
  return good(null)
}

/** Adds a holiday, an optional day or a suspension with its source; problems name the field. */
export async function addSpan(by: Administrator, typed: TypedSpan): Promise<Checked<null>> {
  await settingsFor(by, 'deadlines')
  const read = await readSpan(by, typed, undefined)
  if (!read.ok) return read
  await insertSpan(by.tx, read.value, { personId: by.actor.personId, at: by.now })
  await note(by, { thingId: 'calendar', event: 'add-days', facts: read.value })
  return good(null)
}

/** Corrects days of the calendar in place: themselves, kind, name and source; problems name the field. */
export async function changeSpan(by: Administrator, id: number, typed: TypedSpan): Promise<Checked<null>> {
  await settingsFor(by, 'deadlines')
  const read = await readSpan(by, typed, id)
  if (!read.ok) return read
  const before = await updateSpan(by.tx, id, read.value)
  if (!before) throw new Refusal('changed-meanwhile')
  await note(by, { thingId: 'calendar', event: 'change-days', facts: { ...read.value, before } })
  return good(null)
}

/** What was typed as days of the calendar. No day is a day off twice; deadlines may be suspended on one. `own`: what is corrected. */
async function readSpan(by: Administrator, typed: TypedSpan, own: number | undefined): Promise<Checked<NamedSpan>> {
  const span = { ...typed, kind: typed.kind as DayKind, lastDay: typed.lastDay || typed.firstDay }
  const problems = spanProblems(span)
  if (problems.length > 0) return bad(...problems)
  const suspends = span.kind === 'suspension'
  const there = (await calendarSpans(by.tx)).find(
    (one) =>
      one.id !== own &&
      suspends === (one.kind === 'suspension') &&
      one.firstDay <= span.lastDay &&
      one.lastDay >= span.firstDay,
  )
  return there ? bad({ field: 'de', code: 'days-there', with: { name: there.name } }) : good(span)
}

/** Removes days from the calendar; what is gone already is no error. */
export async function removeSpan(by: Administrator, id: number): Promise<void> {
  await settingsFor(by, 'deadlines')
  const gone = await deleteSpan(by.tx, id)
  if (gone) await note(by, { thingId: 'calendar', event: 'remove-days', facts: gone })
}

function spanProblems(span: TypedSpan): Problem[] {
  const problems: Problem[] = []
  const [first, last] = [dayMs(span.firstDay), dayMs(span.lastDay)]
  if (!(DAY_KINDS as readonly string[]).includes(span.kind)) problems.push({ field: 'tipo', code: 'kind-needed' })
  if (first === undefined) problems.push({ field: 'de', code: 'day-needed' })
  if (last === undefined || (first !== undefined && (last < first || last - first >= LONGEST_MS)))
    problems.push({ field: 'ate', code: 'day-after' })
  if (!span.name || span.name.length > 200) problems.push({ field: 'nome', code: 'name-needed' })
  if (!span.source || span.source.length > 300) problems.push({ field: 'fonte', code: 'source-needed' })
  return problems
}

function dayMs(day: string): number | undefined {
  return isoDate(day) === day ? Date.parse(day) : undefined
}

/** The settings as they are, until this change is done; refuses whoever may not open their page. */
async function settingsFor({ tx, actor }: Administrator, page: AdminPage): Promise<Settings> {
  if (!mayOpen(actor, page)) throw new Refusal('needs-staff-class')
  await lockSettings(tx)
  return await settingsNow(tx)
}

async function note(by: Administrator, done: { thingId: string; event: Entry['event']; facts: object }): Promise<void> {
  await record(by.tx, {
    thing: 'setting',
    thingId: done.thingId,
    institutionId: by.actor.institutionId,
    actorId: by.actor.personId,
    event: done.event,
    at: by.now,
    facts: { ...done.facts },
    staffOnly: true,
  })
}
