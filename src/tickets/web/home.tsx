// GET /: Visão Pessoal, Visão do Grupo, Visão Global (guide, step 4). Deadlines stand first: nothing falls due in silence.
import { openDrafts } from '#forms/reads.ts'
import { Drafts, keptNotice } from '#forms/views.tsx'
import { Empty, Tabs } from '#shared/ui/form.tsx'
import { Icon } from '#shared/ui/icon.tsx'
import { page } from '#shared/ui/page.tsx'
import { offersOpening } from '#shared/ui/shell.tsx'
import { statusIcon } from '#shared/ui/status.tsx'
import type { Answer, Site, Visit } from '#shared/web/site.ts'
import {
  HOME_SECTIONS,
  type HomeRow,
  type HomeSection,
  homeRows,
  SECTION_ROWS,
  statusCounts,
} from '#tickets/reads/home.ts'
import { MOST_COUNTED } from '#tickets/reads/list.ts'
import { decide, STATUSES, type Status } from '#tickets/rules/lifecycle.ts'
import { defaultQuery, listPath, type StatusFilter } from '#tickets/rules/list-query.ts'
import { RowTable } from '#tickets/web/row-table.tsx'

const VIEWS = ['pessoal', 'grupo', 'global'] as const

const FILTER_OF = {
  new: 'novo',
  processing: 'processando',
  pending: 'pendente',
  solved: 'solucionado',
  closed: 'fechado',
} as const satisfies Record<Status, StatusFilter>

const SECTION_FILTER = {
  solved: 'solucionado',
  pending: 'pendente',
  open: 'nao-solucionado',
  closed: 'fechado',
} as const satisfies Record<HomeSection, StatusFilter>

export function routes(site: Site): void {
  site.get('/', showHome)
}

async function showHome(visit: Visit): Promise<Answer> {
  const { home, openTicket } = visit.words.lists
  const asked = new URL(visit.path, 'http://eprod').searchParams.get('visao')
  const view = VIEWS.find((one) => one === asked) ?? 'pessoal'
  if (visit.actor.side === 'staff' && view !== 'global') visit.noteReading('list', 'home')
  return page(visit, {
    title: home[view],
    section: 'home',
    body: (
      <>
        <div class="head">
          <h1>{home.hello(visit.actor.name.split(' ')[0] ?? '')}</h1>
          {offersOpening(visit.actor) ? (
            <div class="acts">
              <a class="btn pri" href="/abrir-chamado">
                <Icon name="plus" />
                {openTicket}
              </a>
            </div>
          ) : null}
        </div>
        <Tabs
          label={home.views}
          tabs={VIEWS.map((one) => ({
            href: one === 'pessoal' ? '/' : `/?visao=${one}`,
            label: home[one],
            current: one === view,
          }))}
        />
        <div class="stack">
          {await keptNotice(visit)}
          {view === 'global' ? await globalView(visit) : await boards(visit, view)}
          {view === 'pessoal' ? await draftsToGoOnWith(visit) : null}
        </div>
      </>
    ),
  })
}

const MOST_DRAFTS = 5

async function draftsToGoOnWith(visit: Visit) {
  if (!offersOpening(visit.actor)) return null
  const { tx, actor, lang, words } = visit
  const { drafts, next } = await openDrafts(tx, { personId: actor.personId, lang, most: MOST_DRAFTS })
  const more = next ? { href: '/abrir-chamado#rascunhos', label: words.forms.open.allDrafts } : undefined
  return <Drafts visit={visit} drafts={drafts} more={more} />
}

async function globalView(visit: Visit) {
  const { words } = visit
  const counts = await statusCounts(visit.tx, visit.actor)
  return (
    <>
      <p class="hint lead">{words.lists.home.globalHint}</p>
      <ul class="counts" aria-label={words.lists.home.countsCaption}>
        {STATUSES.map((status) => (
          <li key={status}>
            <a class="card count" href={`/chamados?status=${FILTER_OF[status]}`}>
              <span class={`badge b-${status}`}>
                <Icon name={statusIcon(status)} />
                {words.shared.statuses[status]}
              </span>
              <b>{words.lists.number(counts[status], MOST_COUNTED)}</b>
            </a>
          </li>
        ))}
      </ul>
    </>
  )
}

