// GET /chamados: Listar Chamados. The criteria builder is another piece; here a status filter and the filters of the profile.

import { Empty } from '#shared/ui/form.tsx'
import { Icon } from '#shared/ui/icon.tsx'
import { page } from '#shared/ui/page.tsx'
import { offersOpening } from '#shared/ui/shell.tsx'
import type { Answer, Site, Visit } from '#shared/web/site.ts'
import { type ListPage, listPage, MOST_COUNTED } from '#tickets/reads/list.ts'
import {
  defaultQuery,
  type ListQuery,
  listPath,
  readListQuery,
  STATUS_FILTERS,
  type StatusFilter,
} from '#tickets/rules/list-query.ts'
import { TicketTable } from '#tickets/web/ticket-table.tsx'
import type { Words } from '#words/words.ts'

export function routes(site: Site): void {
  site.get('/chamados', showList)
}

async function showList(visit: Visit): Promise<Answer> {
  const query = readListQuery(new URL(visit.path, 'http://eprod').searchParams, visit.actor.side)
  const found = await listPage(visit.tx, { actor: visit.actor, lang: visit.lang, query })
  const { words } = visit
  return page(visit, {
    title: words.lists.title,
    section: 'tickets',
    crumbs: [{ label: words.shared.menu.service }, { label: words.lists.title }],
    body: (
      <>
        <div class="head">
          <h1>{words.lists.heading}</h1>
          {offersOpening(visit.actor) ? (
            <div class="acts">
              <a class="btn pri" href="/abrir-chamado">
                <Icon name="plus" />
                {words.lists.openTicket}
              </a>
            </div>
          ) : null}
        </div>
        <Filters visit={visit} query={query} />
        <Results visit={visit} query={query} found={found} />
      </>
    ),
  })
}

function Filters({ visit, query }: { visit: Visit; query: ListQuery }) {
  const { words } = visit
  return (
    <form class="card filters" action="/chamados" aria-label={words.lists.criteria}>
      <div class="fld">
        <label class="lab" for="status">
          {words.lists.statusField} <span class="opt">{words.lists.is}</span>
        </label>
        <select class="sel" id="status" name="status">
          {(Object.keys(STATUS_FILTERS) as StatusFilter[]).map((filter) => (
            <option key={filter} value={filter} selected={filter === query.status}>
              {words.lists.filters[filter]}
            </option>
          ))}
        </select>
      </div>
      {visit.actor.side === 'staff' ? <TeamFilter words={words} query={query} /> : null}
      {query.mine ? <input type="hidden" name="de" value="mim" /> : null}
      <button type="submit" class="btn pri">
        <Icon name="search" />
        {words.lists.apply}
      </button>
      <Chips words={words} query={query} />
    </form>
  )
}

function TeamFilter({ words, query }: { words: Words; query: ListQuery }) {
  return (
    <div class="fld">
      <label class="lab" for="grupo">
        {words.lists.teamField} <span class="opt">{words.lists.is}</span>
      </label>
      <select class="sel" id="grupo" name="grupo">
        <option value="todos">{words.lists.anyTeam}</option>
        <option value="meu" selected={query.ownTeams}>
          {words.lists.ownTeam}
        </option>
      </select>
    </div>
  )
}

function Chips({ words, query }: { words: Words; query: ListQuery }) {
  const chips = chipsOf(words, query)
  if (chips.length === 0) return null
  return (
    <ul class="chips">
      {chips.map((chip) => (
        <li key={chip.href} class="chip">
          <span>
            {chip.field} {words.lists.is} <b>{chip.value}</b>
          </span>
          <a href={chip.href}>
            <Icon name="x" />
            <span class="vh">{words.lists.removeFilter(`${chip.field} ${words.lists.is} ${chip.value}`)}</span>
          </a>
        </li>
      ))}
    </ul>
  )
}

/** The filters that stand now; each link leads to the list without it. */
function chipsOf(words: Words, query: ListQuery): { field: string; value: string; href: string }[] {
  const start = { ...query, after: undefined, before: undefined }
  const { lists } = words
  const chips = []
  if (query.status !== 'todos') {
    chips.push({ field: 'Status', value: lists.filters[query.status], href: listPath({ ...start, status: 'todos' }) })
  }
  if (query.ownTeams) {
    chips.push({ field: lists.teamField, value: lists.ownTeam, href: listPath({ ...start, ownTeams: false }) })
  }
  if (query.mine) {
    chips.push({ field: lists.whose, value: lists.mine, href: listPath({ ...start, mine: false }) })
  }
  return chips
}

function Results({ visit, query, found }: { visit: Visit; query: ListQuery; found: ListPage }) {
  const { words } = visit
  if (found.rows.length === 0) return <NoResults visit={visit} query={query} />
  return (
    <section class="card" aria-labelledby="resultado">
      <div class="tbar">
        <h2 id="resultado">{words.lists.found(found.count, MOST_COUNTED)}</h2>
      </div>
      <TicketTable guest={visit} query={query} rows={found.rows} />
      <nav class="pag" aria-label={words.lists.pages}>
        <span>{words.lists.shown(found.rows.length)}</span>
        <div class="acts">
          {found.previous ? (
            <>
              <a class="btn" href={listPath({ ...query, after: undefined, before: undefined })}>
                {words.lists.first}
              </a>
              <a class="btn" rel="prev" href={listPath({ ...query, after: undefined, before: found.previous })}>
                <Icon name="chevron-left" />
                {words.lists.previous}
              </a>
            </>
          ) : null}
          {found.next ? (
            <a class="btn" rel="next" href={listPath({ ...query, before: undefined, after: found.next })}>
              {words.lists.next}
              <Icon name="chevron-right" />
            </a>
          ) : null}
        </div>
      </nav>
    </section>
  )
}

function NoResults({ visit, query }: { visit: Visit; query: ListQuery }) {
  const { lists } = visit.words
  const filtered = query.status !== 'todos' || query.mine || query.ownTeams
  const all: ListQuery = { ...defaultQuery(visit.actor.side), status: 'todos', ownTeams: false }
  return (
    <section class="card">
      {filtered ? (
        <Empty icon="filter" title={lists.none.title} text={lists.none.text}>
          <a class="btn" href={listPath(all)}>
            {lists.none.all}
          </a>
        </Empty>
      ) : (
        <Empty icon="ticket" title={lists.noneYet.title} text={lists.noneYet.text}>
          {offersOpening(visit.actor) ? (
            <a class="btn pri" href="/abrir-chamado">
              {lists.openTicket}
            </a>
          ) : null}
        </Empty>
      )}
    </section>
  )
}
