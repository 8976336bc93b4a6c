// The page of a draft: sections, fields, documents and progress. What happens when it is posted stands in draft.tsx.
import type { Attachment } from '#attachments/reads.ts'
import type { Stopped } from '#attachments/uploads.ts'
import { todayOf } from '#forms/actions.ts'
import type { Draft } from '#forms/reads.ts'
import { wrongSoFar } from '#forms/rules/check.ts'
import { type Answers, questionsOf, withStarts } from '#forms/rules/definition.ts'
import { evaluate, type Verdict } from '#forms/rules/evaluate.ts'
import type { SameVehicle } from '#forms/rules/same-vehicle.ts'
import { SEEN_FIELD, seenOf } from '#forms/rules/seen.ts'
import { Documents } from '#forms/web/documents.tsx'
import { filesAt, formId, Summary, sentence } from '#forms/web/draft-problems.tsx'
import { type Standing, StandingNotice } from '#forms/web/new-version.tsx'
import { Progress } from '#forms/web/progress.tsx'
import { QuestionField } from '#forms/web/question.tsx'
import { SameVehicleNotice } from '#forms/web/same-vehicle.tsx'
import { ScriptData } from '#forms/web/script-data.tsx'
import { showParts } from '#shared/kit/dates.ts'
import type { Problem } from '#shared/problems.ts'
import { FieldError } from '#shared/ui/fields.tsx'
import { FileLine, UploadLine } from '#shared/ui/file-row.tsx'
import { FormStart } from '#shared/ui/form.tsx'
import { Icon } from '#shared/ui/icon.tsx'
import { page } from '#shared/ui/page.tsx'
import type { Answer, Visit } from '#shared/web/site.ts'

/** All that a draft's page shows. */
export interface DraftView {
  readonly draft: Draft
  readonly answers: Answers
  readonly files: readonly Attachment[]
  /** Tickets the institution has of the same vehicle. */
  readonly others: readonly SameVehicle[]
  /** The visitor's own files that stopped on their way. */
  readonly stopped: readonly Stopped[]
  readonly problems: readonly Problem[]
  /** Which of the two titles the summary has. */
  readonly filing: boolean
  readonly fileBytes: number
  /** There is a virus scanner, which is waited for. */
  readonly scans: boolean
  /** After so many days without a change the files of a draft go. */
  readonly draftFileDays: number
  readonly notice?: string | undefined
  readonly standing: Standing
  /** The key of a page shown again stays. */
  readonly once?: string | undefined
}

/** What the parts of the page are drawn from. */
export interface Drawing extends DraftView {
  readonly visit: Visit
  readonly verdict: Verdict
  /** Questions whose answer is not right as it stands. */
  readonly wrong: ReadonlySet<string>
  /** The sentence of the first problem of a field, or undefined. */
  errorOf(field: string): string | undefined
}

/** The page; 422 when something is wrong. */
export function draftPage(visit: Visit, view: DraftView): Answer {
  const { definition } = view.draft
  const answers = withStarts(definition, view.answers, { ownEmail: visit.actor.email })
  // What is wrong with an answer is told at its field whenever it is shown, as the script tells it while one types.
  const problems = [...view.problems, ...wrongSoFar(definition, answers, todayOf(visit.now))]
  const drawing: Drawing = {
    ...view,
    answers,
    visit,
    verdict: evaluate(definition, answers),
    wrong: new Set(problems.map(({ field }) => field)),
    errorOf: (field) => {
      const problem = problems.find((one) => one.field === field)
      return problem && sentence(visit, view, problem)
    },
  }
  const { lang, words } = visit
  return page(visit, {
    title: definition.title[lang],
    section: 'open',
    crumbs: [{ label: words.forms.open.title, href: '/abrir-chamado' }, { label: definition.title[lang] }],
    ...(view.problems.length > 0 ? { status: 422 } : {}),
    ...(view.notice ? { notice: view.notice } : {}),
    body: <Body drawing={drawing} />,
  })
}

function Body({ drawing }: { drawing: Drawing }) {
  const { visit, draft } = drawing
  const { lang, words } = visit
  const text = words.forms.draft
  return (
    <>
      <div class="head">
        <div>
          <h1>{draft.definition.title[lang]}</h1>
          <p class="hint">{draft.definition.hint?.[lang]}</p>
        </div>
      </div>
      <div class="two">
        <div class="stack">
          <Summary drawing={drawing} />
          <StandingNotice words={words} standing={drawing.standing} form={formId(draft)} />
          <Form drawing={drawing} />
        </div>
        <aside class="stack stick side" aria-label={text.progress}>
          <Progress drawing={drawing} />
          <details class="card panel">
            <summary>
              <Icon name="trash" />
              {text.discard}
              <Icon name="chevron-down" />
            </summary>
            <div class="panel-body stack">
              <p>{text.discardText}</p>
              <p>
                <button class="btn bad" type="submit" form={formId(draft)} name="acao" value="descartar">
                  {text.discardNow}
                </button>
              </p>
            </div>
          </details>
          <section class="card props">
            <h2>{text.doubts}</h2>
            <p class="hint pad pt0">
              <a href={`mailto:${words.shared.footer.email}`}>{words.shared.footer.email}</a> {text.doubtsText}
            </p>
          </section>
        </aside>
      </div>
    </>
  )
}

