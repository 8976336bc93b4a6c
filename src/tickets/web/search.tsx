// GET /pesquisar?q=: by plate, chassis or ID, over every status; closed ones under their own heading.
import { Empty } from '#shared/ui/form.tsx'
import { page } from '#shared/ui/page.tsx'
import type { Answer, Site, Visit } from '#shared/web/site.ts'
import { type FoundTicket, MOST_FOUND, searchTickets } from '#tickets/reads/search.ts'
import { searchKeys } from '#tickets/rules/search-term.ts'
import { RowTable } from '#tickets/web/row-table.tsx'

export function routes(site: Site): void {
  site.get('/pesquisar', showSearch)
}

async function showSearch(visit: Visit): Promise<Answer> {
  const term = (new URL(visit.path, 'http://eprod').searchParams.get('q') ?? '').trim().slice(0, 80)
  const keys = term ? searchKeys(term) : undefined
  const found = keys ? await searchTickets(visit.tx, keys) : []
  const only = found.length === 1 ? found[0] : undefined
  if (only && only.id === keys?.id) return { redirect: `/chamados/${only.id}` }
  const { searchPage } = visit.words.lists
  return page(visit, {
    title: searchPage.title,
    crumbs: [{ label: searchPage.title }],
    term,
    body: (
      <>
        <div class="head">
          <h1>{term ? searchPage.heading(term) : searchPage.title}</h1>
        </div>
        {found.length === 0 ? (
          <NothingFound visit={visit} term={term} understood={keys !== undefined} />
        ) : (
          <Found visit={visit} found={found} />
        )}
      </>
    ),
  })
}

function Found({ visit, found }: { visit: Visit; found: readonly FoundTicket[] }) {
  const { searchPage } = visit.words.lists
  const live = found.filter((ticket) => ticket.status !== 'closed')
  const closed = found.filter((ticket) => ticket.status === 'closed')
  return (
    <div class="boards">
      {live.length > 0 ? <FoundBoard visit={visit} name="chamados" title={searchPage.open} rows={live} /> : null}
      {closed.length > 0 ? <FoundBoard visit={visit} name="fechados" title={searchPage.closed} rows={closed} /> : null}
      {found.length === MOST_FOUND ? <p class="hint">{searchPage.more(MOST_FOUND)}</p> : null}
    </div>
  )
}

function FoundBoard(props: { visit: Visit; name: string; title: string; rows: readonly FoundTicket[] }) {
  const { visit, name, title, rows } = props
  const { columns } = visit.words.lists
  const staff = visit.actor.side === 'staff'
  return (
    <section class="card board" aria-labelledby={`r-${name}`}>
      <div class="tbar">
        <h2 id={`r-${name}`}>
          {title}
          <span class="cnt">{rows.length}</span>
        </h2>
      </div>
      <RowTable
        guest={visit}
        caption={title}
        whoLabel={staff ? columns.requesterGroup.name : columns.requester.name}
        due={rows.some((row) => row.dueAt)}
        rows={rows.map((row) => ({ ...row, who: staff ? row.institution : row.requester }))}
      />
    </section>
  )
}

function NothingFound({ visit, term, understood }: { visit: Visit; term: string; understood: boolean }) {
  const { searchPage } = visit.words.lists
  const text = term && !understood ? `${searchPage.notUnderstood} ${searchPage.explain}` : searchPage.explain
  return (
    <section class="card">
      <Empty icon="search" title={term ? searchPage.none(term) : searchPage.nonePlain} text={text}>
        <a class="btn" href="/chamados">
          {searchPage.listInstead}
        </a>
      </Empty>
    </section>
  )
}
