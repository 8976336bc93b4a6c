// Publishes the first version of each form where there is none. Needs the owner's connection with eprod.maintenance on.
import { publishFirstVersion } from '#forms/actions.ts'
import { outcomeOf } from '#forms/rules/form-tests.ts'
import type { Tx } from '#shared/db/connect.ts'
import { ANSWERS_OF_CASES, answersOf } from './answers.ts'
import { CASE_OPTIONS } from './cases.ts'
import { FINANCIAL_INSTITUTIONS } from './instituicoes-financeiras.ts'

/** Code of the form, also the end of its address. */
export const FINANCIAL_CODE = 'instituicoes-financeiras'

/** One for each way a case is filed: a later version that asks otherwise must be meant to. */
const TESTS = ANSWERS_OF_CASES.map(([code, own]) => {
  const answers = answersOf(code, own)
  const label = CASE_OPTIONS.find(({ value }) => value === code)?.label['pt-BR']
  const said = Object.entries(own).filter(([, value]) => /^[a-z-]+$/.test(value))
  const name = [`${code} ${label}`, ...said.map(([key, value]) => `${key} ${value}`)].join(', ')
  return { name, answers, expects: outcomeOf(FINANCIAL_INSTITUTIONS, answers) }
})

/** Checks the definitions and publishes what is not there yet; running it twice changes nothing. */
export async function seedForms(tx: Tx): Promise<void> {
  await publishFirstVersion(tx, { code: FINANCIAL_CODE, definition: FINANCIAL_INSTITUTIONS, tests: TESTS })
}
