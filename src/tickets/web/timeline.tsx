// The timeline of a ticket: what people wrote as cards, what only changed as lines, newest first.
import { DAY_MS, showInstant } from '#shared/kit/dates.ts'
import { Icon } from '#shared/ui/icon.tsx'
import { initials } from '#shared/ui/shell.tsx'
import type { TimelineRow } from '#tickets/reads/ticket-page.ts'
import { Files } from '#tickets/web/files.tsx'
import type { Screen } from '#tickets/web/screen.ts'

/** The whole timeline under its heading. */
export function Timeline({ screen }: { screen: Screen }) {
  return (
    <section aria-labelledby="processando">
      <h2 id="processando" class="tl-title">
        {screen.visit.words.ticketPage.timeline.title}
      </h2>
      <ol class="tl">
        {screen.rows.map((row) => [
          <StatusLine key={`${row.id}s`} screen={screen} row={row} />,
          row.kind || row.event === 'open' ? <Message key={row.id} screen={screen} row={row} /> : null,
        ])}
      </ol>
    </section>
  )
}

function StatusLine({ screen, row }: { screen: Screen; row: TimelineRow }) {
  const { words } = screen.visit
  const text = words.ticketPage.timeline
  const moved = row.from !== null && row.from !== row.to
  if (!moved && row.event !== 'take' && row.event !== 'assign' && row.event !== 'give-back') return null
  const [before, between] = text.status('', '').filter(Boolean)
  return (
    <li class="ev">
      <time dateTime={row.at.toISOString()}>{showInstant(row.at)}</time>
      <span>
        {moved && row.from ? (
          <>
            {before}
            <b>{words.shared.statuses[row.from]}</b>
            {between}
            <b>{words.shared.statuses[row.to]}</b>
          </>
        ) : (
          <b>{row.assignee ? text.taken(row.assignee) : text.givenBack}</b>
        )}
        {moved && row.assignee ? ` · ${text.assigned(row.assignee)}` : null}
        {row.waitingReason ? ` · ${text.reason(row.waitingReason)}` : null}
        {row.dueAt ? ` · ${text.due(showInstant(row.dueAt))}` : null}
      </span>
    </li>
  )
}

const ICONS = {
  'follow-up': 'message',
  note: 'note',
  request: 'player-pause',
  solution: 'circle-check',
  approval: 'thumb-up',
  refusal: 'thumb-down',
} as const

function Message({ screen, row }: { screen: Screen; row: TimelineRow }) {
  const text = screen.visit.words.ticketPage.timeline
  const days = Math.floor((screen.visit.now.getTime() - row.at.getTime()) / DAY_MS)
  const files = screen.files.filter((file) => file.followUpId === row.followUpId)
  const tone = row.kind === 'solution' ? 'msg sol' : row.kind === 'note' ? 'msg private' : 'msg'
  return (
    <li>
      <span class={row.authorSide === 'institution' ? 'ava' : 'ava tec'} aria-hidden="true">
        {initials(row.author ?? text.clock)}
      </span>
      <article class={tone} id={row.followUpId ? `a${row.followUpId}` : 'abertura'}>
        <header>
          <b>{row.author ?? text.clock}</b>
          <span>{row.author ? row.authorInstitution : text.clockHint}</span>
          <span class="kind">
            {row.kind ? <Icon name={ICONS[row.kind]} /> : null}
            {row.kind ? text.kinds[row.kind] : text.opened}
            {row.outcome ? ` · ${text.outcomes[row.outcome]}` : null}
          </span>
          <time dateTime={row.at.toISOString()}>
            {showInstant(row.at)} · {text.ago(days)}
          </time>
        </header>
        {row.kind ? <Body screen={screen} row={row} /> : <Opening screen={screen} />}
        <Files label={text.files} screen={screen} files={files} />
      </article>
    </li>
  )
}

function Body({ screen, row }: { screen: Screen; row: TimelineRow }) {
  const words = screen.visit.words.ticketPage
  const empty = row.kind === 'approval' ? words.timeline.approvedWithoutComment : words.timeline.noText
  return (
    <div class="body">
      {row.body ? <Paragraphs text={row.body} /> : <p class="none">{empty}</p>}
      <RequestedList screen={screen} row={row} />
    </div>
  )
}

/** The documents a request wants replaced, each with what is wrong with it. */
export function RequestedList({ screen, row }: { screen: Screen; row: TimelineRow }) {
  if (!row.requested?.length) return null
  return (
    <ul class="wanted">
      {row.requested.map((wanted) => (
        <li key={wanted.document}>
          <b>{screen.form.documentName(wanted.document)}</b>: {screen.visit.words.ticketPage.faults[wanted.fault]}
        </li>
      ))}
    </ul>
  )
}

function Opening({ screen }: { screen: Screen }) {
  return (
    <div class="body">
      <details class="answers" open>
        <summary>{screen.visit.words.ticketPage.timeline.answers}</summary>
        <dl class="answers-list">
          {screen.answers
            .flatMap((section) => section.answers)
            .map((answer) => (
              <div key={answer.key} class={answer.value.length > 80 ? 'long' : undefined}>
                <dt>{answer.label}</dt>
                <dd>
                  <Paragraphs text={answer.value} />
                </dd>
              </div>
            ))}
        </dl>
      </details>
    </div>
  )
}

/** Plain text as typed: blank lines part paragraphs, single breaks stay. */
export function Paragraphs({ text }: { text: string }) {
  return (
    <>
      {text.split(/\n{2,}/).map((part) => (
        <p key={part} class="typed">
          {part}
        </p>
      ))}
    </>
  )
}
