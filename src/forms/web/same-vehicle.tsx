// The warning that the institution has tickets of the vehicle just typed; the island fills it anew after each save.
import type { SameVehicle } from '#forms/rules/same-vehicle.ts'
import { showParts } from '#shared/kit/dates.ts'
import { showTicketId } from '#shared/kit/identifiers/ticket-id.ts'
import { Icon } from '#shared/ui/icon.tsx'
import type { Words } from '#words/words.ts'

interface TicketLink {
  readonly href: string
  readonly text: string
}

/** What is said of each ticket, and where it is. */
export function linksTo(words: Words, others: readonly SameVehicle[]): TicketLink[] {
  return others.map(({ id, status, openedAt }) => ({
    href: `/chamados/${id}`,
    text: words.forms.draft.sameVehicleLink({
      id: showTicketId(id),
      status: words.shared.statuses[status],
      opened: showParts(openedAt).day,
    }),
  }))
}

/** Stands hidden while there is none, so that a script has where to tell of one. */
export function SameVehicleNotice({ words, others }: { words: Words; others: readonly SameVehicle[] }) {
  return (
    <div role="status">
      <div class="notice n-warn" data-same-vehicle hidden={others.length === 0}>
        <Icon name="alert-triangle" />
        <div>
          <p class="notice-title">{words.forms.draft.sameVehicle}</p>
          <p>{words.forms.draft.sameVehicleText}</p>
          <ul>
            {linksTo(words, others).map(({ href, text }) => (
              <li key={href}>
                <a href={href} target="_blank" rel="noopener">
                  {text}
                </a>
              </li>
            ))}
          </ul>
        </div>
      </div>
    </div>
  )
}
