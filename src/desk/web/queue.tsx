// GET /atendimento: the staff queue with the tabs Meus, Novos, Pendentes; taking goes to the ticket's own address.
// biome-ignore-all lint/a11y/noRedundantRoles: rows become a grid on phones; the roles keep the table a table
import { QUEUE_ROWS, QUEUE_TABS, type QueueRow, type QueueTab, queueCounts, queuePage } from '#desk/reads.ts'
import { showTicketId } from '#shared/kit/identifiers/ticket-id.ts'
import { Refusal } from '#shared/refusals.ts'
import { Empty, FormStart, Tabs } from '#shared/ui/form.tsx'
import { Icon } from '#shared/ui/icon.tsx'
import { page } from '#shared/ui/page.tsx'
import { StatusBadge } from '#shared/ui/status.tsx'
import type { Answer, Site, Visit } from '#shared/web/site.ts'
import { decide } from '#tickets/rules/lifecycle.ts'
import { readPlace, writePlace } from '#tickets/rules/list-place.ts'

import { DueCell, HeadRow, InstantCell, TextCell, TitleCell } from '#tickets/views.tsx'

const MOST_COUNTED = 1000

export function routes(site: Site): void {
  site.get('/atendimento', showQueue)
}

async function showQueue(visit: Visit): Promise<Answer> {
  if (visit.actor.side !== 'staff') throw new Refusal('not-for-your-side')
  visit.noteReading('list', 'queue')
  const { desk, lists, shared } = visit.words
  const params = new URL(visit.path, 'http://eprod').searchParams
  const tab = QUEUE_TABS.find((one) => one === params.get('aba')) ?? 'novos'
  const from = readPlace(params.get('depois'), 'opened')
  const after = from && { place: from.value, id: from.id }
  const counts = await queueCounts(visit.tx, visit.actor, MOST_COUNTED)
  const rows = await queuePage(visit.tx, { actor: visit.actor, lang: visit.lang, tab, after })
  return page(visit, {
    title: desk.title,
    section: 'desk',
    crumbs: [{ label: shared.menu.service }, { label: desk.title }],
    body: (
      <>
        <div class="head">
          <h1>{desk.title}</h1>
        </div>
        <Tabs
          label={desk.tabs.label}
          tabs={QUEUE_TABS.map((one) => ({
            href: `/atendimento?aba=${one}`,
            label: desk.tabs[one],
            count: lists.number(counts[one], MOST_COUNTED),
            current: one === tab,
          }))}
        />
        {rows.length === 0 ? <NoQueue visit={visit} tab={tab} /> : <Queue visit={visit} tab={tab} rows={rows} />}
      </>
    ),
  })
}

function NoQueue({ visit, tab }: { visit: Visit; tab: QueueTab }) {
  const { desk } = visit.words
  return (
    <section class="card">
      <Empty icon="circle-check" title={desk.empty[tab]} text={desk.emptyText[tab]}>
        {tab === 'meus' ? (
          <a class="btn" href="/atendimento?aba=novos">
            {desk.seeNew}
          </a>
        ) : null}
      </Empty>
    </section>
  )
}

function Queue({ visit, tab, rows }: { visit: Visit; tab: QueueTab; rows: readonly QueueRow[] }) {
  const { desk, lists } = visit.words
  const shown = rows.slice(0, QUEUE_ROWS)
  const last = rows.length > QUEUE_ROWS ? shown.at(-1) : undefined
  const waits = tab !== 'novos'
  return (
    <section class="card" aria-labelledby="fila">
      <div class="tbar">
        <h2 id="fila">{desk.tabs[tab]}</h2>
        <p class="hint">{desk.oldestFirst}</p>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1) */}
      <section class="scroll" tabIndex={0} aria-label={lists.scrollLabel}>
        <table class="tb short" role="table">
          <caption class="vh">{desk.caption}</caption>
          <HeadRow heads={headsOf(visit, waits)} />
          <tbody role="rowgroup">{shown.map((row) => queueRow(visit, row, waits))}</tbody>
        </table>
      </section>
      {last ? (
        <nav class="pag" aria-label={lists.pages}>
          <div class="acts">
            <a
              class="btn"
              rel="next"
              href={`/atendimento?aba=${tab}&depois=${writePlace({ value: last.place, id: last.id })}`}
            >
              {lists.next}
              <Icon name="chevron-right" />
            </a>
          </div>
        </nav>
      ) : null}
    </section>
  )
}

function headsOf(visit: Visit, waits: boolean): [kind: string, name: string][] {
  const { desk, lists } = visit.words
  const waiting: [string, string][] = [
    ['due-at', lists.columns.due.name],
    ['why', lists.columns.waitingReason.name],
  ]
  return [
    ['id', lists.columns.id.name],
    ['title', lists.columns.title.name],
    ['status', lists.columns.status.name],
    ['opn', desk.waitingSince],
    ...(waits ? waiting : []),
    ['group', desk.institution],
    ['tech', lists.columns.assignee.name],
    ['do', desk.action],
  ]
}

function queueRow(visit: Visit, row: QueueRow, waits: boolean) {
  const { words } = visit
  const { columns } = words.lists
  return (
    <tr key={row.id} role="row">
      <th scope="row" role="rowheader" class="id" data-th="ID">
        {showTicketId(row.id)}
      </th>
      {TitleCell({ id: row.id, title: row.title, label: columns.title.name })}
      <td role="cell" class="status" data-th={columns.status.name}>
        {StatusBadge({ status: row.status, words })}
      </td>
      {InstantCell({ kind: 'opn', label: words.desk.waitingSince, at: row.openedAt })}
      {waits ? DueCell({ label: words.lists.columns.due.name, due: row.dueAt, now: visit.now, words }) : null}
      {waits ? TextCell({ kind: 'why', label: columns.waitingReason.name, text: row.waitingReason }) : null}
      {TextCell({ kind: 'group', label: words.desk.institution, text: row.institution })}
      {TextCell({ kind: 'tech', label: columns.assignee.name, text: row.assignee })}
      <td role="cell" class="do" data-th={words.desk.action}>
        <Take visit={visit} row={row} />
      </td>
    </tr>
  )
}

/** Only where the life cycle lets this person take it, and never what is already theirs or a colleague's. */
function Take({ visit, row }: { visit: Visit; row: QueueRow }) {
  if (row.assignee !== null || !decide({ status: row.status, assigned: false }, 'take', visit.actor).ok) return null
  const action = `/chamados/${row.id}/atribuicao`
  return (
    <form method="post" action={action}>
      <FormStart visit={visit} action={action} />
      <input type="hidden" name="visto" value="" />
      <button type="submit" class="btn small" name="acao" value="assumir">
        {visit.words.desk.take}
        <span class="vh">: {visit.words.desk.takeTicket(showTicketId(row.id))}</span>
      </button>
    </form>
  )
}
