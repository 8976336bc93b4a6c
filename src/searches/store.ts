// What is kept of lists and searches: the only writer of list_choice.
import { sql } from 'kysely'
import type { Tx } from '#shared/db/connect.ts'
import type { Density } from '#tickets/rules/list-choice.ts'
import type { PageSize } from '#tickets/rules/list-query.ts'

export interface NewListChoice {
  /** As rules/list-choice.ts writes them. */
  readonly columns: string
  readonly density: Density
  readonly rows: PageSize | undefined
}

/** Keeps how one likes lists. */
export async function putListChoice(
  tx: Tx,
  whose: { personId: number; at: Date },
  { columns, density, rows }: NewListChoice,
): Promise<void> {
  await sql`insert into eprod.list_choice (person_id, columns, density, page_rows, changed_at)
    values (${whose.personId}, ${columns}, ${density}, ${rows ?? null}, ${whose.at})
    on conflict (person_id) do update set columns = excluded.columns, density = excluded.density,
      page_rows = excluded.page_rows, changed_at = excluded.changed_at`.execute(tx)
}
