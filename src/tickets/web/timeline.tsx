// The timeline of a ticket: what people wrote as cards, what only changed as lines, newest first.
import type { VNode } from 'preact'
import { DAY_MS, showInstant } from '#shared/kit/dates.ts'
import { html } from '#shared/ui/html.ts'
import { Icon } from '#shared/ui/icon.tsx'
import { initials } from '#shared/ui/shell.tsx'
import { MOST_ENTRIES, type TimelineRow } from '#tickets/reads/ticket-page.ts'
import { Files } from '#tickets/web/files.tsx'
import type { Screen } from '#tickets/web/screen.ts'

/** The whole timeline under its heading, and up to which entry it shows. Its rows are many: drawn as markup, not as elements. */
export function Timeline({ screen }: { screen: Screen }) {
  const rows = screen.rows.flatMap((row) => [
    statusLine(screen, row) ?? [],
    row.kind || row.event === 'open' ? message(screen, row) : [],
  ])
  const { older } = screen.visit.words.ticketPage.timeline
  const base = `/chamados/${screen.facts.id}`
  const rest =
    screen.rows.length < MOST_ENTRIES
      ? null
      : html`<p class="hint"><a href="${base}/historico">${older.history}</a> · <a href="${base}/comprovante">${older.receipt}</a></p>`
  return html`<section aria-labelledby="processando" data-shown="${screen.rows[0]?.id ?? 0}"><h2 id="processando" class="tl-title">${screen.visit.words.ticketPage.timeline.title}</h2><ol class="tl">${rows.flat()}</ol>${rest}</section>`
}

const instant = (at: Date, more = '') => html`<time datetime="${at.toISOString()}">${showInstant(at)}${more}</time>`

function statusLine({ visit }: Screen, row: TimelineRow): VNode | null {
  const { words } = visit
  const { statuses } = words.shared
  const text = words.ticketPage.timeline
  const moved = row.from !== null && row.from !== row.to
  if (!moved && row.event !== 'take' && row.event !== 'assign' && row.event !== 'give-back') return null
  const [before = '', between = ''] = text.status('', '').filter(Boolean)
  const said =
    moved && row.from
      ? html`${before}<b>${statuses[row.from]}</b>${between}<b>${statuses[row.to]}</b>`
      : html`<b>${row.assignee ? text.taken(row.assignee) : text.givenBack}</b>`
  const more = [
    moved && row.assignee ? text.assigned(row.assignee) : '',
    row.waitingReason ? text.reason(row.waitingReason) : '',
    row.dueAt ? text.due(showInstant(row.dueAt)) : '',
  ].filter(Boolean)
  return html`<li class="ev">${instant(row.at)}<span>${said}${more.map((one) => ` · ${one}`).join('')}</span></li>`
}

const ICONS = {
  'follow-up': 'message',
  note: 'note',
  request: 'player-pause',
  solution: 'circle-check',
  approval: 'thumb-up',
  refusal: 'thumb-down',
} as const

function message(screen: Screen, row: TimelineRow): VNode {
  const text = screen.visit.words.ticketPage.timeline
  const days = Math.floor((screen.visit.now.getTime() - row.at.getTime()) / DAY_MS)
  const files = screen.files.filter((file) => file.followUpId === row.followUpId)
  const tone = row.kind === 'solution' ? 'msg sol' : row.kind === 'note' ? 'msg private' : 'msg'
  const author = row.author ?? text.clock
  const kind = row.kind ? html`${Icon({ name: ICONS[row.kind] })}${text.kinds[row.kind]}` : text.opened
  return html`<li><span class="${row.authorSide === 'institution' ? 'ava' : 'ava tec'}" aria-hidden="true">${initials(author)}</span><article class="${tone}" id="${row.followUpId ? `a${row.followUpId}` : 'abertura'}"><header><b>${author}</b><span>${row.author ? row.authorInstitution : text.clockHint}</span><span class="kind">${kind}${row.outcome ? ` · ${text.outcomes[row.outcome]}` : null}</span>${instant(row.at, ` · ${text.ago(days)}`)}</header>${row.kind ? body(screen, row) : opening(screen)}${Files({ label: text.files, screen, files })}</article></li>`
}

function body(screen: Screen, row: TimelineRow): VNode {
  const words = screen.visit.words.ticketPage
  const empty = row.kind === 'approval' ? words.timeline.approvedWithoutComment : words.timeline.noText
  const said = row.body ? Paragraphs({ text: row.body }) : html`<p class="none">${empty}</p>`
  return html`<div class="body">${said}${RequestedList({ screen, row })}</div>`
}

/** The documents a request wants replaced, each with what is wrong with it. */
export function RequestedList({ screen, row }: { screen: Screen; row: TimelineRow }): VNode | null {
  if (!row.requested?.length) return null
  const { faults } = screen.visit.words.ticketPage
  const lines = row.requested.map(
    ({ document, fault }) => html`<li><b>${screen.form.documentName(document)}</b>: ${faults[fault]}</li>`,
  )
  return html`<ul class="wanted">${lines}</ul>`
}

function opening(screen: Screen): VNode {
  const lines = screen.answers
    .flatMap((section) => section.answers)
    .map(
      ({ label, value }) =>
        html`<div class="${value.length > 80 ? 'long' : ''}"><dt>${label}</dt><dd>${Paragraphs({ text: value })}</dd></div>`,
    )
  return html`<div class="body"><details class="answers" open><summary>${screen.visit.words.ticketPage.timeline.answers}</summary><dl class="answers-list">${lines}</dl></details></div>`
}

/** Plain text as typed: blank lines part paragraphs, single breaks stay. */
export function Paragraphs({ text }: { text: string }): VNode {
  return html`${text.split(/\n{2,}/).map((part) => html`<p class="typed">${part}</p>`)}`
}
