// /avisos: one's own notifications, newest first, those of one ticket together; the way from a line to its ticket; and what an
// open page says was seen.
import { type BellLine, bellLines, unreadCount } from '#notifications/reads.ts'
import { followLine, markRead } from '#notifications/store.ts'
import { showInstant } from '#shared/kit/dates.ts'
import { showTicketId } from '#shared/kit/identifiers/ticket-id.ts'
import { found } from '#shared/refusals.ts'
import { Empty, FormStart } from '#shared/ui/form.tsx'
import { page } from '#shared/ui/page.tsx'
import { type Answer, fieldOf, type Site, type Visit } from '#shared/web/site.ts'
import { listPath, readListQuery } from '#tickets/rules/list-query.ts'
import { titleParts } from '#tickets/views.tsx'

const PATH = '/avisos'
const MOST = 100

export function routes(site: Site): void {
  site.get(PATH, showBell)
  site.get(`${PATH}/:id`, async (visit, request) => followLineOf(visit, (request.params as { id: string }).id))
  site.post(PATH, markSeen)
}

const numberIn = (text = ''): number | undefined => (/^[1-9]\d{0,14}$/.test(text) ? Number(text) : undefined)

/** From a line to what it tells of: whoever goes there has read it, also where no script says so. */
async function followLineOf({ tx, actor, now }: Visit, id: string): Promise<Answer> {
  const line = found(await followLine(tx, { personId: actor.personId, id: found(numberIn(id)) }, now))
  return { redirect: line.searchId === null ? `/chamados/${line.ticketId}` : `/chamados?pesquisa=${line.searchId}` }
}

/**
 * All one's lines; those of one ticket, which an open page says was looked at, up to the newest entry it shows; or those of the
 * tickets ticked on a list.
 */
async function markSeen({ tx, actor, now, posted }: Visit): Promise<Answer> {
  const whose = { personId: actor.personId }
  const tickets = (posted.fields.chamado ?? []).flatMap((id) => numberIn(id) ?? [])
  if (posted.fields.lista) {
    await markRead(tx, { ...whose, tickets }, now)
    const list = readListQuery(new URLSearchParams(fieldOf(posted, 'lista')), actor)
    return { redirect: `${listPath({ ...list, select: undefined })}&feito=lidos` }
  }
  const some = posted.fields.chamado !== undefined
  await markRead(tx, some ? { ...whose, tickets, upTo: numberIn(fieldOf(posted, 'ate')) } : whose, now)
  if (some) return { json: { unread: await unreadCount(tx, actor.personId) } }
  return { redirect: `${PATH}?feito=lidos` }
}

async function showBell(visit: Visit): Promise<Answer> {
  const { notifications: words } = visit.words
  const params = new URL(visit.path, 'http://eprod').searchParams
  const before = numberIn(params.get('antes') ?? '')
  const lines = await bellLines(visit.tx, visit.actor.personId, { most: MOST, before })
  const last = lines.length === MOST ? lines.at(-1) : undefined
  return page(visit, {
    title: words.title,
    crumbs: [{ label: words.title }],
    notice: params.get('feito') === 'lidos' ? words.marked : undefined,
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
              {together(lines).map((group) => (
                <Group key={group[0].id} visit={visit} group={group} />
              ))}
            </ul>
          )}
          {last || before ? (
            <nav class="pag" aria-label={words.title}>
              <div class="acts">
                {before ? (
                  <a class="btn" href={PATH}>
                    {words.newest}
                  </a>
                ) : null}
                {last ? (
                  <a class="btn" rel="next" href={`${PATH}?antes=${last.id}`}>
                    {words.older}
                  </a>
                ) : null}
              </div>
            </nav>
          ) : null}
        </section>
      </>
    ),
  })
}

type Lines = readonly [BellLine, ...BellLine[]]

/** The lines of one ticket in one place, where its newest stands; those of a search, each by itself. */
function together(lines: readonly BellLine[]): Lines[] {
  const groups = Map.groupBy(lines, (line) => (line.searchId === null ? `t${line.ticketId}` : `l${line.id}`))
  return [...groups.values()].map((group) => group as unknown as Lines)
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

/** The newest line of a ticket, and behind it the others. */
function Group({ visit, group }: { visit: Visit; group: Lines }) {
  const { notifications: words } = visit.words
  const [newest, ...others] = group
  const of =
    newest.searchId === null ? `${showTicketId(newest.ticketId)} · ${titleParts(newest.title).shown}` : words.openSearch
  return (
    <li class={group.every((line) => line.read) ? undefined : 'unread'}>
      <a href={`${PATH}/${newest.id}`}>
        <b>{whatOf(visit, newest)}</b>
        <Unread visit={visit} line={newest} />
        <span>{of}</span>
      </a>
      <By visit={visit} line={newest} />
      {others.length > 0 ? (
        <details>
          <summary>{words.more(others.length)}</summary>
          <ul>
            {others.map((line) => (
              <li key={line.id}>
                {whatOf(visit, line)}
                <Unread visit={visit} line={line} /> · <By visit={visit} line={line} />
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </li>
  )
}

function whatOf({ words: { notifications: words } }: Visit, line: BellLine): string {
  return line.searchId === null
    ? words.kinds[line.event]({ days: line.days ?? 0, outcome: line.outcome })
    : words.searchAlert(line.title, line.amount)
}

function Unread({ visit, line }: { visit: Visit; line: BellLine }) {
  return line.read ? null : <span class="vh"> ({visit.words.notifications.isNew})</span>
}

function By({ visit, line }: { visit: Visit; line: BellLine }) {
  const { notifications: words } = visit.words
  const by = line.searchId === null ? (line.actor ?? words.clock) : words.searchClock
  return (
    <span class="hint">
      {by} · <time dateTime={line.at.toISOString()}>{showInstant(line.at)}</time>
    </span>
  )
}
