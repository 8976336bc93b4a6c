// The ticket page, /chamados/:id: tab *Processando chamado*.

import type { FileStore } from '#attachments/files.ts'
import { showParts } from '#shared/kit/dates.ts'
import { showPlate } from '#shared/kit/identifiers/plate.ts'
import { showTicketId } from '#shared/kit/identifiers/ticket-id.ts'
import { found } from '#shared/refusals.ts'
import { Tabs } from '#shared/ui/form.tsx'
import { page } from '#shared/ui/page.tsx'
import { StatusBadge } from '#shared/ui/status.tsx'
import type { Answer, Site, Visit } from '#shared/web/site.ts'
import { resumeKept } from '#tickets/actions/resume-kept.ts'
import { Aside } from '#tickets/web/aside.tsx'
import { Decision } from '#tickets/web/decision.tsx'
import { WithFiles } from '#tickets/web/files.tsx'
import { Summary } from '#tickets/web/inputs.tsx'
import { Assignment, Panels } from '#tickets/web/panels.tsx'
import { type Attempt, loadScreen, type Screen } from '#tickets/web/screen.ts'
import { Timeline } from '#tickets/web/timeline.tsx'

/** The number in the address, or `not-found`: no other spelling is an address. */
export function ticketIdOf(request: { params: unknown }): number {
  const { id = '' } = request.params as { id?: string }
  return found(/^[1-9][0-9]{0,14}$/.test(id) ? Number(id) : undefined)
}

export function routes(site: Site, store: FileStore): void {
  site.get('/chamados/:id', async (visit, request) => {
    const id = ticketIdOf(request)
    const query = request.query as Record<string, string>
    const attempt = query.retomar ? await resumeKept(visit, { ticketId: id, keptId: query.retomar, store }) : undefined
    const resumed = attempt?.tooLate ? 'retomadoTarde' : 'retomado'
    return await ticketPage(visit, id, { attempt, notice: attempt ? resumed : query.feito })
  })
}

export interface Shown {
  readonly attempt?: Attempt | undefined
  /** A key of the notices in words; anything else says nothing. */
  readonly notice?: string | undefined
  readonly status?: number
}

/** Draws the page; with an attempt it shows again what was typed and what is wrong with it. */
export async function ticketPage(visit: Visit, id: number, shown: Shown = {}): Promise<Answer> {
  const screen = await loadScreen(visit, id, shown.attempt)
  visit.noteReading('ticket-page', id)
  const { facts, form } = screen
  const words = visit.words.ticketPage
  const number = showTicketId(facts.id)
  const notices = words.notices as Record<string, string | ((id: string) => string)>
  const notice = shown.notice && Object.hasOwn(notices, shown.notice) ? notices[shown.notice] : undefined
  const body = (
    <>
      <Head
        screen={screen}
        subtitle={words.subtitle({
          case: form.caseName(facts.caseCode),
          vehicle: vehicle(screen),
          id: number,
          opened: showParts(facts.openedAt).day,
        })}
      />
      <div class="two">
        <WithFiles screen={screen}>
          <Summary screen={screen} />
          <Leftover screen={screen} />
          <Decision screen={screen} />
          <Panels screen={screen} />
          <Timeline screen={screen} />
        </WithFiles>
        <Aside screen={screen} />
      </div>
    </>
  )
  return page(visit, {
    title: words.crumb(number),
    section: 'tickets',
    crumbs: [{ label: words.crumbList, href: '/chamados' }, { label: words.crumb(number) }],
    body,
    notice: typeof notice === 'function' ? notice(number) : notice,
    ...(shown.status === undefined ? {} : { status: shown.status }),
  })
}

function vehicle(screen: Screen): string {
  const { facts, visit } = screen
  const words = visit.words.ticketPage
  return facts.plate ? words.plate(showPlate(facts.plate)) : words.chassis(facts.chassis ?? '')
}

/** Title, status, assignment and tabs; the history page has the same. */
export function Head({ screen, subtitle, history }: { screen: Screen; subtitle?: string; history?: boolean }) {
  const { facts, visit } = screen
  const words = visit.words.ticketPage
  const base = `/chamados/${facts.id}`
  return (
    <>
      <div class="head">
        <div>
          <Title title={facts.title} />
          {subtitle ? <p class="hint">{subtitle}</p> : null}
        </div>
        <div class="acts">
          <StatusBadge status={facts.status} words={visit.words} />
          {history ? null : <Assignment screen={screen} />}
        </div>
      </div>
      <Tabs
        label={words.tabs.label}
        tabs={[
          { href: base, label: words.tabs.processing, current: !history },
          { href: `${base}/historico`, label: words.tabs.history, current: history === true },
        ]}
      />
    </>
  )
}

/** The exact title (guide, Figure 07), its constant first parts small above what tells tickets apart. */
function Title({ title }: { title: string }) {
  const parts = title.split(' - ')
  const path = parts.slice(0, 2).join(' - ')
  return (
    <h1>
      <span class="path">{path} - </span>
      {parts.slice(2).join(' - ')}
    </h1>
  )
}

/** What was typed into a form that the ticket, changed meanwhile, no longer offers: shown to be copied, never lost. */
function Leftover({ screen }: { screen: Screen }) {
  const { attempt, verbs, visit } = screen
  const text = attempt?.posted.fields.texto?.[0]?.trim()
  if (!attempt || !text) return null
  const offered = attempt.verb === 'follow-up' ? verbs.has('answer') || verbs.has('follow-up') : verbs.has(attempt.verb)
  if (offered) return null
  const words = visit.words.ticketPage.leftover
  return (
    <section class="card pad fld" aria-labelledby="sobra">
      <h2 id="sobra">{words.title}</h2>
      <label for="sobra-texto" class="hint">
        {words.hint}
      </label>
      <textarea id="sobra-texto" class="ta" rows={5} readOnly value={text} />
    </section>
  )
}
