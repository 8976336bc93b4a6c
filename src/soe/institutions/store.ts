// What is kept of institutions in SOE/WEB: their only writer. A CNPJ never changes.
import { sql } from 'kysely'
import type { NewInstitution } from '#soe/institutions/rules.ts'
import type { SoeTx } from '#soe/tables.ts'

/** Keeps an institution by its CNPJ, renaming it when it is known; returns its id. */
export async function keepInstitution(
  tx: SoeTx,
  given: { cnpj: string; name: string; runsSoe?: boolean; now: Date },
): Promise<number> {
  const runs = given.runsSoe ? { runs_soe: true } : {}
  const row = await tx
    .insertInto('soe.institution')
    .values({ cnpj: given.cnpj, name: given.name, created_at: given.now, ...runs })
    .onConflict((conflict) => conflict.column('cnpj').doUpdateSet({ name: given.name, ...runs }))
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

/** Adds an institution; undefined: the CNPJ, or the form's key, was there first. */
export async function addInstitution(
  tx: SoeTx,
  given: NewInstitution & { readonly requestKey: string; readonly now: Date },
): Promise<number | undefined> {
  const { rows } = await sql<{ id: number }>`
    insert into soe.institution (cnpj, name, created_at, request_key)
    values (${given.cnpj}, ${given.name}, ${given.now}, ${given.requestKey}::uuid)
    on conflict do nothing returning id`.execute(tx)
  return rows[0]?.id
}

export async function changeName(tx: SoeTx, id: number, name: string): Promise<void> {
  await tx.updateTable('soe.institution').set({ name }).where('id', '=', id).execute()
}

/** The clients are told by the database (0025) when an institution is suspended. */
export async function changeStatus(tx: SoeTx, id: number, status: 'active' | 'suspended'): Promise<void> {
  await tx.updateTable('soe.institution').set({ status }).where('id', '=', id).execute()
}
