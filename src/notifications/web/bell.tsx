// /avisos: one's own notifications, newest first; and what an open page says was seen.
import { type BellLine, bellLines, unreadCount } from '#notifications/reads.ts'
import { markRead } from '#notifications/store.ts'
import { showInstant } from '#shared/kit/dates.ts'
import { showTicketId } from '#shared/kit/identifiers/ticket-id.ts'
import { Empty, FormStart } from '#shared/ui/form.tsx'
import { page } from '#shared/ui/page.tsx'
import { type Answer, fieldOf, type Site, type Visit } from '#shared/web/site.ts'
import { listPath, readListQuery } from '#tickets/rules/list-query.ts'
import { titleParts } from '#tickets/views.tsx'

const PATH = '/avisos'
const MOST = 100

export function routes(site: Site): void {
  site.get(PATH, showBell)
  site.post(PATH, markSeen)
}

/** All one's lines; those of one ticket, which an open page says is looked at; or those of the tickets ticked on a list. */
async function markSeen({ tx, actor, now, posted }: Visit): Promise<Answer> {
  const whose = { personId: actor.personId }
  const tickets = (posted.fields.chamado ?? []).filter((id) => /^[1-9]\d{0,14}$/.test(id)).map(Number)
  if (posted.fields.lista) {
    await markRead(tx, { ...whose, tickets }, now)
    const list = readListQuery(new URLSearchParams(fieldOf(posted, 'lista')), actor.side)
    return { redirect: `${listPath({ ...list, select: undefined })}&feito=lidos` }
  }
  const some = posted.fields.chamado !== undefined
  await markRead(tx, some ? { ...whose, tickets } : whose, now)
  if (some) return { json: { unread: await unreadCount(tx, actor.personId) } }
  return { redirect: `${PATH}?feito=lidos` }
}

async function showBell(visit: Visit): Promise<Answer> {
  const { notifications: words } = visit.words
  const lines = await bellLines(visit.tx, visit.actor.personId, MOST)
  const done = new URL(visit.path, 'http://eprod').searchParams.get('feito') === 'lidos'
  return page(visit, {
    title: words.title,
    crumbs: [{ label: words.title }],
    notice: done ? words.marked : undefined,
    body: (
      <>
        <div class="head">
          <div>
            <h1>{words.title}</h1>
            <p class="hint">{words.hint}</p>
          </div>
          <div class="acts">
            <a class="btn" href="/preferencias#avisos">
              {words.preferences}
            </a>
            {lines.some((line) => !line.read) ? <MarkAll visit={visit} /> : null}
          </div>
        </div>
        <section class="card" aria-label={words.title}>
          {lines.length === 0 ? (
            <Empty icon="bell" title={words.none} text={words.noneText} />
          ) : (
            <ul class="bell-list">
              {lines.map((line) => (
                <Line key={line.id} visit={visit} line={line} />
              ))}
            </ul>
          )}
        </section>
      </>
    ),
  })
}

function MarkAll({ visit }: { visit: Visit }) {
  return (
    <form method="post" action={PATH}>
      <FormStart visit={visit} action={PATH} />
      <button type="submit" class="btn">
        {visit.words.notifications.markAll}
      </button>
    </form>
  )
}

function Line({ visit, line }: { visit: Visit; line: BellLine }) {
  const { notifications: words } = visit.words
  const said =
    line.searchId === null
      ? {
          href: `/chamados/${line.ticketId}`,
          what: words.kinds[line.event]({ days: line.days ?? 0, outcome: line.outcome }),
          of: `${showTicketId(line.ticketId)} · ${titleParts(line.title).shown}`,
          by: line.actor ?? words.clock,
        }
      : {
          href: `/chamados?pesquisa=${line.searchId}`,
          what: words.searchAlert(line.title, line.amount),
          of: words.openSearch,
          by: words.searchClock,
        }
  return (
    <li class={line.read ? undefined : 'unread'}>
      <a href={said.href}>
        <b>{said.what}</b>
        {line.read ? null : <span class="vh"> ({words.isNew})</span>}
        <span>{said.of}</span>
      </a>
      <span class="hint">
        {said.by} · <time dateTime={line.at.toISOString()}>{showInstant(line.at)}</time>
      </span>
    </li>
  )
}
