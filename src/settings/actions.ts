// What an administrator (904) can do to the deadlines: switch the working-day rule, keep the calendar. Applies to deadlines
// that start afterwards; each change is recorded.
import { record } from '#journal/actions.ts'
import { settingsNow } from '#settings/reads.ts'
import { DAY_KINDS, type DayKind } from '#settings/rules/working-days.ts'
import { SETTINGS } from '#settings/rules.ts'
import { deleteSpan, insertSpan, putSetting } from '#settings/store.ts'
import type { Tx } from '#shared/db/connect.ts'
import { type Actor, holds } from '#shared/kit/actor.ts'
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

const LONGEST_MS = 366 * 86_400_000

/** Days and rule of deadlines; problems name the field. */
export async function changeDeadlines(
  by: Administrator,
  typed: { pendingDays: string; solvedDays: string; workingDays: boolean },
): Promise<Checked<null>> {
  const before = await settingsFor(by)
  const problems: Problem[] = []
  const days = (field: string, text: string) => {
    const value = Number(text)
    if (/^\d{1,3}$/.test(text) && value >= 1 && value <= 90) return value
    problems.push({ field, code: 'days-range', with: { least: 1, most: 90 } })
    return 0
  }
  const after = {
    pendingDays: days('pendente', typed.pendingDays),
    solvedDays: days('solucionado', typed.solvedDays),
    workingDays: typed.workingDays ? 1 : 0,
  }
  if (problems.length > 0) return bad(...problems)
  for (const key of ['pendingDays', 'solvedDays', 'workingDays'] as const) {
    if (before[key] === after[key]) continue
    await putSetting(by.tx, { key, value: after[key] }, by.now)
    await note(by, { thingId: key, event: 'change-setting', facts: { before: before[key], after: after[key] } })
  }
  return good(null)
}

/** Adds a holiday, an optional day or a suspension with its source; problems name the field. */
export async function addSpan(by: Administrator, typed: TypedSpan): Promise<Checked<null>> {
  await settingsFor(by)
  const lastDay = typed.lastDay || typed.firstDay
  const problems = spanProblems({ ...typed, lastDay })
  if (problems.length > 0) return bad(...problems)
  const { name, source, firstDay } = typed
  const span = { kind: typed.kind as DayKind, firstDay, lastDay, name, source }
  const id = await insertSpan(by.tx, { ...span, addedBy: by.actor.personId }, by.now)
  if (id !== undefined) await note(by, { thingId: 'calendar', event: 'add-days', facts: span })
  return good(null)
}

/** Removes days from the calendar; what is gone already is no error. */
export async function removeSpan(by: Administrator, id: number): Promise<void> {
  await settingsFor(by)
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
  const ms = /^\d{4}-\d\d-\d\d$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN
  return Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== day ? undefined : ms
}

/** The settings as they are; refuses whoever is no administrator. */
async function settingsFor({ tx, actor }: Administrator) {
  if (actor.side !== 'staff' || !holds(actor, 'administrator')) throw new Refusal('needs-staff-class')
  return { ...SETTINGS, ...(await settingsNow(tx)) }
}

async function note(by: Administrator, done: { thingId: string; event: string; facts: object }): Promise<void> {
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
