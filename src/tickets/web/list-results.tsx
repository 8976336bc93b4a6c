// The page of rows of Listar Chamados: how many there are, the table, the way to the next page; or that there is none.
import { Icon } from '#shared/ui/icon.tsx'
import type { Visit } from '#shared/web/site.ts'
import { type ListPage, MOST_COUNTED } from '#tickets/reads/list.ts'
import type { AskedList } from '#tickets/reads/list-search.ts'
import { displayPath, type ListQuery, listPath, listQueryText } from '#tickets/rules/list-query.ts'
import { columnName } from '#tickets/views.tsx'
import { EXPORT_PATH } from '#tickets/web/export/page.tsx'
import { type LeftOut, NoResults } from '#tickets/web/list-empty.tsx'
import { type Colleagues, SELECTION_PATH, SelectionBar } from '#tickets/web/selection.tsx'
import { TicketTable } from '#tickets/web/ticket-table.tsx'

interface Shown {
  readonly visit: Visit
  readonly asked: AskedList
  readonly found: ListPage
  readonly colleagues: Colleagues
  readonly leftOut: LeftOut | undefined
}

export function Results({ visit, asked, found, colleagues, leftOut }: Shown) {
  const { lists } = visit.words
  const { query } = asked
  const shown = new Set(found.choice.columns.map(({ column }) => column))
  const hidden = [query, ...(query.also ?? [])].flatMap(({ sort }) =>
    shown.has(sort) ? [] : [columnName(visit.words, sort)],
  )
  const table = <TicketTable guest={visit} query={query} rows={found.rows} choice={found.choice} />
  if (found.rows.length === 0) return <NoResults visit={visit} asked={asked} leftOut={leftOut} />
  return (
    <section class="card" aria-labelledby="resultado">
      <div class="tbar">
        <h2 id="resultado">
          {found.count === undefined ? lists.foundMany(found.rows.length) : lists.found(found.count, MOST_COUNTED)}
        </h2>
        {hidden.length > 0 ? <p class="hint">{lists.sortedBy(hidden)}</p> : null}
        <div class="acts">
          {query.select ? null : (
            <a class="btn small" href={listPath({ ...query, select: 'linhas' })}>
              <Icon name="check" />
              {lists.selection.start}
            </a>
          )}
          <a class="btn small" href={displayPath(query)}>
            <Icon name="columns-3" />
            {visit.words.searches.display.link}
          </a>
          <a class="btn small" href={`${EXPORT_PATH}?${listQueryText(query)}`}>
            <Icon name="download" />
            {visit.words.exports.link}
          </a>
        </div>
      </div>
      {query.select ? (
        <form method="post" action={SELECTION_PATH} data-busy>
          <SelectionBar visit={visit} query={query} found={found} colleagues={colleagues} />
          {table}
        </form>
      ) : (
        table
      )}
      <Pages visit={visit} query={query} found={found} />
    </section>
  )
}

function Pages({ visit, query, found }: { visit: Visit; query: ListQuery; found: ListPage }) {
  const { lists } = visit.words
  const at = (place: Pick<ListQuery, 'after' | 'before'>) =>
    listPath({ ...query, after: undefined, before: undefined, ...place })
  return (
    <nav class="pag" aria-label={lists.pages}>
      <span>{lists.shown(found.rows.length)}</span>
      <div class="acts">
        {found.previous ? (
          <>
            <a class="btn" href={at({})}>
              {lists.first}
            </a>
            <a class="btn" rel="prev" href={at({ before: found.previous })}>
              <Icon name="chevron-left" />
              {lists.previous}
            </a>
          </>
        ) : null}
        {found.next ? (
          <a class="btn" rel="next" href={at({ after: found.next })}>
            {lists.next}
            <Icon name="chevron-right" />
          </a>
        ) : null}
      </div>
    </nav>
  )
}
