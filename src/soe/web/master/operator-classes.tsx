// The classes of an operator on its page: one row for each class its institution may grant, held or not.
import { dayOf, showInstant } from '#shared/kit/dates.ts'
import type { Problem } from '#shared/problems.ts'
import { TextField } from '#shared/ui/fields.tsx'
import { Icon } from '#shared/ui/icon.tsx'
import type { HeldClass, Operator } from '#soe/operators/reads.ts'
import { grantableIn } from '#soe/operators/rules.ts'
import { faultAt, type MasterVisit, showDay } from '#soe/web/master/pages.tsx'

/** What was typed of one class when its end was refused. */
export interface TypedClass {
  readonly class: string
  readonly until: string
}

interface Part {
  readonly visit: MasterVisit
  readonly operator: Operator
  readonly typed: TypedClass | undefined
  readonly problems: readonly Problem[]
}

/** Id of the date field of a class, which a problem of its end leads to. */
export const endField = (number: string | number): string => `ate-${number}`

export function Classes(part: Part) {
  const { visit, operator } = part
  const text = visit.words.soeHouse.operator
  const lacksAll = operator.classes.length === 0
  return (
    <section class="card" id="classe">
      <div class="sect">
        <h2>{text.classes}</h2>
        <p class="hint">{operator.id === visit.manager.accountId ? text.self : text.takenHint}</p>
        {lacksAll ? (
          <p class="lacking">
            <Icon name="alert-triangle" />
            {text.noClass}
          </p>
        ) : null}
        <ul class="grants">
          {grantableIn(operator).map((number, at) => (
            <ClassRow key={number} {...part} number={number} first={lacksAll && at === 0} />
          ))}
        </ul>
      </div>
    </section>
  )
}

/** `first`: granting it is the next thing to do. */
function ClassRow(props: Part & { number: number; first: boolean }) {
  const { visit, operator, number } = props
  const { soeHouse } = visit.words
  const held = operator.classes.find((one) => one.class === number)
  return (
    <li>
      <div>
        <h3>{soeHouse.className(number)}</h3>
        <p class="hint">{soeHouse.classUse(number)}</p>
        <Held visit={visit} held={held} />
      </div>
      <div class="grant">
        <EndForm {...props} held={held} />
        {held ? (
          <form method="post" action={`/soe/operadores/${operator.id}/classes/retirada`}>
            <button class="btn" type="submit" name="classe" value={number}>
              {soeHouse.operator.take}
              <span class="vh"> {number}</span>
            </button>
          </form>
        ) : null}
      </div>
    </li>
  )
}

function Held({ visit, held }: { visit: MasterVisit; held: HeldClass | undefined }) {
  const text = visit.words.soeHouse.operator
  if (!held) return <p class="hint">{text.notHeld}</p>
  const over = held.endsOn !== null && held.endsOn < dayOf(visit.now)
  const since = text.heldSince(showInstant(new Date(held.since)))
  const end = held.endsOn && (over ? text.endedOn(showDay(held.endsOn)) : text.endsOn(showDay(held.endsOn)))
  return (
    <p class="held">
      <span class={over ? 'badge b-closed' : 'badge b-processing'}>
        <Icon name={over ? 'clock' : 'check'} />
        {over ? text.over : text.held}
      </span>
      <span>{[since, end].filter(Boolean).join(' · ')}</span>
    </p>
  )
}

function EndForm(props: Part & { number: number; first: boolean; held: HeldClass | undefined }) {
  const { visit, operator, typed, problems, number, first, held } = props
  const text = visit.words.soeHouse.operator
  const own = typed?.class === String(number) ? typed.until : undefined
  return (
    <form method="post" action={`/soe/operadores/${operator.id}/classes`} noValidate>
      <input type="hidden" name="classe" value={number} />
      <TextField
        id={endField(number)}
        name="ate"
        type="date"
        label={text.until}
        optional={text.optional}
        error={faultAt(visit.words, problems, endField(number))}
        value={own ?? held?.endsOn ?? ''}
      />
      <button class={first ? 'btn pri' : 'btn'} type="submit">
        {held ? text.saveEnd : text.grant}
        <span class="vh"> {number}</span>
      </button>
    </form>
  )
}
