// The ticked rows of a list and what is done with them: the bar of actions a role may do, POST /chamados/selecao, and its
// outcome for each ticket.
import type { VNode } from 'preact'
import { LINKS, MOST_VALUES, OPERATORS, type RawItem } from '#criteria/rules/grammar.ts'
import { showTicketId } from '#shared/kit/identifiers/ticket-id.ts'
import { Empty, FormStart } from '#shared/ui/form.tsx'
import { Icon } from '#shared/ui/icon.tsx'
import { page } from '#shared/ui/page.tsx'
import { type Answer, fieldOf, type Site, type Visit } from '#shared/web/site.ts'
import { type AssigningVerb, type MovedOne, moveTickets } from '#tickets/actions/move-tickets.ts'
import { exportNumbers } from '#tickets/reads/export.ts'
import type { ListPage } from '#tickets/reads/list.ts'
import type { AskedList } from '#tickets/reads/list-search.ts'
import { assignees } from '#tickets/reads/references.ts'
import { rolesOf } from '#tickets/rules/lifecycle.ts'
import { type ListQuery, listPath, listQueryText, MOST_TICKED, readListQuery } from '#tickets/rules/list-query.ts'

export const SELECTION_PATH = '/chamados/selecao'
const VERBS = { assumir: 'take', atribuir: 'assign', devolver: 'give-back' } as const satisfies Record<
  string,
  AssigningVerb
>

export function routes(site: Site): void {
  site.post(SELECTION_PATH, actOnSelection)
  // Where a sign-in leads back to.
  site.get(SELECTION_PATH, async () => ({ redirect: '/chamados' }))
}

export type Colleagues = readonly { readonly id: number; readonly name: string }[]

/** Whom a supervisor may assign to; nobody else is asked for. */
export async function colleaguesFor(visit: Visit, query: ListQuery): Promise<Colleagues> {
  return query.select && rolesOf(visit.actor).includes('supervisor') ? await assignees(visit.tx) : []
}

/** The list with the first MOST_TICKED of all its pages ticked. */
export async function pathOfAll(visit: Visit, asked: AskedList): Promise<string> {
  const { actor, lang, now, tx } = visit
  const query: ListQuery = { ...asked.query, select: 'linhas' }
  const first: ListQuery = { ...query, after: undefined, before: undefined, size: MOST_TICKED }
  const ids = await exportNumbers(tx, { ...asked, actor, lang, now, query: first }, false)
  return listPath({ ...query, ticked: ids ? [...ids] : query.ticked })
}

interface BarProps {
  readonly visit: Visit
  readonly query: ListQuery
  readonly found: ListPage
  readonly colleagues: Colleagues
}

/** The form around the table: what may be done with the ticked ones. */
export function SelectionBar({ visit, query, found, colleagues }: BarProps) {
  const { selection } = visit.words.lists
  const roles = rolesOf(visit.actor)
  const all = query.select === 'todas'
  return (
    <fieldset class="mass">
      <legend class="vh">{selection.label}</legend>
      <FormStart visit={visit} action={SELECTION_PATH} />
      <input type="hidden" name="lista" value={listQueryText(query)} />
      {/* Enter in a box does nothing by itself: what is first is pressed. */}
      <button type="submit" class="vh" tabIndex={-1} aria-hidden="true" name="acao" value="nada" />
      <Ticked visit={visit} query={query} found={found} />
      <span class="hint">{selection.with}</span>
      {roles.includes('analyst') ? (
        <button type="submit" class="btn small" name="acao" value="assumir">
          <Icon name="hand-grab" />
          {selection.take}
        </button>
      ) : null}
      {roles.includes('supervisor') ? <AssignTo words={selection} colleagues={colleagues} /> : null}
      {roles.includes('analyst') || roles.includes('supervisor') ? (
        <button type="submit" class="btn small" name="acao" value="devolver">
          {selection.giveBack}
        </button>
      ) : null}
      <button type="submit" class="btn small" formAction="/avisos" name="acao" value="lidos">
        <Icon name="bell" />
        {selection.read}
      </button>
      <button type="submit" class="btn small" name="acao" value="ver">
        <Icon name="filter" />
        {selection.only}
      </button>
      <span class="acts">
        <a class="btn small ghost" href={listPath({ ...query, select: all ? 'linhas' : 'todas' })} data-tick-all>
          {selection.all}
        </a>
        <a class="btn small ghost" href={listPath({ ...query, select: undefined })}>
          {selection.stop}
        </a>
      </span>
    </fieldset>
  )
}

/** How many are ticked, here and on other pages; what is ticked elsewhere is sent with the form. */
function Ticked({ visit, query, found }: Omit<BarProps, 'colleagues'>) {
  const { selection } = visit.words.lists
  const here = new Set(found.rows.map(({ id }) => id))
  const ticked = query.ticked ?? []
  const away = ticked.filter((id) => !here.has(id))
  const count = away.length + (query.select === 'todas' ? here.size : ticked.length - away.length)
  const every = found.count !== undefined && found.count <= MOST_TICKED ? found.count : undefined
  const more = Boolean(found.next || found.previous)
  return (
    <span class="mass-n">
      {away.map((id) => (
        <input key={id} type="hidden" name="chamado" value={id} />
      ))}
      <b role="status" data-ticked data-one={selection.ticked(1)} data-many={selection.ticked(0)}>
        {selection.ticked(count)}
      </b>
      <button type="submit" class="btn small ghost crit-refit" name="acao" value="manter">
        {selection.keep}
      </button>
      {more ? (
        <a class="btn small ghost" href={listPath({ ...query, select: 'pesquisa', ticked: undefined })}>
          {every === undefined ? selection.first(MOST_TICKED) : selection.every(every)}
        </a>
      ) : null}
      <a class="btn small ghost" href={listPath({ ...query, select: 'linhas', ticked: undefined })} data-tick-none>
        {selection.none}
      </a>
    </span>
  )
}

