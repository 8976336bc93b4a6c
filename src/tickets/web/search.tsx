// GET /pesquisar?q=: by numbers or words, over every status; closed ones under their own heading. And what the search box
// suggests while one types: its own address, JSON.
import { isCpf, maskCpf } from '#shared/kit/cpf.ts'
import { parseCnpj, showCnpj } from '#shared/kit/identifiers/cnpj.ts'
import { showTicketId } from '#shared/kit/identifiers/ticket-id.ts'
import { strayParams } from '#shared/kit/stray-params.ts'
import { ErrorSummary, problemText } from '#shared/ui/fields.tsx'
import { Empty } from '#shared/ui/form.tsx'
import { page } from '#shared/ui/page.tsx'
import type { Answer, Site, Visit } from '#shared/web/site.ts'
import { type FoundTicket, MOST_FOUND, searchTickets, suggestTickets } from '#tickets/reads/search.ts'
import { LONGEST_TERM, searchKeys, termPath } from '#tickets/rules/search-term.ts'
import { titleParts } from '#tickets/views.tsx'
import { RowTable } from '#tickets/web/row-table.tsx'

export function routes(site: Site): void {
  site.get('/pesquisar', showSearch, {})
  site.get('/pesquisar/sugestoes', suggest, { latest: true })
}

const paramsOf = (visit: Visit): URLSearchParams => new URL(visit.path, 'http://eprod').searchParams

const termOf = (visit: Visit): string =>
  (paramsOf(visit).get('q') ?? '').toWellFormed().replaceAll('\0', '').trim().slice(0, LONGEST_TERM)

/** Whose tickets there are is told to the staff by the person's number. A CPF is recorded masked, since the record stays. */
function noteNumber(visit: Visit, term: string): void {
  const number = visit.actor.side === 'staff' ? searchKeys(term)?.number : undefined
  if (number === undefined) return
  if (isCpf(number)) visit.noteReading('search', maskCpf(number))
  else if (parseCnpj(number, '').ok) visit.noteReading('search', showCnpj(number))
}

async function showSearch(visit: Visit): Promise<Answer> {
  const stray = strayParams(paramsOf(visit), (name) => (name === 'q' ? 'one' : undefined))
  const term = termOf(visit)
  noteNumber(visit, term)
  const found = term ? await searchTickets(visit.tx, visit.actor, term) : []
  const only = found?.length === 1 ? found[0] : undefined
  if (stray.length === 0 && only && only.id === searchKeys(term)?.id) return { redirect: `/chamados/${only.id}` }
  const { searchPage } = visit.words.lists
  return page(visit, {
    title: searchPage.title,
    ...(stray.length > 0 ? { status: 422 } : {}),
    crumbs: [{ label: searchPage.title }],
    term,
    body: (
      <>
        <div class="head">
          <h1>{term ? searchPage.heading(term) : searchPage.title}</h1>
        </div>
        <ErrorSummary
          title={searchPage.wrong}
          items={stray.map((one) => ({ href: '#pesquisa', text: problemText(visit.words, one) }))}
        />
        {found && found.length > 0 ? (
          <Found visit={visit} found={found} term={term} />
        ) : (
          <NothingFound visit={visit} term={term} tooWide={found === undefined} />
        )}
      </>
    ),
  })
}

/** `[{ id, title, status, href }]`, texts as shown. */
async function suggest(visit: Visit): Promise<Answer> {
  const term = termOf(visit)
  noteNumber(visit, term)
  const found = term ? await suggestTickets(visit.tx, visit.actor, term) : []
  return {
    json: found.map(({ id, title, status }) => ({
      id: showTicketId(id),
      title: titleParts(title).shown.replace(/ - \(\d+\)$/, ''),
      status: visit.words.shared.statuses[status],
      href: `/chamados/${id}`,
    })),
  }
}

function Found({ visit, found, term }: { visit: Visit; found: readonly FoundTicket[]; term: string }) {
  const { searchPage } = visit.words.lists
  const live = found.filter((ticket) => ticket.status !== 'closed')
  const closed = found.filter((ticket) => ticket.status === 'closed')
  const more = live.length > MOST_FOUND || closed.length > MOST_FOUND
  return (
    <div class="boards">
      {live.length > 0 ? <FoundBoard visit={visit} name="chamados" title={searchPage.open} rows={live} /> : null}
      {closed.length > 0 ? <FoundBoard visit={visit} name="fechados" title={searchPage.closed} rows={closed} /> : null}
      {more ? (
        <p class="hint">
          {searchPage.more(MOST_FOUND)} <a href={termPath(term)}>{searchPage.seeAll}</a>
        </p>
      ) : null}
    </div>
  )
}

function FoundBoard(props: { visit: Visit; name: string; title: string; rows: readonly FoundTicket[] }) {
  const { visit, name, title } = props
  const rows = props.rows.slice(0, MOST_FOUND)
  const { columns } = visit.words.lists
  const staff = visit.actor.side === 'staff'
  return (
    <section class="card board" aria-labelledby={`r-${name}`}>
      <div class="tbar">
        <h2 id={`r-${name}`}>
          {title}
          <span class="cnt">{props.rows.length > MOST_FOUND ? `${MOST_FOUND}+` : rows.length}</span>
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

function NothingFound({ visit, term, tooWide }: { visit: Visit; term: string; tooWide: boolean }) {
  const { searchPage } = visit.words.lists
  const { builder } = visit.words.criteria
  const none = term ? searchPage.none(term) : searchPage.nonePlain
  return (
    <section class="card">
      <Empty icon="search" title={tooWide ? builder.tooWide : none} text={searchPage.explain}>
        <a class="btn" href="/chamados">
          {searchPage.listInstead}
        </a>
      </Empty>
    </section>
  )
}
