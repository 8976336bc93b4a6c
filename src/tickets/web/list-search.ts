// Reads what a list page is asked for: its query, its criteria checked with the reader's fields, and what is wrong with them.
import type { Criteria, Fields, RawItem } from '#criteria/rules/grammar.ts'
import { check } from '#criteria/rules/read.ts'
import type { Problem } from '#shared/problems.ts'
import type { Visit } from '#shared/web/site.ts'
import { searchKnown } from '#tickets/reads/search-known.ts'
import { type ListQuery, listProblems, readListQuery, rulesOfQuery } from '#tickets/rules/list-query.ts'
import { ticketFields } from '#tickets/rules/search-fields.ts'

export interface AskedList {
  readonly query: ListQuery
  /** All rules as written, those of the filters too. */
  readonly items: readonly RawItem[]
  readonly fields: Fields
  readonly criteria: Criteria
  readonly problems: readonly Problem[]
}

export async function askedList(visit: Visit, params: URLSearchParams): Promise<AskedList> {
  const { actor, lang, words, now, tx } = visit
  const known = await searchKnown(tx, { actor, lang, now })
  const fields = ticketFields({ actor, words, lang, known })
  const query = readListQuery(params, actor.side)
  const items = rulesOfQuery(query, actor.side)
  const { criteria, problems } = check(items, fields)
  return { query, items, fields, criteria, problems: [...listProblems(params), ...problems] }
}