const seenIn = ({ draft, answers }: Drawing) =>
  seenOf(
    draft.formVersionId,
    questionsOf(draft.definition).map(({ key }) => key),
    answers,
  )

function Form({ drawing }: { drawing: Drawing }) {
  const { visit, draft, verdict } = drawing
  const action = `/rascunhos/${draft.id}`
  const numbers = new Map(
    draft.definition.sections.filter(({ key }) => verdict.sections.has(key)).map(({ key }, i) => [key, i + 1]),
  )
  return (
    <eprod-form>
      <form
        class="card"
        id={formId(draft)}
        method="post"
        action={action}
        enctype="multipart/form-data"
        noValidate
        data-draft={draft.id}
      >
        <FormStart visit={visit} action={action} once={drawing.once} />
        <input type="hidden" name={SEEN_FIELD} value={JSON.stringify(seenIn(drawing))} />
        {/* Enter in a field must not remove a file: the first button of a form is the one it presses. */}
        <button class="vh" type="submit" name="acao" value="atualizar" tabIndex={-1} aria-hidden="true" />
        {draft.definition.sections.map((section) => (
          <section
            key={section.key}
            class="sect"
            id={`s-${section.key}`}
            hidden={!verdict.sections.has(section.key)}
            data-section={section.key}
          >
            <SectionBody drawing={drawing} section={section} number={numbers.get(section.key)} />
          </section>
        ))}
        <EndBar drawing={drawing} />
      </form>
      <ScriptData drawing={drawing} />
      <template data-line="file">
        <FileLine file={{ id: '', name: '', size: 0 }} words={visit.words} openAt={filesAt(draft)} />
      </template>
      <template data-line="error">
        <FieldError id="" error=" " />
      </template>
      <template data-line="upload">
        <UploadLine words={visit.words} />
      </template>
    </eprod-form>
  )
}

interface SectionProps {
  readonly drawing: Drawing
  readonly section: Draft['definition']['sections'][number]
  readonly number: number | undefined
}

function SectionBody({ drawing, section, number }: SectionProps) {
  const { lang } = drawing.visit
  const heading = (
    <h2>
      <span class="n">{number}</span>
      {section.title[lang]}
    </h2>
  )
  // A section of one choice is headed by its own legend: said once, not twice.
  const alone = section.questions.length === 1 && section.questions[0]?.type === 'choice'
  return (
    <>
      {alone ? null : heading}
      {section.hint ? <p class="hint">{section.hint[lang]}</p> : null}
      {alone
        ? section.questions.map((question) => (
            <QuestionField key={question.key} drawing={drawing} question={question} heading={heading} />
          ))
        : null}
      {!alone && section.questions.length > 0 ? (
        <div class="grid">
          {section.questions.map((question) => (
            <QuestionField key={question.key} drawing={drawing} question={question} />
          ))}
        </div>
      ) : null}
      {section.questions.some(({ key }) => key === drawing.draft.definition.facts.plate) ? (
        <SameVehicleNotice words={drawing.visit.words} others={drawing.others} />
      ) : null}
      {section.documents ? <Documents drawing={drawing} documents={section.documents} /> : null}
    </>
  )
}

function EndBar({ drawing }: { drawing: Drawing }) {
  const { words } = drawing.visit
  const text = words.forms.draft
  const untouched = drawing.files.length === 0 && Object.keys(drawing.draft.answers).length === 0
  const saved = untouched ? '' : text.savedAt(showParts(drawing.draft.updatedAt).time)
  return (
    <div class="bar-end">
      <p class="hint" data-saved role="status">
        {saved}
      </p>
      <noscript>
        <p class="hint">{text.updateHint}</p>
      </noscript>
      <button class="btn" type="submit" name="acao" value="atualizar" data-update>
        {text.update}
      </button>
      <button class="btn" type="submit" name="acao" value="salvar">
        {text.save}
      </button>
      <button class="btn pri" type="submit" name="acao" value="enviar">
        <Icon name="send" />
        {text.send}
      </button>
    </div>
  )
}

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements {
      'eprod-form': { children?: ComponentChildren }
    }
  }
}
