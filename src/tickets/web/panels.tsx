// The forms of the ticket page below its decision: *Acompanhamento* for both sides; ask, solve, note and assignment for staff.
import type { ComponentChildren } from 'preact'
import { showBytes } from '#shared/kit/bytes.ts'
import { FormStart } from '#shared/ui/form.tsx'
import { Icon } from '#shared/ui/icon.tsx'
import type { IconName } from '#shared/ui/icons.ts'
import type { Verb } from '#tickets/rules/lifecycle.ts'
import { DOCUMENT_FAULTS, SOLUTION_TEMPLATES } from '#tickets/rules/moves.ts'
import { DocumentChecks, FileBox } from '#tickets/web/files.tsx'
import { Choice, Fault, LineBox, TextBox } from '#tickets/web/inputs.tsx'
import { problemOf, type Screen, typed } from '#tickets/web/screen.ts'

/** Everything this visitor may write now. */
export function Panels({ screen }: { screen: Screen }) {
  const { verbs, visit, facts } = screen
  if (facts.status === 'closed') return null
  if (visit.actor.side === 'staff') return <StaffPanels screen={screen} />
  if (verbs.has('answer') || verbs.has('follow-up')) return <FollowUp screen={screen} open />
  // On Solucionado the card above asks for approval or refusal; who may not write is told why.
  return verbs.has('approve') || facts.status === 'solved' ? null : (
    <p class="hint">{visit.words.ticketPage.followUp.readOnly}</p>
  )
}

function FollowUp({ screen, open }: { screen: Screen; open?: boolean }) {
  const { facts, visit, verbs, settings } = screen
  const words = visit.words.ticketPage.followUp
  const staff = visit.actor.side === 'staff'
  return (
    <Panel id="acompanhamento" icon="message" title={words.title} open={open || isTried(screen, 'follow-up')}>
      <form method="post" action={`/chamados/${facts.id}/acompanhamentos`} encType="multipart/form-data">
        <FormStart visit={visit} action={`/chamados/${facts.id}`} once={typed(screen, 'follow-up', 'chave')} />
        <TextBox
          screen={screen}
          verb="follow-up"
          field="texto"
          label={words.text}
          hint={staff ? words.hintStaff : words.hint}
          rows={4}
        />
        {verbs.has('answer') ? <RequestedBoxes screen={screen} /> : null}
        <FileBox
          screen={screen}
          verb="follow-up"
          label={words.files}
          hint={words.filesHint(showBytes(settings.fileBytes, visit.lang))}
        />
        <Send icon="send" label={verbs.has('answer') ? words.answer : words.send} />
      </form>
    </Panel>
  )
}

/** A place of its own for each document that was asked for anew: what comes there answers it. */
function RequestedBoxes({ screen }: { screen: Screen }) {
  const { form, visit, rows } = screen
  const { faults, followUp } = visit.words.ticketPage
  const requested = rows.find((row) => row.kind === 'request')?.requested ?? []
  return (
    <>
      {requested.map(({ document, fault }) => (
        <FileBox
          key={document}
          screen={screen}
          verb="follow-up"
          document={document}
          label={form.documentName(document)}
          hint={followUp.replaces(faults[fault])}
        />
      ))}
    </>
  )
}

function StaffPanels({ screen }: { screen: Screen }) {
  const { verbs } = screen
  return (
    <section class="stack" aria-labelledby="atendimento">
      <h2 id="atendimento" class="vh">
        {screen.visit.words.ticketPage.staff.title}
      </h2>
      <div class="panels">
        {verbs.has('ask') ? <Ask screen={screen} /> : null}
        {verbs.has('solve') ? <Solve screen={screen} /> : null}
        {verbs.has('follow-up') ? <FollowUp screen={screen} /> : null}
        {verbs.has('note') ? <Note screen={screen} /> : null}
      </div>
    </section>
  )
}

function Ask({ screen }: { screen: Screen }) {
  const { facts, visit, settings } = screen
  const words = visit.words.ticketPage.staff
  const options = screen.waitingTypes.map((type) => ({ value: String(type.id), label: type.name }))
  return (
    <Panel id="pedir" icon="player-pause" title={words.ask} open={isTried(screen, 'ask')}>
      <form method="post" action={`/chamados/${facts.id}/pendencia`} encType="multipart/form-data">
        <FormStart visit={visit} action={`/chamados/${facts.id}`} once={typed(screen, 'ask', 'chave')} />
        <input type="hidden" name="versao" value={facts.version} />
        <p class="hint">{words.askHint(settings.pendingDays)}</p>
        <div class="grid">
          <Choice
            screen={screen}
            verb="ask"
            field="tipo"
            label={words.waitingType}
            options={options}
            none={words.choose}
          />
          <LineBox screen={screen} verb="ask" field="motivo" label={words.reason} hint={words.reasonHint} most={200} />
        </div>
        <TextBox screen={screen} verb="ask" field="texto" label={words.question} rows={4} />
        <Documents screen={screen} />
        <Send icon="player-pause" label={words.sendAsk} />
      </form>
    </Panel>
  )
}

