// What is kept of settings: the only writer of eprod.setting and eprod.calendar_day.
import { sql } from 'kysely'
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

/** What a name and its source were, where days that are in the calendar already were corrected. */
export interface PutSpan {
  readonly before: { readonly name: string; readonly source: string } | undefined
}

/** Adds days to the calendar, or corrects name and source of the same days of one kind; undefined: they stand there so already. */
export async function putSpan(tx: Tx, span: NewSpan, at: Date): Promise<PutSpan | undefined> {
  const { kind, firstDay, lastDay, name, source } = span
  const { rows } = await sql<{ name: string | null; source: string | null }>`
    with old as (
      select name, source from eprod.calendar_day
       where kind = ${kind} and first_day = ${firstDay}::date and last_day = ${lastDay}::date),
    put as (
      insert into eprod.calendar_day as c (kind, first_day, last_day, name, source, added_by, added_at)
      values (${kind}, ${firstDay}, ${lastDay}, ${name}, ${source}, ${span.addedBy}, ${at})
      on conflict (kind, first_day, last_day) do update set name = excluded.name, source = excluded.source
        where (c.name, c.source) is distinct from (excluded.name, excluded.source)
      returning id)
    select old.name, old.source from put left join old on true`.execute(tx)
  const [row] = rows
  return (
    row && { before: row.name === null || row.source === null ? undefined : { name: row.name, source: row.source } }
  )
}

/** Removes days; returns them, or undefined when they were gone. */
export async function deleteSpan(tx: Tx, id: number) {
  return await tx
    .deleteFrom('eprod.calendar_day')
    .where('id', '=', id)
    .returning(['kind', 'first_day as firstDay', 'last_day as lastDay', 'name', 'source'])
    .executeTakeFirst()
}
