// What is left until a due instant. Drawn whole on the server; the island eprod-countdown only keeps it running.
import { showInstant, timeLeft } from '#shared/kit/dates.ts'
import type { Words } from '#words/words.ts'

interface Times {
  readonly due: Date
  readonly now: Date
  readonly words: Words
}

/** The big clock of a ticket page: days, hours, minutes. */
export function Countdown({ due, now, words }: Times) {
  const left = timeLeft(due, now)
  const time = words.shared.time
  const label = left.over ? time.over : time.remainingFull(left.days, left.hours, left.minutes)
  return (
    <eprod-countdown until={due.toISOString()} now={now.toISOString()}>
      <div class="clock" role="img" aria-label={label}>
        <div aria-hidden="true">
          <b data-d>{left.days}</b>
          <span>{time.days}</span>
        </div>
        <div aria-hidden="true">
          <b data-h>{left.hours}</b>
          <span>{time.hours}</span>
        </div>
        <div aria-hidden="true">
          <b data-m>{left.minutes}</b>
          <span>{time.minutes}</span>
        </div>
      </div>
    </eprod-countdown>
  )
}

/** One line for lists: the due instant and how long is left. */
export function Due({ due, now, words }: Times) {
  const left = timeLeft(due, now)
  const time = words.shared.time
  const soon = left.over || left.days < 2
  return (
    <span class={soon ? 'due soon' : 'due'}>
      <time dateTime={due.toISOString()}>{time.until(showInstant(due))}</time>{' '}
      <span>{left.over ? time.over : time.remaining(left.days, left.hours, left.minutes)}</span>
    </span>
  )
}

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements {
      'eprod-countdown': { until: string; now: string; children?: ComponentChildren }
    }
  }
}
