// The status of a ticket as icon + word + colour; never colour alone.
import { html } from '#shared/ui/html.ts'
import { Icon } from '#shared/ui/icon.tsx'
import type { IconName } from '#shared/ui/icons.ts'
import type { Words } from '#words/words.ts'

type Status = keyof Words['shared']['statuses']

const ICON = {
  new: 'circle',
  processing: 'circle-half-2',
  pending: 'player-pause',
  solved: 'circle-check',
  closed: 'lock',
} as const satisfies Record<Status, IconName>

/** The badge of a status, in the visitor's language. */
export function StatusBadge({ status, words }: { status: Status; words: Words }) {
  return html`<span class="badge b-${status}">${Icon({ name: ICON[status] })}${words.shared.statuses[status]}</span>`
}

/** The icon of a status, for lists of statuses and timelines. */
export function statusIcon(status: Status): IconName {
  return ICON[status]
}
