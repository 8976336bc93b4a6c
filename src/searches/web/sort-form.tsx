// Up to four columns a list is sorted by, each with its direction. A plain GET of the list, which makes one address of it.
import { Icon } from '#shared/ui/icon.tsx'
import { COLUMN_KEYS, COLUMNS, type ListQuery, listPath, MOST_SORTS, type Sort } from '#tickets/rules/list-query.ts'
import { columnName } from '#tickets/views.tsx'
import type { Words } from '#words/words.ts'

export function SortForm({ words, query }: { words: Words; query: ListQuery }) {
  const { display } = words.searches
  const sorts = [query, ...(query.also ?? [])]
  const kept = new URL(listPath({ ...query, sort: 'updated', descending: true, also: undefined }), 'http://e')
  return (
    <form class="card" action="/chamados" aria-labelledby="titulo-ordem">
      {[...kept.searchParams].map(([name, value]) => (
        <input key={`${name} ${value}`} type="hidden" name={name} value={value} />
      ))}
      <section class="sect">
        <h2 id="titulo-ordem">{display.sorts}</h2>
        <p class="hint">{display.sortsHint}</p>
        <ol class="cols sorts">
          {Array.from({ length: MOST_SORTS }, (_, at) => (
            <SortRow key={COLUMN_KEYS[at]} words={words} at={at} sort={sorts[at]} />
          ))}
        </ol>
      </section>
      <div class="bar-end">
        <p class="hint">{display.shift}</p>
        <button type="submit" class="btn pri">
          <Icon name="arrows-sort" />
          {display.sort}
        </button>
      </div>
    </form>
  )
}

function SortRow({ words, at, sort }: { words: Words; at: number; sort: Sort | undefined }) {
  const { display } = words.searches
  return (
    <li>
      <select class="sel" name="ordem" aria-label={display.sortColumn(at + 1)}>
        {at === 0 ? null : <option value="">{display.none}</option>}
        {COLUMN_KEYS.map((column) => (
          <option key={column} value={COLUMNS[column]} selected={sort?.sort === column}>
            {columnName(words, column)}
          </option>
        ))}
      </select>
      <select class="sel" name="sentido" aria-label={display.sortWay(at + 1)}>
        {(['asc', 'desc'] as const).map((way) => (
          <option key={way} value={way} selected={sort?.descending === (way === 'desc')}>
            {display.ways[way]}
          </option>
        ))}
      </select>
    </li>
  )
}
