// The settings in force.
import { SETTINGS, type Settings } from '#settings/rules.ts'
import type { Tx } from '#shared/db/connect.ts'

/** Defaults with the rows of eprod.setting laid over them; unknown keys and values that are no numbers are passed over. */
export async function settingsNow(tx: Tx): Promise<Settings> {
  const rows = await tx.selectFrom('eprod.setting').select(['key', 'value']).execute()
  const kept = rows.filter((row) => row.key in SETTINGS && typeof row.value === 'number')
  return { ...SETTINGS, ...Object.fromEntries(kept.map((row) => [row.key, row.value])) }
}