async function boards(visit: Visit, view: 'pessoal' | 'grupo') {
  const rows = await homeRows(visit.tx, { actor: visit.actor, lang: visit.lang, view })
  if (rows.length === 0) return <NothingWaits visit={visit} view={view} />
  const bySection = Map.groupBy(rows, (row) => row.section)
  return (
    <div class="boards">
      {HOME_SECTIONS.map((section) => (
        <Board key={section} visit={visit} view={view} section={section} rows={bySection.get(section) ?? []} />
      ))}
    </div>
  )
}

interface BoardProps {
  readonly visit: Visit
  readonly view: 'pessoal' | 'grupo'
  readonly section: HomeSection
  readonly rows: readonly HomeRow[]
}

function Board({ visit, view, section, rows }: BoardProps) {
  const { lists } = visit.words
  const { title, hint } = headingOf(visit, section)
  const staff = visit.actor.side === 'staff'
  const due = section === 'solved' || section === 'pending'
  const more = rows.length > SECTION_ROWS
  const who = staff ? lists.columns.requesterGroup.name : lists.columns.requester.name
  return (
    <section class={`card board t-${section}${rows.length === 0 ? ' bare' : ''}`} aria-labelledby={`q-${section}`}>
      <div class="tbar">
        <h2 id={`q-${section}`}>
          {title}
          {rows.length === 0 ? null : <span class="cnt">{more ? `${SECTION_ROWS}+` : rows.length}</span>}
        </h2>
        <p class="hint">{rows.length === 0 ? lists.home.emptySection : hint}</p>
        {rows.length > 0 ? (
          <div class="acts">
            <a href={allOf(visit, view, section)}>
              {lists.home.seeAll}
              <span class="vh">: {title}</span>
            </a>
          </div>
        ) : null}
      </div>
      {rows.length === 0 ? null : (
        <RowTable
          guest={visit}
          caption={title}
          whoLabel={who}
          due={due}
          rows={rows.slice(0, SECTION_ROWS).map((row) => ({ ...row, who: staff ? row.institution : row.requester }))}
        />
      )}
    </section>
  )
}

/** The full list of a section. */
function allOf(visit: Visit, view: 'pessoal' | 'grupo', section: HomeSection): string {
  const { side } = visit.actor
  return listPath({
    ...defaultQuery(visit.actor),
    status: SECTION_FILTER[section],
    mine: view === 'pessoal',
    ownTeams: side === 'staff' && view === 'grupo',
  })
}

function headingOf(visit: Visit, section: HomeSection): { title: string; hint: string } {
  const { home } = visit.words.lists
  const staff = visit.actor.side === 'staff'
  if (section === 'solved') {
    return { title: staff ? home.staffSolved : home.solved, hint: staff ? home.staffSolvedHint : home.solvedHint }
  }
  if (section === 'pending') {
    return { title: staff ? home.staffPending : home.pending, hint: staff ? home.staffPendingHint : home.pendingHint }
  }
  return { title: section === 'open' ? home.open : home.closed, hint: '' }
}

function NothingWaits({ visit, view }: { visit: Visit; view: 'pessoal' | 'grupo' }) {
  const { home, openTicket } = visit.words.lists
  const staff = visit.actor.side === 'staff'
  const takes = decide({ status: 'new', assigned: false }, 'take', visit.actor).ok
  const text = !staff
    ? home[view === 'pessoal' ? 'nothingText' : 'nothingGroupText']
    : home[takes ? 'nothingStaffText' : 'nothingReaderText']
  return (
    <section class="card">
      <Empty icon="circle-check" title={view === 'pessoal' ? home.nothing : home.nothingGroup} text={text}>
        {takes ? (
          <a class="btn pri" href="/atendimento">
            {visit.words.shared.menu.queue}
          </a>
        ) : staff ? (
          <a class="btn" href="/chamados">
            {visit.words.shared.menu.list}
          </a>
        ) : null}
        {offersOpening(visit.actor) ? (
          <a class="btn pri" href="/abrir-chamado">
            {openTicket}
          </a>
        ) : null}
      </Empty>
    </section>
  )
}
