// What is kept of settings: the only writer of eprod.setting and eprod.calendar_day.
import type { CalendarSpan } from '#settings/rules/working-days.ts'
import type { Settings } from '#settings/rules.ts'
import type { Tx } from '#shared/db/connect.ts'

/** Lays a value over a default. */
export async function putSetting(tx: Tx, setting: { key: keyof Settings; value: number }, at: Date): Promise<void> {
  const value = JSON.stringify(setting.value)
  await tx
    .insertInto('eprod.setting')
    .values({ key: setting.key, value, changed_at: at })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value, changed_at: at }))
    .execute()
}

export interface NewSpan extends CalendarSpan {
  readonly name: string
  readonly source: string
  readonly addedBy: number
}

/** Adds days to the calendar; the same days of one kind are there once. Returns the id, or undefined. */
export async function insertSpan(tx: Tx, span: NewSpan, at: Date): Promise<number | undefined> {
  const { kind, name, source } = span
  const row = await tx
    .insertInto('eprod.calendar_day')
    .values({
      kind,
      first_day: span.firstDay,
      last_day: span.lastDay,
      name,
      source,
      added_by: span.addedBy,
      added_at: at,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  return row?.id
}

/** Removes days; returns them, or undefined when they were gone. */
export async function deleteSpan(tx: Tx, id: number) {
  return await tx
    .deleteFrom('eprod.calendar_day')
    .where('id', '=', id)
    .returning(['kind', 'first_day as firstDay', 'last_day as lastDay', 'name', 'source'])
    .executeTakeFirst()
}
