// Publishes the first version of each form where there is none. Needs the owner's connection with eprod.maintenance on.
import { publishFirstVersion } from '#forms/actions.ts'
import type { Tx } from '#shared/db/connect.ts'
import { FINANCIAL_INSTITUTIONS } from './instituicoes-financeiras.ts'

/** Code of the form, also the end of its address. */
export const FINANCIAL_CODE = 'instituicoes-financeiras'

/** Checks the definitions and publishes what is not there yet; running it twice changes nothing. */
export async function seedForms(tx: Tx): Promise<void> {
  await publishFirstVersion(tx, { code: FINANCIAL_CODE, definition: FINANCIAL_INSTITUTIONS })
}
