// /avisos: one's own notifications, newest first, those of one ticket together, all or those not read; the way from a line to its
// ticket; and what an open page says was seen.
import { type BellLine, bellLines, failingOf, type TicketLine, unreadCount } from '#notifications/reads.ts'
import { followLine, markRead } from '#notifications/store.ts'
import { FailingNotice } from '#notifications/web/failing.tsx'
import { showInstant } from '#shared/kit/dates.ts'
import { showTicketId } from '#shared/kit/identifiers/ticket-id.ts'
import { found } from '#shared/refusals.ts'
import { Empty, FormStart, Tabs } from '#shared/ui/form.tsx'
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
  if (line.searchId !== null) return { redirect: `/chamados?pesquisa=${line.searchId}` }
  return { redirect: line.ticketId === null ? '/preferencias#avisos' : `/chamados/${line.ticketId}` }
}

/** What of the lines is shown; an address carries it. */
interface Shown {
  readonly unread: boolean
  readonly before: number | undefined
}

const UNREAD = 'nao-lidos'

function readShown(params: URLSearchParams): Shown {
  return { unread: params.get('so') === UNREAD, before: numberIn(params.get('antes') ?? '') }
}

function pathOf({ unread, before }: Shown, done?: string): string {
  const given = { so: unread ? UNREAD : '', antes: String(before ?? ''), feito: done ?? '' }
  const params = new URLSearchParams(Object.entries(given).filter(([, value]) => value !== ''))
  return params.size > 0 ? `${PATH}?${params}` : PATH
}

/**
 * All one's lines; one of them, with those of its ticket; those of one ticket, which an open page says was looked at, up to the
 * newest entry it shows; or those of the tickets ticked on a list.
 */
async function markSeen({ tx, actor, now, posted, path }: Visit): Promise<Answer> {
  const whose = { personId: actor.personId }
  const shown = readShown(new URL(path, 'http://eprod').searchParams)
  if (posted.fields.aviso) {
    found(await followLine(tx, { ...whose, id: found(numberIn(fieldOf(posted, 'aviso'))) }, now))
    return { redirect: pathOf(shown, 'lido') }
  }
  const tickets = (posted.fields.chamado ?? []).flatMap((id) => numberIn(id) ?? [])
  if (posted.fields.lista) {
    await markRead(tx, { ...whose, tickets }, now)
    const list = readListQuery(new URLSearchParams(fieldOf(posted, 'lista')), actor)
    return { redirect: `${listPath({ ...list, select: undefined })}&feito=lidos` }
  }
  const some = posted.fields.chamado !== undefined
  await markRead(tx, some ? { ...whose, tickets, upTo: numberIn(fieldOf(posted, 'ate')) } : whose, now)
  if (some) return { json: { unread: await unreadCount(tx, actor.personId) } }
  return { redirect: pathOf({ ...shown, before: undefined }, 'lidos') }
}

async function showBell(visit: Visit): Promise<Answer> {
  const { notifications: words } = visit.words
  const params = new URL(visit.path, 'http://eprod').searchParams
  const shown = readShown(params)
  const [lines, failing] = await Promise.all([
    bellLines(visit.tx, visit.actor.personId, { ...shown, most: MOST + 1 }),
    failingOf(visit.tx, visit.actor.email),
  ])
  const done = params.get('feito')
  return page(visit, {
    title: words.title,
    crumbs: [{ label: words.title }],
    notice: done === 'lidos' ? words.marked : done === 'lido' ? words.markedOne : undefined,
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
            {lines.some((line) => !line.read) ? <MarkAll visit={visit} shown={shown} /> : null}
          </div>
        </div>
        {failing ? <FailingNotice visit={visit} failing={failing} /> : null}
        <Tabs
          label={words.filter.label}
          tabs={[false, true].map((unread) => ({
            href: pathOf({ unread, before: undefined }),
            label: unread ? words.filter.unread : words.filter.all,
            current: unread === shown.unread,
          }))}
        />
        <List visit={visit} shown={shown} lines={lines} />
      </>
    ),
  })
}