function AssignTo({ words, colleagues }: { words: Visit['words']['lists']['selection']; colleagues: Colleagues }) {
  return (
    <span class="mass-to">
      <select class="sel" name="tecnico" aria-label={words.assignTo}>
        <option value="">{words.choose}</option>
        {colleagues.map((one) => (
          <option key={one.id} value={one.id}>
            {one.name}
          </option>
        ))}
      </select>
      <button type="submit" class="btn small" name="acao" value="atribuir">
        {words.assign}
      </button>
    </span>
  )
}

async function actOnSelection(visit: Visit): Promise<Answer> {
  const { tx, actor, now, posted } = visit
  const { selection } = visit.words.lists
  const query = readListQuery(new URLSearchParams(fieldOf(posted, 'lista')), actor)
  const ids = [...new Set((posted.fields.chamado ?? []).filter((id) => /^[1-9]\d{0,14}$/.test(id)))]
  const action = fieldOf(posted, 'acao')
  if (ids.length > MOST_TICKED)
    return told(visit, query, { title: selection.many(ids.length), text: selection.manyText(MOST_TICKED) })
  if (action === 'manter') return { redirect: listPath({ ...query, select: 'linhas', ticked: ids.map(Number) }) }
  if (ids.length === 0) return told(visit, query, { title: selection.nothing, text: selection.nothingText })
  if (action === 'ver') return { redirect: listPath({ ...query, ...onlyThese(ids) }) }
  const verb = Object.hasOwn(VERBS, action) ? VERBS[action as keyof typeof VERBS] : undefined
  if (!verb) return { redirect: listPath(query) }
  const assigneeId = Number.parseInt(fieldOf(posted, 'tecnico'), 10) || undefined
  if (verb === 'assign' && !assigneeId)
    return told(visit, query, { title: selection.assign, text: selection.noAssignee })
  const outcomes = await moveTickets({ tx, actor, now }, ids.map(Number), { verb, assigneeId })
  return outcomePage(visit, { query, verb, outcomes })
}

/** The ticked ones as a search of their numbers, in as many rules as their values need. */
function onlyThese(ids: readonly string[]): Partial<ListQuery> {
  const rules: RawItem[] = []
  for (let at = 0; at < ids.length; at += MOST_VALUES) {
    const link = at === 0 ? LINKS.and : LINKS.or
    rules.push({ link, field: 'id', operator: OPERATORS['one-of'], values: ids.slice(at, at + MOST_VALUES) })
  }
  return {
    rules,
    status: 'todos',
    mine: false,
    ownTeams: false,
    select: undefined,
    after: undefined,
    before: undefined,
  }
}

/** Nothing was done, and why. */
function told(visit: Visit, query: ListQuery, why: { title: string; text: string }): Answer {
  const body = (
    <section class="card">
      <Empty icon="list" title={why.title} text={why.text} />
    </section>
  )
  return resultPage(visit, query, { body, status: 422 })
}

function outcomePage(
  visit: Visit,
  done: { query: ListQuery; verb: AssigningVerb; outcomes: readonly MovedOne[] },
): Answer {
  const { lists, refusals } = visit.words
  const { selection } = lists
  const moved = done.outcomes.filter(({ how }) => how === 'moved').length
  const sentence = ({ how }: MovedOne): string => {
    if (how === 'moved') return selection.done[done.verb]
    return how === 'same' ? selection.same : refusals[how].sentence
  }
  const body = (
    <section class="card">
      <table class="plain">
        <caption class="vh">{selection.title}</caption>
        <thead>
          <tr>
            <th scope="col">{lists.columns.id.name}</th>
            <th scope="col">{selection.outcome}</th>
          </tr>
        </thead>
        <tbody>
          {done.outcomes.map((one) => (
            <tr key={one.id}>
              <th scope="row">
                <a href={`/chamados/${one.id}`}>{showTicketId(one.id)}</a>
              </th>
              <td class="outcome">
                <Icon name={one.how === 'moved' ? 'circle-check' : one.how === 'same' ? 'circle' : 'alert-circle'} />
                {sentence(one)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
  return resultPage(visit, done.query, { body, notice: selection.summary(moved, done.outcomes.length) })
}

function resultPage(
  visit: Visit,
  query: ListQuery,
  content: { body: VNode; status?: number; notice?: string },
): Answer {
  const { lists, shared } = visit.words
  const back = listPath({ ...query, select: undefined })
  return page(visit, {
    title: lists.selection.title,
    section: 'tickets',
    crumbs: [{ label: shared.menu.service }, { label: lists.title, href: back }, { label: lists.selection.title }],
    ...content,
    body: (
      <>
        <div class="head">
          <h1>{lists.selection.title}</h1>
          <div class="acts">
            <a class="btn pri" href={back}>
              <Icon name="arrow-left" />
              {lists.selection.back}
            </a>
          </div>
        </div>
        {content.body}
      </>
    ),
  })
}
