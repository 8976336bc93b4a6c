// GET /chamados: Listar Chamados. The builder of criteria, the search as chips, and the page of rows. All state stands in the
// address; the builder's buttons lead to an address with one rule more or less.
import { renderToString } from 'preact-render-to-string'
import { describe, describeRule } from '#criteria/rules/describe.ts'
import { edited, fits, without } from '#criteria/rules/edit.ts'
import { type Fields, isGroup } from '#criteria/rules/grammar.ts'
import { check, readParams } from '#criteria/rules/read.ts'
import { CriteriaBuilder, EDIT } from '#criteria/views.tsx'
import { found, Refusal } from '#shared/refusals.ts'
import { ErrorSummary, problemText } from '#shared/ui/fields.tsx'
import { Empty } from '#shared/ui/form.tsx'
import { drawnBefore } from '#shared/ui/html.ts'
import { Icon } from '#shared/ui/icon.tsx'
import { page } from '#shared/ui/page.tsx'
import { offersOpening } from '#shared/ui/shell.tsx'
import type { Answer, Site, Visit } from '#shared/web/site.ts'
import { choiceNow, keptSearch, likedOther, rowsLiked } from '#tickets/reads/choice.ts'
import { findPage } from '#tickets/reads/find.ts'
import { type ListPage, listPage } from '#tickets/reads/list.ts'
import { type AskedList, askedList } from '#tickets/reads/list-search.ts'
import { type Column, keepPath, listPath, pathWith, readListQuery, rulesOfQuery } from '#tickets/rules/list-query.ts'
import { leftOutBy } from '#tickets/web/list-empty.tsx'
import { Results } from '#tickets/web/list-results.tsx'
import { colleaguesFor, pathOfAll } from '#tickets/web/selection.tsx'

/** The field a new rule begins with: what GLPI offers first. */
const START = 'titulo'
/** The button that keeps the search as it stands in the builder. */
const KEEP = 'guardar'

export function routes(site: Site): void {
  site.get('/chamados', showList, { when: isSearch })
}

/** Any list but the usual ones, whose statements an index serves. */
const isSearch = (path: string): boolean => /[?&](r\d|ordem=|pesquisa=|selecionar=pesquisa)/.test(path)

async function showList(visit: Visit): Promise<Answer> {
  const params = new URL(visit.path, 'http://eprod').searchParams
  const asked = await askedList(visit, params)
  const wrong = asked.problems.length > 0
  const action = params.get(EDIT)
  // Without scripts a field may be changed and searched by at once: its row still has the operator of the one before.
  if (wrong && action === null && params.get('status') === 'todos' && !fits(asked.items, asked.fields))
    return editedList(visit, asked, { action: 'campos', params })
  // What the page of sorts sends, as the one address of that list.
  if (params.has('sentido') && !wrong) return { redirect: listPath(asked.query) }
  const kept = asked.query.saved ? await keptSearch(visit, asked.query.saved) : undefined
  // Only one's own search is kept in the place of what it was.
  if (action === KEEP && !wrong) return { redirect: keepPath(asked.query, kept?.own ? asked.query.saved : undefined) }
  if (action !== null && action !== KEEP) return editedList(visit, asked, { action, params })
  // A kept search, and where the reader's lists begin, lead to the address in which all of it stands.
  if (asked.query.saved && params.size === 1) return { redirect: `/chamados?${found(kept, 'search-gone').path}` }
  if (asked.query.select === 'pesquisa' && !wrong) return { redirect: await pathOfAll(visit, asked) }
  const rows = wrong ? undefined : await pageOf(visit, asked)
  const leftOut = rows?.rows.length === 0 ? await leftOutBy(visit, asked) : undefined
  const start = params.size === 0 && rows ? await startOf(visit, rows) : undefined
  if (start) return { redirect: `/chamados?${start}` }
  if (rows && visit.actor.side === 'staff') visit.noteReading('list', 'tickets')
  const colleagues = await colleaguesFor(visit, asked.query)
  const { words } = visit
  return page(visit, {
    title: words.lists.title,
    section: 'tickets',
    crumbs: [{ label: words.shared.menu.service }, { label: words.lists.title }],
    ...(wrong ? { status: 422 } : {}),
    notice: params.get('feito') === 'lidos' ? words.lists.selection.marked : undefined,
    body: (
      <>
        <div class="head">
          <h1>{kept ? keptHeading(visit, asked, kept) : words.lists.heading}</h1>
          <div class="acts">
            <a class="btn" href="/chamados/pesquisas">
              <Icon name="bookmark" />
              {words.searches.saved.link}
            </a>
            {offersOpening(visit.actor) ? (
              <a class="btn pri" href="/abrir-chamado">
                <Icon name="plus" />
                {words.lists.openTicket}
              </a>
            ) : null}
          </div>
        </div>
        <div id="lista" data-swap>
          <Faults visit={visit} asked={asked} />
          {wrong ? <Builder visit={visit} asked={asked} /> : drawnBuilder(visit, asked)}
          {rows ? <Results visit={visit} asked={asked} found={rows} colleagues={colleagues} leftOut={leftOut} /> : null}
          {wrong || rows ? null : <TooWide visit={visit} />}
        </div>
      </>
    ),
  })
}

/** The name of a kept search, and whether what is asked is still what was kept. */
function keptHeading({ actor, words }: Visit, { items }: AskedList, kept: { name: string; path: string }): string {
  const before = rulesOfQuery(readListQuery(new URLSearchParams(kept.path), actor), actor.side)
  return JSON.stringify(before) === JSON.stringify(items) ? kept.name : words.lists.changedSearch(kept.name)
}

