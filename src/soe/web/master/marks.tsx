// Signs of an operator: its state as icon, word and colour, and the numbers of its classes.
import { Icon } from '#shared/ui/icon.tsx'
import type { IconName } from '#shared/ui/icons.ts'
import type { Operator } from '#soe/operators/reads.ts'
import type { Words } from '#words/words.ts'

type State = keyof Words['soeHouse']['status']

const LOOK = {
  active: ['processing', 'circle-check'],
  invited: ['new', 'mail'],
  blocked: ['closed', 'lock'],
} as const satisfies Record<State, readonly [colour: string, icon: IconName]>

/** Active, blocked or invited; and whether it is a master. */
export function StateBadges({ words, operator }: { words: Words; operator: Operator }) {
  const state = operator.status === 'active' && !operator.entered ? 'invited' : operator.status
  const [colour, icon] = LOOK[state]
  return (
    <span class="marks">
      <span class={`badge b-${colour}`}>
        <Icon name={icon} />
        {words.soeHouse.status[state]}
      </span>
      {operator.master ? (
        <span class="badge b-solved">
          <Icon name="shield-check" />
          {words.soeHouse.master}
        </span>
      ) : null}
    </span>
  )
}

/** The numbers of the classes that are held, or that there is none. */
export function ClassTags({ words, operator, today }: { words: Words; operator: Operator; today: string }) {
  const held = operator.classes.filter((one) => !one.endsOn || one.endsOn >= today)
  if (held.length === 0) return <span class="hint">{words.soeHouse.none}</span>
  return (
    <span class="marks">
      {held.map((one) => (
        <span class="tag" key={one.class}>
          {one.class}
        </span>
      ))}
    </span>
  )
}
