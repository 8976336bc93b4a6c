// What was exported, or what a removed search asked, as a sentence: in the language and with the names of who reads.
import type { AuditRow } from '#admin/audit.ts'
import { describe } from '#criteria/rules/describe.ts'
import { check } from '#criteria/rules/read.ts'
import type { Side } from '#shared/kit/actor.ts'
import { maskCpfsIn } from '#shared/kit/cpf.ts'
import type { Visit } from '#shared/web/site.ts'
import { searchKnown, withNamed } from '#tickets/reads/search-known.ts'
import { readListQuery, rulesOfQuery } from '#tickets/rules/list-query.ts'
import { ticketFields } from '#tickets/rules/search-fields.ts'

const LIST = '/chamados?'

/** The rows with the sentence in place of the list's address, CPFs in it masked. Equal searches are read once. */
export async function withSearchesSaid(visit: Visit, rows: readonly AuditRow[]): Promise<AuditRow[]> {
  const said = new Map<string, string | undefined>()
  const told: AuditRow[] = []
  for (const row of rows) {
    const { search, side, thing } = row
    // A kept search is its address from the question mark on.
    const text = thing === 'search' ? search : search?.startsWith(LIST) ? search.slice(LIST.length) : undefined
    const key = `${side} ${text}`
    if (text && side && !said.has(key)) said.set(key, await sentenceOf(visit, side, text))
    const path = said.get(key)
    told.push(path === undefined ? row : { ...row, facts: { ...row.facts, path } })
  }
  return told
}

/** undefined: some of it is not known any more, as the question of a form that is gone; then the address says more. */
async function sentenceOf(visit: Visit, side: Side, text: string): Promise<string | undefined> {
  const { tx, actor, words, lang } = visit
  const items = rulesOfQuery(readListQuery(new URLSearchParams(text), { side, teams: [] }), side)
  const known = await searchKnown(tx, visit)
  // What the staff may search by holds what institutions may.
  const fields = await withNamed({ tx, actor }, ticketFields({ actor, words, lang, known }), items)
  const { criteria, problems } = check(items, fields)
  if (problems.length > 0) return undefined
  return maskCpfsIn(describe(criteria, fields, words.criteria) || words.admin.audit.everything)
}
