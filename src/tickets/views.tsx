// Pieces of tickets that other rooms show too: the title as a link, dates, the waiting lines of a row.
// biome-ignore-all lint/a11y/noRedundantRoles: rows become a grid on phones; the roles keep the table a table
import { showInstant, showParts } from '#shared/kit/dates.ts'
import { Due } from '#shared/ui/countdown.tsx'
import { html } from '#shared/ui/html.ts'
import type { Status } from '#tickets/rules/lifecycle.ts'
import type { Column } from '#tickets/rules/list-query.ts'
import type { Words } from '#words/words.ts'

/** `Plug-ins - Motivo`, as the guide writes the names of its columns. */
export function columnName(words: Words, column: Column): string {
  const { group, name } = words.lists.columns[column]
  return group ? `${group} - ${name}` : name
}

/** A title as filed; the parts every ticket of a form shares are read aloud but shown small (`path`). */
export function titleParts(title: string): { path: readonly [string, string] | undefined; shown: string } {
  const [first, second, ...rest] = title.split(' - ')
  if (first === undefined || second === undefined || rest.length < 2) return { path: undefined, shown: title }
  return { path: [first, second], shown: rest.join(' - ') }
}

/** The cell of a title. The whole title is the link's text, so that it is found and read as filed. */
export function TitleCell(props: { id: number; title: string; label: string; kind?: string }) {
  const { id, title, label, kind = 'title' } = props
  const { path, shown } = titleParts(title)
  if (!path) return html`<td role="cell" class="${kind}" data-th="${label}"><a href="/chamados/${id}">${shown}</a></td>`
  // The reference keeps the page free of two-byte characters, which take three times as long to send.
  const unseen = title.slice(0, title.length - shown.length)
  return html`<td role="cell" class="${kind}" data-th="${label}"><a href="/chamados/${id}"><span class="vh">${unseen}</span>${shown}</a><span class="path" aria-hidden="true">${path[0]} &rsaquo; ${path[1]}</span></td>`
}

/** The cell of an instant, `DD-MM-AAAA hh:mm`; empty when there is none. */
export function InstantCell({ kind, label, at }: { kind: string; label: string; at: Date | null }) {
  if (!at) return TextCell({ kind, label, text: null })
  const { day, time } = showParts(at)
  return html`<td role="cell" class="${kind} dt" data-th="${label}">${day} <span>${time}</span></td>`
}

/** A cell of text; an empty one shows a dash that is not read. `label` stands above it on phones, where `''` and empty cells are left out. */
export function TextCell({ kind, label, text }: { kind: string; label: string; text: string | null }) {
  if (!text) return html`<td role="cell" class="${kind} empty"></td>`
  if (!label) return html`<td role="cell" class="${kind}">${text}</td>`
  return html`<td role="cell" class="${kind}" data-th="${label}">${text}</td>`
}

/** The cell of a due instant with what is left; empty when the status waits for nobody. */
export function DueCell(props: { label: string; due: Date | null; now: Date; words: Words; kind?: string }) {
  const { kind = 'due-at' } = props
  if (!props.due) return <TextCell kind={kind} label={props.label} text={null} />
  return (
    <td role="cell" class={kind} data-th={props.label}>
      <Due due={props.due} now={props.now} words={props.words} />
    </td>
  )
}

/** The heading row of a short table: `[class, name]` of each column. */
export function HeadRow({ heads }: { heads: readonly (readonly [kind: string, name: string])[] }) {
  return (
    <thead role="rowgroup">
      <tr role="row">
        {heads.map(([kind, name]) => (
          <th key={kind} scope="col" role="columnheader" class={kind}>
            {name}
          </th>
        ))}
      </tr>
    </thead>
  )
}

/** What an entry of a ticket's journal tells beside its event, each fact as people read it. */
export function saidFacts(
  { shared, ticketPage, journal }: Words,
  entry: { readonly facts: Readonly<Record<string, unknown>>; readonly assignee: string | null },
): string[] {
  const { from, to, due, outcome, reason, n, virus } = entry.facts as {
    from?: Status
    to?: Status
    due?: string
    outcome?: keyof typeof ticketPage.timeline.outcomes
    reason?: string
    n?: number
    virus?: string
  }
  return [
    to && from !== to ? `${from ? `${shared.statuses[from]} → ` : ''}${shared.statuses[to]}` : '',
    entry.assignee ? journal.assignee(entry.assignee) : '',
    outcome ? ticketPage.timeline.outcomes[outcome] : '',
    reason ? ticketPage.timeline.reason(reason) : '',
    n === undefined ? '' : virus ? journal.virus(n, virus) : journal.file(n),
    due ? ticketPage.timeline.due(showInstant(new Date(due))) : '',
  ].filter(Boolean)
}
