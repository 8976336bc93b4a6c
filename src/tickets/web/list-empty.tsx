// What Listar Chamados says when it finds nothing: what the usual filters left out, how texts are looked for, the way on.
import { describe } from '#criteria/rules/describe.ts'
import { isGroup, LINKS, OPERATORS, type RawItem, rulesOf } from '#criteria/rules/grammar.ts'
import { check } from '#criteria/rules/read.ts'
import { Empty } from '#shared/ui/form.tsx'
import { offersOpening } from '#shared/ui/shell.tsx'
import type { Visit } from '#shared/web/site.ts'
import { countOfSearch } from '#tickets/reads/find.ts'
import { MOST_COUNTED } from '#tickets/reads/list.ts'
import type { AskedList } from '#tickets/reads/list-search.ts'
import { defaultQuery, type ListQuery, listPath, pathWith } from '#tickets/rules/list-query.ts'

/** Tickets that meet all rules but the profile's own filters. */
export interface LeftOut {
  readonly count: number
  readonly filters: string
  readonly path: string
}

/** *Status é …* and *Grupo técnico é Meus grupos*: what a profile begins with, and one may forget beside an exact number. */
function isUsualFilter(item: RawItem): boolean {
  if (isGroup(item) || item.operator !== OPERATORS.is) return false
  return item.field === 'status' || (item.field === 'grupo-tecnico' && item.values[0] === 'meus')
}

/** Of a search that found nothing: what it would find without the usual filters. undefined: nothing, or not told in time. */
export async function leftOutBy(visit: Visit, asked: AskedList): Promise<LeftOut | undefined> {
  const { tx, actor, lang, now, words } = visit
  const { items, fields, query } = asked
  const filters = items.filter(isUsualFilter)
  const others = items.filter((item) => !isUsualFilter(item))
  // A page beyond the end of its list says nothing of what the list holds.
  if (query.after || query.before) return undefined
  if (filters.length === 0 || others.length === 0 || items.some(({ link }) => link !== LINKS.and)) return undefined
  const { criteria } = check(others, fields)
  if (criteria.length === 0) return undefined
  const count = await countOfSearch(tx, { actor, lang, now, query, fields, criteria })
  if (!count) return undefined
  const said = describe(check(filters, fields).criteria, fields, words.criteria)
  return { count, filters: said, path: pathWith(query, others, actor.side) }
}

export function NoResults({ visit, asked, leftOut }: { visit: Visit; asked: AskedList; leftOut: LeftOut | undefined }) {
  const { lists, searches } = visit.words
  if (asked.items.length === 0) return <NoneYet visit={visit} />
  const all: ListQuery = { ...defaultQuery(visit.actor), status: 'todos', ownTeams: false }
  const byWords = rulesOf(asked.criteria).some(({ field }) => asked.fields.get(field)?.ignores)
  const text = leftOut ? lists.none.leftOut(leftOut.count, MOST_COUNTED, leftOut.filters) : lists.none.text
  return (
    <section class="card">
      <Empty icon="filter" title={lists.none.title} text={byWords ? `${text} ${searches.hints.words}` : text}>
        {leftOut ? (
          <a class="btn pri" href={leftOut.path}>
            {lists.none.withoutFilters}
          </a>
        ) : null}
        <a class="btn" href={listPath(all)}>
          {lists.none.all}
        </a>
      </Empty>
    </section>
  )
}

function NoneYet({ visit }: { visit: Visit }) {
  const { lists } = visit.words
  return (
    <section class="card">
      <Empty icon="ticket" title={lists.noneYet.title} text={lists.noneYet.text}>
        {offersOpening(visit.actor) ? (
          <a class="btn pri" href="/abrir-chamado">
            {lists.openTicket}
          </a>
        ) : null}
      </Empty>
    </section>
  )
}
