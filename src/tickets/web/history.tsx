// /chamados/:id/historico: every change of a ticket, from the journal.
import { type HistoryRow, historyOf } from '#journal/reads.ts'
import { showInstant } from '#shared/kit/dates.ts'
import { showTicketId } from '#shared/kit/identifiers/ticket-id.ts'
import { page } from '#shared/ui/page.tsx'
import type { Site, Visit } from '#shared/web/site.ts'
import { saidFacts } from '#tickets/views.tsx'
import { loadScreen } from '#tickets/web/screen.ts'
import { Head, ticketIdOf } from '#tickets/web/ticket.tsx'

export function routes(site: Site): void {
  site.get('/chamados/:id/historico', async (visit, request) => {
    const id = ticketIdOf(request)
    const screen = await loadScreen(visit, id)
    visit.noteReading('ticket-history', id)
    const rows = await historyOf(visit.tx, ['ticket', 'ticket-note'], id)
    const words = visit.words.ticketPage
    const number = showTicketId(id)
    const crumbs = [
      { label: words.crumbList, href: '/chamados' },
      { label: words.crumb(number), href: `/chamados/${id}` },
      { label: words.history.title },
    ]
    const body = (
      <>
        <Head screen={screen} history />
        <History visit={visit} rows={rows} />
      </>
    )
    return page(visit, { title: `${words.history.title} · ${words.crumb(number)}`, section: 'tickets', crumbs, body })
  })
}

function History({ visit, rows }: { visit: Visit; rows: readonly HistoryRow[] }) {
  const words = visit.words.ticketPage.history
  return (
    <div class="card">
      <table class="plain">
        <caption class="vh">{words.title}</caption>
        <thead>
          <tr>
            {[words.at, words.who, words.what, words.details].map((label) => (
              <th scope="col" key={label}>
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <td>
                <time dateTime={row.at.toISOString()}>{showInstant(row.at)}</time>
              </td>
              <td>{row.actor ?? visit.words.ticketPage.timeline.clock}</td>
              <td>{visit.words.journal.events[row.event]}</td>
              <td>{saidFacts(visit.words, row).join(' · ')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
