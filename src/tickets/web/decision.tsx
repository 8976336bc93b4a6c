// What the ticket waits for, at the top of its page: the solution to approve or refuse, the answer that is missing, or the
// end with *Abrir novo a partir deste*. Each with its due instant.

import { mayWriteForInstitution } from '#shared/kit/actor.ts'
import { showBytes } from '#shared/kit/bytes.ts'
import { DAY_MS, showInstant, showParts } from '#shared/kit/dates.ts'
import { Countdown } from '#shared/ui/countdown.tsx'
import { FormStart } from '#shared/ui/form.tsx'
import { Icon } from '#shared/ui/icon.tsx'
import { FileBox, Files } from '#tickets/web/files.tsx'
import { TextBox } from '#tickets/web/inputs.tsx'
import { type Screen, typed } from '#tickets/web/screen.ts'
import { Paragraphs, RequestedList } from '#tickets/web/timeline.tsx'

/** The card of the present status, or nothing while the team works. */
export function Decision({ screen }: { screen: Screen }) {
  if (screen.facts.status === 'solved') return <Solved screen={screen} />
  if (screen.facts.status === 'pending') return <Pending screen={screen} />
  if (screen.facts.status === 'closed') return <Closed screen={screen} />
  return null
}

function Solved({ screen }: { screen: Screen }) {
  const { verbs, settings, visit } = screen
  const words = visit.words.ticketPage.decide
  const mine = visit.actor.side === 'institution'
  return (
    <section class="card dead" aria-labelledby="decisao">
      <Deadline
        screen={screen}
        id="decisao"
        title={mine ? words.title : words.waitsInstitution}
        text={mine ? words.text : words.waitsText}
        days={settings.solvedDays}
        since={words.since}
      />
      <Solution screen={screen} />
      {verbs.has('approve') ? <ApproveOrRefuse screen={screen} /> : null}
      {mine && !verbs.has('approve') ? <p class="decide hint">{words.reading}</p> : null}
    </section>
  )
}

/** What is to be approved or refused, before the buttons (guide, step 5). */
function Solution({ screen }: { screen: Screen }) {
  const { decide, timeline } = screen.visit.words.ticketPage
  const solution = screen.rows.find((row) => row.kind === 'solution')
  if (!solution) return null
  const { outcome, followUpId } = solution
  return (
    <div class="decide asked">
      <h3>{decide.solution}</h3>
      {outcome ? <p class="hint">{timeline.outcomes[outcome]}</p> : null}
      <Paragraphs text={solution.body ?? ''} />
      <Files
        screen={screen}
        label={timeline.files}
        files={screen.files.filter((file) => file.followUpId === followUpId)}
      />
    </div>
  )
}

function ApproveOrRefuse({ screen }: { screen: Screen }) {
  const { facts, visit, settings } = screen
  const words = visit.words.ticketPage.decide
  const base = `/chamados/${facts.id}`
  return (
    <form class="decide" id="responder" method="post" action={`${base}/recusa`} encType="multipart/form-data">
      <FormStart visit={visit} action={base} once={typed(screen, 'refuse', 'chave')} />
      <input type="hidden" name="versao" value={facts.version} />
      <TextBox screen={screen} verb="refuse" field="texto" label={words.comment} opt={words.commentHint} rows={3} />
      <FileBox
        screen={screen}
        verb="refuse"
        label={words.files}
        hint={words.filesHint(showBytes(settings.fileBytes, visit.lang))}
      />
      <div class="acts">
        <button type="submit" class="btn ok" formAction={`${base}/aprovacao`}>
          <Icon name="thumb-up" />
          {words.approve}
        </button>
        <button type="submit" class="btn bad">
          <Icon name="thumb-down" />
          {words.refuse}
        </button>
      </div>
    </form>
  )
}

