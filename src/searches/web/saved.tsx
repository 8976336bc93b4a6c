// /chamados/pesquisas: the searches a person may open, each with its count and what it asks. Keeping and changing them stands
// in keep.tsx.
import { describe } from '#criteria/rules/describe.ts'
import { countsOf, type SavedSearch, savedSearches } from '#searches/reads.ts'
import { Empty } from '#shared/ui/form.tsx'
import { Icon } from '#shared/ui/icon.tsx'
import { page } from '#shared/ui/page.tsx'
import type { Answer, Site, Visit } from '#shared/web/site.ts'
import { MOST_COUNTED } from '#tickets/reads/list.ts'
import { askedList } from '#tickets/reads/list-search.ts'
import { defaultQuery, listPath, listQueryText } from '#tickets/rules/list-query.ts'

export const SAVED_PATH = '/chamados/pesquisas'
const SAID = ['salva', 'apagada'] as const

export function routes(site: Site): void {
  site.get(SAVED_PATH, showSaved, {})
}

async function showSaved(visit: Visit): Promise<Answer> {
  const { searches, lists, shared } = visit.words
  const { saved } = searches
  const rows = await savedSearches(visit.tx, visit.actor)
  const usual = listQueryText(defaultQuery(visit.actor))
  const [usualCount, ...counts] = await countsOf(visit, [usual, ...rows.map((row) => row.query)])
  const said = SAID.find((one) => one === new URL(visit.path, 'http://e').searchParams.get('feito'))
  const shown = await Promise.all(
    rows.map(async (row, at) => ({ row, count: counts[at], sentence: await sentenceOf(visit, row.query) })),
  )
  return page(visit, {
    title: saved.title,
    section: 'tickets',
    crumbs: [{ label: shared.menu.service }, { label: lists.title, href: '/chamados' }, { label: saved.title }],
    notice: said && saved.said[said],
    body: (
      <>
        <div class="head">
          <div>
            <h1>{saved.title}</h1>
            <p class="hint">{saved.intro}</p>
          </div>
        </div>
        <section class="card" aria-label={saved.title}>
          <ul class="saved">
            <li>
              <Name href={listPath(defaultQuery(visit.actor))} name={saved.usual} />
              <Count visit={visit} n={usualCount} />
              <span class="hint">{await sentenceOf(visit, usual)}</span>
            </li>
            {shown.map((one) => (
              <Line key={one.row.id} visit={visit} {...one} />
            ))}
          </ul>
          {rows.length === 0 ? <Empty icon="bookmark" title={saved.none} text={saved.noneText} /> : null}
        </section>
      </>
    ),
  })
}

/** What a kept query asks, for this reader. */
export async function sentenceOf(visit: Visit, query: string): Promise<string> {
  const { fields, criteria } = await askedList(visit, new URLSearchParams(query))
  const { criteria: said } = visit.words
  return describe(criteria, fields, said) || said.builder.nothing
}

function Name({ href, name }: { href: string; name: string }) {
  return (
    <a class="saved-name" href={href}>
      <Icon name="search" />
      <b>{name}</b>
    </a>
  )
}

function Count({ visit, n }: { visit: Visit; n: number | undefined }) {
  const { lists, searches } = visit.words
  if (n === undefined) return <span class="cnt">–</span>
  return (
    <span class="cnt">
      {lists.number(n, MOST_COUNTED)}
      <span class="vh"> {searches.saved.found(n)}</span>
    </span>
  )
}

interface LineProps {
  readonly visit: Visit
  readonly row: SavedSearch
  readonly count: number | undefined
  readonly sentence: string
}

function Line({ visit, row, count, sentence }: LineProps) {
  const { saved } = visit.words.searches
  const passed = row.above !== null && count !== undefined && count > row.above
  return (
    <li>
      <Name href={openPath(row)} name={row.name} />
      <Count visit={visit} n={count} />
      <a class="btn small" href={`${SAVED_PATH}/${row.id}`}>
        {row.own ? saved.edit : saved.use}
        <span class="vh">: {row.name}</span>
      </a>
      <span class="hint">{sentence}</span>
      <span class="hint saved-marks">
        {sharedWith(visit, row)}
        {row.start ? ` · ${saved.isStart}` : ''}
        {row.above === null ? '' : ` · ${saved.alertAbove(row.above)}`}
        {passed ? <b> · {saved.passed}</b> : null}
      </span>
    </li>
  )
}

export const removalPath = ({ id }: Pick<SavedSearch, 'id'>): string => `${SAVED_PATH}/${id}/apagar`

/** The list of a kept search: its whole query stands in the address, and which search it is. */
export function openPath({ query, id }: Pick<SavedSearch, 'query' | 'id'>): string {
  return `/chamados?${query}&pesquisa=${id}`
}

export function sharedWith(visit: Visit, row: SavedSearch): string {
  const { saved } = visit.words.searches
  const whose =
    row.shared === 'team'
      ? saved.ofTeam(row.team ?? '')
      : row.shared === 'institution'
        ? saved.ofInstitution(visit.actor.institutionName)
        : saved.private
  const by = row.own || row.owner === null ? whose : `${whose} · ${saved.by(row.owner)}`
  return row.left ? `${by} · ${saved.left}` : by
}