/** Orders that an index of every usual list has; any other is given up where it takes too long. */
const INDEXED: ReadonlySet<Column> = new Set(['updated', 'opened', 'id'])

/** The usual lists by their prepared statement, any other search by one of its own; undefined: too much to look through. */
async function pageOf(visit: Visit, asked: AskedList): Promise<ListPage | undefined> {
  const { actor, lang, now, tx } = visit
  const { fields, criteria } = asked
  const query = { ...asked.query, size: asked.query.size ?? rowsLiked(actor) }
  const rows =
    query.rules || query.also || !INDEXED.has(query.sort)
      ? await findPage(tx, { actor, lang, now, query, fields, criteria })
      : await listPage(tx, { actor, lang, query })
  const anew = rows && rows.rows.length > 0 && !asked.query.size && likedOther(actor, rows.choice.rows)
  return anew ? await pageOf(visit, asked) : rows
}

async function startOf({ tx, actor }: Visit, { rows, choice: brought }: ListPage): Promise<string | undefined> {
  const choice = rows.length > 0 ? brought : await choiceNow(tx, actor)
  return choice.start
}

/** What a button of the builder asks: the same list at the address of the changed rules. */
function editedList(
  visit: Visit,
  { query, fields }: AskedList,
  given: { action: string; params: URLSearchParams },
): Answer {
  const ruled = readParams(given.params)
  const done = edited(ruled.items, given.action, { fields, start: START })
  if (!done) throw new Refusal('bad-request')
  const place = done.added ? `#r-${done.added.replaceAll('.', '-')}` : ''
  return { redirect: `${pathWith(query, done.items, visit.actor.side)}${place}` }
}

function Faults({ visit, asked }: { visit: Visit; asked: AskedList }) {
  const { words } = visit
  const items = asked.problems.map((problem) => ({
    href: problem.field.startsWith('r') && problem.field.includes('.') ? `#${problem.field}` : '#criterios',
    text: problemText(words, problem),
  }))
  return <ErrorSummary title={words.criteria.builder.wrong} items={items} />
}

/**
 * A builder without faults says what its address says, to a reader of these fields: drawn once for as long as the fields
 * stand, which is a minute. Addresses too long to be anybody's usual list are not kept.
 */
const builders = new WeakMap<Fields, Map<string, string>>()
const MOST_BUILDERS = 20
const LONGEST_KEPT = 500
function drawnBuilder(visit: Visit, asked: AskedList) {
  const mine = builders.get(asked.fields) ?? new Map<string, string>()
  builders.set(asked.fields, mine)
  const known = mine.get(visit.path)
  if (known !== undefined) return drawnBefore(known)
  const drawn = Buffer.from(renderToString(<Builder visit={visit} asked={asked} />)).toString()
  if (mine.size < MOST_BUILDERS && visit.path.length <= LONGEST_KEPT) mine.set(visit.path, drawn)
  return drawnBefore(drawn)
}

function Builder({ visit, asked }: { visit: Visit; asked: AskedList }) {
  const { words } = visit
  const { query, fields, items, problems } = asked
  const { searchParams } = new URL(
    listPath({ ...query, rules: undefined, mine: false, ownTeams: false, after: undefined, before: undefined }),
    'http://e',
  )
  const kept = [...searchParams].filter(([name]) => ['ordem', 'linhas', 'pesquisa'].includes(name))
  return (
    <form class="card filters" id="criterios" action="/chamados" aria-label={words.lists.criteria} data-criteria>
      <input type="hidden" name="status" value="todos" />
      {kept.map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {/* Enter in a field searches: the first button of a form is the one it presses. */}
      <button type="submit" class="vh" tabIndex={-1} aria-hidden="true" />
      <CriteriaBuilder items={items} fields={fields} words={words} problems={problems} start={START}>
        <button type="submit" class="btn ghost small" name={EDIT} value={KEEP}>
          <Icon name="bookmark" />
          {words.searches.saved.keep}
        </button>
        <button type="submit" class="btn pri crit-go">
          <Icon name="search" />
          {words.lists.apply}
        </button>
      </CriteriaBuilder>
      <Chips visit={visit} asked={asked} />
    </form>
  )
}

/** The search as it stands, each part with a link to the list without it. */
function Chips({ visit, asked }: { visit: Visit; asked: AskedList }) {
  const { words } = visit
  const { items, query, fields } = asked
  const chips = items.flatMap((item, at) => {
    const [checked] = check([item], fields).criteria
    if (!checked) return []
    const text = isGroup(checked)
      ? `(${describe(checked.items, fields, words.criteria)})`
      : describeRule(checked, fields, words.criteria)
    const link = at === 0 ? words.criteria.firstLinks[checked.link] : words.criteria.links[checked.link]
    return [{ link, text, href: pathWith(query, without(items, [at + 1]), visit.actor.side) }]
  })
  if (chips.length === 0) return <p class="hint">{words.criteria.builder.nothing}</p>
  return (
    <ul class="chips">
      {chips.map((chip) => (
        <li key={chip.href + chip.text} class="chip">
          <span>
            {chip.link ? `${chip.link} ` : ''}
            <b>{chip.text}</b>
          </span>
          <a href={chip.href}>
            <Icon name="x" />
            <span class="vh">{words.lists.removeFilter(chip.text)}</span>
          </a>
        </li>
      ))}
    </ul>
  )
}

function TooWide({ visit }: { visit: Visit }) {
  const { builder } = visit.words.criteria
  return (
    <section class="card">
      <Empty icon="filter" title={builder.tooWide} text={builder.tooWideText} />
    </section>
  )
}