/** Each document the case knows or that was sent, with what is wrong with it. */
function Documents({ screen }: { screen: Screen }) {
  const words = screen.visit.words.ticketPage
  const sent = new Set(screen.files.map((file) => file.document))
  const documents = screen.form.documents(screen.facts.answers).filter((one) => one.required || sent.has(one.key))
  if (documents.length === 0) return null
  return (
    <fieldset class="fld verdicts">
      <legend>{words.staff.documents}</legend>
      <p class="hint">{words.staff.documentsHint}</p>
      {documents.map((document) => (
        <div class="verdict" key={document.key}>
          <div>
            <label for={`ask-doc-${document.key}`}>{document.name}</label>
            <DocumentChecks screen={screen} document={document.key} />
          </div>
          <select class="sel" id={`ask-doc-${document.key}`} name={`documento.${document.key}`}>
            <option value="">{words.staff.fine}</option>
            {DOCUMENT_FAULTS.map((fault) => (
              <option key={fault} value={fault} selected={typed(screen, 'ask', `documento.${document.key}`) === fault}>
                {words.faults[fault]}
              </option>
            ))}
          </select>
        </div>
      ))}
    </fieldset>
  )
}

function Solve({ screen }: { screen: Screen }) {
  const { facts, visit, settings } = screen
  const words = visit.words.ticketPage.staff
  const chosen = typed(screen, 'solve', 'resultado')
  return (
    <Panel id="solucionar" icon="circle-check" title={words.solve} open={isTried(screen, 'solve')}>
      <form method="post" action={`/chamados/${facts.id}/solucao`} encType="multipart/form-data">
        <FormStart visit={visit} action={`/chamados/${facts.id}`} once={typed(screen, 'solve', 'chave')} />
        <input type="hidden" name="versao" value={facts.version} />
        <p class="hint">{words.solveHint(settings.solvedDays)}</p>
        <fieldset class="fld" id="solve-resultado">
          <legend>{words.outcome}</legend>
          <Fault id="solve-resultado-erro" sentence={problemOf(screen, 'solve', 'resultado')} />
          <div class="radios col">
            {(['granted', 'denied'] as const).map((outcome) => (
              <label class="pick" key={outcome}>
                <input type="radio" name="resultado" value={outcome} checked={chosen === outcome} />
                <b>{words.outcomes[outcome]}</b>
              </label>
            ))}
          </div>
        </fieldset>
        <TextBox screen={screen} verb="solve" field="texto" label={words.solution} rows={5} />
        <details class="ready">
          <summary>{words.templates}</summary>
          <ul>
            {SOLUTION_TEMPLATES.map((template) => (
              <li key={template}>{template}</li>
            ))}
          </ul>
        </details>
        <FileBox
          screen={screen}
          verb="solve"
          label={visit.words.ticketPage.followUp.files}
          hint={visit.words.ticketPage.followUp.filesHint(showBytes(settings.fileBytes, visit.lang))}
        />
        <Send icon="circle-check" label={words.sendSolve} />
      </form>
    </Panel>
  )
}

function Note({ screen }: { screen: Screen }) {
  const { facts, visit } = screen
  const words = visit.words.ticketPage.staff
  return (
    <Panel id="nota" icon="note" title={words.note} open={isTried(screen, 'note')}>
      <form method="post" action={`/chamados/${facts.id}/acompanhamentos`} encType="multipart/form-data">
        <FormStart visit={visit} action={`/chamados/${facts.id}`} once={typed(screen, 'note', 'chave')} />
        <input type="hidden" name="privada" value="1" />
        <TextBox screen={screen} verb="note" field="texto" label={words.note} hint={words.noteHint} rows={3} />
        <Send icon="note" label={words.sendNote} />
      </form>
    </Panel>
  )
}

/** Take, give back and, for a supervisor, assign: beside the status at the top of the page. */
export function Assignment({ screen }: { screen: Screen }) {
  const { facts, verbs, visit } = screen
  const words = visit.words.ticketPage.staff
  const action = `/chamados/${facts.id}/atribuicao`
  const mine = facts.assigneeId === visit.actor.personId
  const canTake = verbs.has('take') && !mine
  if (!canTake && !verbs.has('give-back') && !verbs.has('assign')) return null
  const options = screen.assignees.map((one) => ({ value: String(one.id), label: one.name }))
  return (
    <form class="acts assignment" method="post" action={action}>
      <FormStart visit={visit} action={`/chamados/${facts.id}`} />
      <input type="hidden" name="visto" value={facts.assigneeId ?? ''} />
      {verbs.has('assign') ? (
        <>
          <Choice
            screen={screen}
            verb="assign"
            field="tecnico"
            label={words.assignTo}
            options={options}
            none={words.choose}
          />
          <button type="submit" class="btn" name="acao" value="atribuir">
            {words.assign}
          </button>
        </>
      ) : null}
      {canTake ? (
        <button type="submit" class="btn pri" name="acao" value="assumir">
          <Icon name="hand-grab" />
          {facts.assigneeId ? words.takeOver : words.take}
        </button>
      ) : null}
      {verbs.has('give-back') && facts.assigneeId ? (
        <button type="submit" class="btn" name="acao" value="devolver">
          {words.giveBack}
        </button>
      ) : null}
    </form>
  )
}

function Panel(props: {
  id: string
  icon: IconName
  title: string
  open?: boolean | undefined
  children: ComponentChildren
}) {
  return (
    <details class="card panel" id={props.id} open={props.open}>
      <summary>
        <Icon name={props.icon} />
        {props.title}
        <Icon name="chevron-down" />
      </summary>
      <div class="panel-body">{props.children}</div>
    </details>
  )
}

function Send({ icon, label }: { icon: IconName; label: string }) {
  return (
    <div class="acts">
      <button type="submit" class="btn pri">
        <Icon name={icon} />
        {label}
      </button>
    </div>
  )
}

/** Was this form posted and is it shown again? Then it stands open. */
function isTried(screen: Screen, verb: Verb): boolean {
  return screen.attempt?.verb === verb
}
