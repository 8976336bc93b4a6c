// Reads what a list page is asked for: its query, its criteria checked with the reader's fields, and what is wrong with them.
import type { Criteria, Fields, RawItem } from '#criteria/rules/grammar.ts'
import { check } from '#criteria/rules/read.ts'
import type { Tx } from '#shared/db/connect.ts'
import type { Actor } from '#shared/kit/actor.ts'
import type { Problem } from '#shared/problems.ts'
import { searchKnown, withNamed } from '#tickets/reads/search-known.ts'
import { listProblems } from '#tickets/rules/list-problems.ts'
import { type ListQuery, readListQuery, rulesOfQuery } from '#tickets/rules/list-query.ts'
import { ticketFields } from '#tickets/rules/search-fields.ts'
import type { Lang, Words } from '#words/words.ts'

export interface AskedList {
  readonly query: ListQuery
  /** All rules as written, those of the filters too. */
  readonly items: readonly RawItem[]
  readonly fields: Fields
  readonly criteria: Criteria
  readonly problems: readonly Problem[]
}

/** Who asks for a list, in which transaction; a visit is one. */
export interface Asking {
  readonly tx: Tx
  readonly actor: Actor
  readonly lang: Lang
  readonly words: Words
  readonly now: Date
}

export async function askedList(asking: Asking, params: URLSearchParams): Promise<AskedList> {
  const { actor, lang, words, now, tx } = asking
  const known = await searchKnown(tx, { actor, lang, now })
  const query = readListQuery(params, actor)
  const items = rulesOfQuery(query, actor.side)
  const fields = await withNamed(asking, ticketFields({ actor, words, lang, known }), items)
  const { criteria, problems } = check(items, fields)
  return { query, items, fields, criteria, problems: [...listProblems(params, actor.side), ...problems] }
}
