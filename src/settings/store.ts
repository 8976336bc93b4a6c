// What is kept of settings: the only writer of eprod.setting and eprod.calendar_day.
import { sql } from 'kysely'
import type { CalendarSpan } from '#settings/rules/working-days.ts'
import type { Settings } from '#settings/rules.ts'
import type { Tx } from '#shared/db/connect.ts'

/** Lets changes of settings and calendar take turns: each is decided by, and recorded with, what was there before. */
export async function lockSettings(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(7312)`.execute(tx)
}

/** Lays a value over a default. */
export async function putSetting(tx: Tx, setting: { key: keyof Settings; value: number }, at: Date): Promise<void> {
  const value = JSON.stringify(setting.value)
  await tx
    .insertInto('eprod.setting')
    .values({ key: setting.key, value, changed_at: at })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value, changed_at: at }))
    .execute()
}

export interface NamedSpan extends CalendarSpan {
  readonly name: string
  readonly source: string
}

/** Adds days to the calendar. */
export async function insertSpan(tx: Tx, span: NamedSpan, by: { personId: number; at: Date }): Promise<void> {
  const { kind, firstDay, lastDay, name, source } = span
  await tx
    .insertInto('eprod.calendar_day')
    .values({ kind, first_day: firstDay, last_day: lastDay, name, source, added_by: by.personId, added_at: by.at })
    .execute()
}

/** Corrects days in place; returns what they were, or undefined when they are gone. */
export async function updateSpan(tx: Tx, id: number, span: NamedSpan): Promise<NamedSpan | undefined> {
  const { kind, firstDay, lastDay, name, source } = span
  const { rows } = await sql<NamedSpan>`
    with old as (select * from eprod.calendar_day where id = ${id})
    update eprod.calendar_day c
       set kind = ${kind}, first_day = ${firstDay}::date, last_day = ${lastDay}::date, name = ${name}, source = ${source}
      from old where c.id = old.id
    returning old.kind, old.first_day::text as "firstDay", old.last_day::text as "lastDay", old.name, old.source`.execute(
    tx,
  )
  return rows[0]
}

/** Removes days; returns them, or undefined when they were gone. */
export async function deleteSpan(tx: Tx, id: number) {
  return await tx
    .deleteFrom('eprod.calendar_day')
    .where('id', '=', id)
    .returning(['kind', 'first_day as firstDay', 'last_day as lastDay', 'name', 'source'])
    .executeTakeFirst()
}