interface ListProps {
  readonly visit: Visit
  readonly shown: Shown
  readonly lines: readonly BellLine[]
}

function List({ visit, shown, lines }: ListProps) {
  const { notifications: words } = visit.words
  if (lines.length === 0) {
    const [title, text] = shown.unread ? [words.allRead, words.allReadText] : [words.none, words.noneText]
    return (
      <section class="card" aria-label={words.title}>
        <Empty icon="bell" title={title} text={text} />
      </section>
    )
  }
  const listed = lines.slice(0, MOST)
  return (
    <section class="card" aria-label={words.title}>
      <form method="post" action={pathOf(shown)}>
        <FormStart visit={visit} action={PATH} />
        <ul class="bell-list">
          {together(listed).map((group) => (
            <Group key={group[0].id} visit={visit} group={group} />
          ))}
        </ul>
      </form>
      <Paging visit={visit} shown={shown} last={lines.length > MOST ? listed.at(-1) : undefined} />
    </section>
  )
}

function Paging({ visit, shown, last }: Omit<ListProps, 'lines'> & { last: BellLine | undefined }) {
  const { notifications: words } = visit.words
  if (!last && !shown.before) return null
  return (
    <nav class="pag" aria-label={words.title}>
      <div class="acts">
        {shown.before ? (
          <a class="btn" href={pathOf({ ...shown, before: undefined })}>
            {words.newest}
          </a>
        ) : null}
        {last ? (
          <a class="btn" rel="next" href={pathOf({ ...shown, before: last.id })}>
            {words.older}
          </a>
        ) : null}
      </div>
    </nav>
  )
}

type Lines = readonly [BellLine, ...BellLine[]]

/** The lines of one ticket in one place, where its newest stands; any other by itself. */
function together(lines: readonly BellLine[]): Lines[] {
  const groups = Map.groupBy(lines, (line) => (isOfTicket(line) ? `t${line.ticketId}` : `l${line.id}`))
  return [...groups.values()].map((group) => group as unknown as Lines)
}

const isOfTicket = (line: BellLine): line is TicketLine => line.searchId === null && line.ticketId !== null

function MarkAll({ visit, shown }: { visit: Visit; shown: Shown }) {
  return (
    <form method="post" action={pathOf({ ...shown, before: undefined })}>
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
  const unread = group.some((line) => !line.read)
  return (
    <li class={unread ? 'unread' : undefined}>
      <a href={`${PATH}/${newest.id}`}>
        <b>{whatOf(visit, newest)}</b>
        <Unread visit={visit} line={newest} />
        <span>{ofWhat(visit, newest)}</span>
      </a>
      <By visit={visit} line={newest} />
      {unread ? (
        <button type="submit" class="btn small" name="aviso" value={newest.id}>
          {words.markOne}
          <span class="vh">: {ofWhat(visit, newest)}</span>
        </button>
      ) : null}
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
  if (line.searchId !== null) return words.searchAlert(line.title, line.amount)
  return isOfTicket(line)
    ? words.kinds[line.event]({ days: line.days ?? 0, outcome: line.outcome })
    : words.failing.title
}

/** What a line leads to. */
function ofWhat({ words: { notifications: words } }: Visit, line: BellLine): string {
  if (line.searchId !== null) return words.openSearch
  return isOfTicket(line) ? `${showTicketId(line.ticketId)} · ${titleParts(line.title).shown}` : words.failing.open
}

function Unread({ visit, line }: { visit: Visit; line: BellLine }) {
  return line.read ? null : <span class="vh"> ({visit.words.notifications.isNew})</span>
}

function By({ visit, line }: { visit: Visit; line: BellLine }) {
  const { notifications: words } = visit.words
  const by =
    line.searchId !== null ? words.searchClock : isOfTicket(line) ? (line.actor ?? words.clock) : words.failing.by
  return (
    <span class="hint">
      {by} · <time dateTime={line.at.toISOString()}>{showInstant(line.at)}</time>
    </span>
  )
}
