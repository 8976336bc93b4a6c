// The side of the ticket page: how far it is, its characteristics, its documents.
import { mayWriteForInstitution } from '#shared/kit/actor.ts'
import { showInstant } from '#shared/kit/dates.ts'
import { showTicketId } from '#shared/kit/identifiers/ticket-id.ts'
import { html } from '#shared/ui/html.ts'
import { Icon } from '#shared/ui/icon.tsx'
import { statusIcon } from '#shared/ui/status.tsx'
import { STATUSES, type Status } from '#tickets/rules/lifecycle.ts'
import { Files } from '#tickets/web/files.tsx'
import type { Screen } from '#tickets/web/screen.ts'

export function Aside({ screen }: { screen: Screen }) {
  const words = screen.visit.words.ticketPage.aside
  return (
    <aside class="stack">
      <section class="card" aria-label={words.progress}>
        <Steps screen={screen} />
      </section>
      <section class="card props">
        <h2>{words.facts}</h2>
        <Facts screen={screen} />
        <p class="pad pt0">
          <a href={`/chamados/${screen.facts.id}/comprovante`}>
            <Icon name="file-certificate" /> {screen.visit.words.receipt.link}
          </a>
        </p>
      </section>
      <section class="card side">
        <h2>{words.documents}</h2>
        {screen.files.length === 0 ? <p class="hint pad pt0">{words.noDocuments}</p> : null}
        <Files screen={screen} label={words.documents} files={screen.files} />
      </section>
    </aside>
  )
}

/** The statuses passed with their instants, the present one, and what follows. Pendente stands only where it is the present. */
function Steps({ screen }: { screen: Screen }) {
  const { facts, rows, visit } = screen
  const path = STATUSES.filter((status) => status !== 'pending' || facts.status === 'pending')
  const here = path.indexOf(facts.status)
  const since = (status: Status) => rows.find((row) => row.to === status && row.from !== status)?.at
  const steps = path.map((status, index) => {
    const at = index <= here ? since(status) : undefined
    const next = index === here + 1 && facts.dueAt
    const when = at ? showInstant(at) : next ? visit.words.ticketPage.aside.until(showInstant(next)) : ''
    const dot = index < here ? Icon({ name: 'check' }) : index === here ? Icon({ name: statusIcon(status) }) : index + 1
    const inner = html`<span class="dot">${dot}</span><span><b>${visit.words.shared.statuses[status]}</b>${when}</span>`
    if (index !== here) return html`<li class="${index < here ? 'ok' : ''}">${inner}</li>`
    return html`<li class="now now-${status}" aria-current="step">${inner}</li>`
  })
  return html`<ol class="steps life">${steps}</ol>`
}

function Facts({ screen }: { screen: Screen }) {
  const { facts, form, visit } = screen
  const words = visit.words.ticketPage.aside
  const lines: [string, string | null, string?][] = [
    [words.ticket, showTicketId(facts.id)],
    [words.plate, facts.plate, 'code'],
    [words.chassis, facts.chassis, 'code'],
    [words.renavam, facts.renavam, 'code'],
    [words.category, facts.category],
    [words.case, form.caseName(facts.caseCode)],
    [words.requester, facts.requester],
    [words.requesterGroup, facts.institution],
    [words.assignee, facts.assignee],
    [words.team, facts.team],
    [words.observer, facts.observers],
    [words.opened, showInstant(facts.openedAt)],
    [words.updated, showInstant(facts.updatedAt)],
    [words.closedAt, facts.closedAt && showInstant(facts.closedAt)],
  ]
  const shown = lines.map(([label, value, tone = '']) =>
    value ? html`<div><dt>${label}</dt><dd class="${tone}">${breakable(value)}</dd></div>` : [],
  )
  return html`<dl>${shown.flat()}${email(screen)}${facts.copiedFrom ? linked(words.copiedFrom, [facts.copiedFrom]) : null}${facts.copies.length > 0 ? linked(words.copies, facts.copies) : null}</dl>`
}

/** The address typed into the form, and the way to mend it while the ticket is open. */
function email({ facts, visit }: Screen) {
  if (!facts.notifyEmail) return null
  const { notifications, ticketPage } = visit.words
  const states = [
    ...(facts.emailState ? [notifications[facts.emailState]] : []),
    ...(facts.emailFails ? [notifications.fails] : []),
  ]
  const state = states.length > 0 ? ` (${states.join('; ')})` : ''
  const mends = facts.status !== 'closed' && mayWriteForInstitution(visit.actor)
  const way = mends ? html` <a href="/chamados/${facts.id}/email">${notifications.address.link}</a>` : null
  return html`<div><dt>${ticketPage.aside.email}</dt><dd>${breakable(facts.notifyEmail)}${state}${way}</dd></div>`
}

/** An address may break before its @, not in the middle of a word. */
function breakable(value: string) {
  const at = value.indexOf('@')
  return at < 0 ? value : html`${value.slice(0, at)}<wbr>${value.slice(at)}`
}

function linked(label: string, ids: readonly number[]) {
  const links = ids.map((id) => html`<a href="/chamados/${id}">${showTicketId(id)}</a>`)
  return html`<div><dt>${label}</dt><dd>${links}</dd></div>`
}