function Pending({ screen }: { screen: Screen }) {
  const { facts, verbs, settings, visit } = screen
  const words = visit.words.ticketPage.pending
  const mine = visit.actor.side === 'institution'
  const request = screen.rows.find((row) => row.kind === 'request')
  return (
    <section class="card dead pending" aria-labelledby="pendencia">
      <Deadline
        screen={screen}
        id="pendencia"
        title={mine ? words.title : words.titleStaff}
        text={mine ? words.text : words.textStaff}
        days={settings.pendingDays}
        since={words.since}
      />
      {request ? (
        <div class="decide asked">
          <h3>{words.asked}</h3>
          <p class="hint">
            {facts.waitingType?.[visit.lang]} · {facts.waitingReason}
          </p>
          <Paragraphs text={request.body ?? ''} />
          {request.requested?.length ? <h4>{words.documents}</h4> : null}
          <RequestedList screen={screen} row={request} />
          {verbs.has('answer') ? (
            <p class="acts">
              <a class="btn pri" href="#acompanhamento">
                {words.answer}
              </a>
            </p>
          ) : null}
        </div>
      ) : null}
    </section>
  )
}

/** The head of a card with a deadline: what is expected by when, the time left, and how much of the span has passed. */
function Deadline(props: {
  screen: Screen
  id: string
  title: string
  text: (due: string) => readonly [string, string, string]
  days: number
  since: (day: string) => string
}) {
  const { facts, visit } = props.screen
  const due = facts.dueAt ?? visit.now
  const [before, instant, after] = props.text(showInstant(due))
  return (
    <>
      <div class="row">
        <div class="tx">
          <h2 id={props.id}>{props.title}</h2>
          <p>
            {before}
            <b>{instant}</b>
            {after}
          </p>
        </div>
        <Countdown due={due} now={visit.now} words={visit.words} />
      </div>
      <Meter screen={props.screen} days={props.days} since={props.since} />
    </>
  )
}

function Closed({ screen }: { screen: Screen }) {
  const { facts, visit, copyDraft } = screen
  const words = visit.words.ticketPage.closed
  const ofInstitution = visit.actor.side === 'institution'
  const mayCopy = mayWriteForInstitution(visit.actor)
  return (
    <section class="card dead ended" aria-labelledby="fechado">
      <div class="row">
        <div class="tx">
          <h2 id="fechado">{words.title}</h2>
          <p>{ofInstitution ? words.text : words.textStaff}</p>
        </div>
        {mayCopy && copyDraft ? (
          <a class="btn" href={`/rascunhos/${copyDraft}`}>
            <Icon name="copy" />
            {words.copy}
          </a>
        ) : null}
        {mayCopy && !copyDraft ? (
          <form method="post" action={`/chamados/${facts.id}/copia`}>
            <FormStart visit={visit} action={`/chamados/${facts.id}`} />
            <button type="submit" class="btn">
              <Icon name="copy" />
              {words.copy}
            </button>
          </form>
        ) : null}
      </div>
    </section>
  )
}

/** How much of the span has passed, as a bar and in words: from the entry that began it to its stored end, whatever lay between. */
function Meter(props: { screen: Screen; days: number; since: (day: string) => string }) {
  const { facts, rows, visit } = props.screen
  const due = facts.dueAt?.getTime() ?? 0
  const began =
    rows.find(({ from, to }) => to === facts.status && from !== to)?.at.getTime() ?? due - props.days * DAY_MS
  const days = Math.max(1, Math.ceil((due - began) / DAY_MS))
  const gone = Math.min(due - began, Math.max(0, visit.now.getTime() - began))
  const day = Math.min(days, Math.floor(gone / DAY_MS) + 1)
  const words = visit.words.ticketPage
  return (
    <div class="bar">
      <progress class="meter" max={days * 24} value={Math.round(gone / 3_600_000)} aria-label={words.elapsed}>
        {words.dayOf(day, days)}
      </progress>
      <p>
        <span>{props.since(showParts(new Date(began)).day)}</span>
        <span>{words.dayOf(day, days)}</span>
      </p>
    </div>
  )
}
