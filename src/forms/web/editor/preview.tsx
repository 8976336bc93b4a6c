// /admin/formularios/:code/:n/previa: the form as its filers see it, for any answers; what it makes of them, kept as a form test.

import { changeVersion, versionToRead } from '#forms/actions/versions.ts'
import { answersFrom } from '#forms/actions.ts'
import type { Version } from '#forms/reads/versions.ts'
import type { Draft } from '#forms/reads.ts'
import { type Answers, documentsOf, questionsOf, type Section } from '#forms/rules/definition.ts'
import { evaluate } from '#forms/rules/evaluate.ts'
import { outcomeOf } from '#forms/rules/form-tests.ts'
import type { Drawing } from '#forms/web/draft-page.tsx'
import { addressOf, EditionStart, editorPage, seenIn } from '#forms/web/editor/frame.tsx'
import { QuestionField } from '#forms/web/question.tsx'
import { ScriptData } from '#forms/web/script-data.tsx'
import { SETTINGS } from '#settings/rules.ts'
import { cutAt, storable } from '#shared/kit/storable.ts'
import type { Problem } from '#shared/problems.ts'
import { assetPath } from '#shared/ui/assets.ts'
import { ErrorSummary, problemText, TextField } from '#shared/ui/fields.tsx'
import { Notice } from '#shared/ui/form.tsx'
import { type Answer, fieldOf, type Visit } from '#shared/web/site.ts'

const LONGEST_NAME = 200
const MOST_TESTS = 200
const NAME = 'nome-do-teste'

/** GET; `?teste=` begins with the answers of that test. */
export async function showPreview(visit: Visit, code: string, number: number): Promise<Answer> {
  const version = await versionToRead(visit, code, number)
  const n = Number(new URL(visit.path, 'http://eprod').searchParams.get('teste') ?? 'x')
  return previewPage(visit, version, { answers: version.tests[n]?.answers ?? {}, name: '', problems: [] })
}

interface Shown {
  readonly answers: Answers
  readonly name: string
  readonly problems: readonly Problem[]
}

function previewPage(visit: Visit, version: Version, shown: Shown): Answer {
  const { formEditor: text } = visit.words
  const action = `${addressOf(version)}/previa`
  const drawing = drawingOf(visit, version, shown.answers)
  return editorPage(visit, version, {
    tab: 'preview',
    ...(shown.problems.length > 0 ? { status: 422 } : {}),
    body: (
      <>
        <script type="module" src={assetPath('form-editor.js')} />
        <div class="two">
          <div class="stack">
            <ErrorSummary
              title={text.itemWrong}
              items={shown.problems.map((one) => ({ href: `#q-${one.field}`, text: problemText(visit.words, one) }))}
            />
            <Notice>
              <p>{text.previewHint}</p>
            </Notice>
            <eprod-form>
              <form class="card" id="previa" method="post" action={action} noValidate>
                <EditionStart visit={visit} action={action} edition={version.edition} />
                <button class="vh" type="submit" name="acao" value="atualizar" tabIndex={-1} aria-hidden="true" />
                {version.definition.sections.map((section) => (
                  <PreviewSection key={section.key} drawing={drawing} section={section} />
                ))}
                <div class="bar-end">
                  <noscript>
                    <p class="hint">{text.previewRefresh}</p>
                  </noscript>
                  <button class="btn" type="submit" name="acao" value="atualizar" data-update>
                    {visit.words.forms.draft.update}
                  </button>
                </div>
              </form>
              <ScriptData drawing={drawing} />
            </eprod-form>
          </div>
          <aside class="stack stick side" aria-label={text.outcome}>
            <OutcomeCard visit={visit} version={version} shown={shown} />
          </aside>
        </div>
      </>
    ),
  })
}

/** The page of a draft that is nobody's. */
function drawingOf(visit: Visit, version: Version, answers: Answers): Drawing {
  const draft: Draft = {
    id: '',
    institutionId: visit.actor.institutionId,
    personId: visit.actor.personId,
    formVersionId: version.id,
    answers,
    copiedFrom: null,
    filedAs: null,
    createdAt: visit.now,
    updatedAt: visit.now,
    definition: version.definition,
  }
  const verdict = evaluate(version.definition, answers)
  const none = {
    files: [],
    others: [],
    stopped: [],
    problems: [],
    filing: false,
    draftFileDays: SETTINGS.draftFileDays,
    fileBytes: 0,
    scans: false,
    standing: { kind: 'current' },
    wrong: new Set(),
    errorOf: () => undefined,
  }
  return { visit, draft, answers, verdict, ...none } as Drawing
}

function PreviewSection({ drawing, section }: { drawing: Drawing; section: Section }) {
  const { visit, verdict } = drawing
  const text = visit.words.forms.draft
  return (
    <section class="sect" hidden={!verdict.sections.has(section.key)} data-section={section.key}>
      <h2>
        <span class="n" />
        {section.title[visit.lang]}
      </h2>
      <div class="grid">
        {section.questions.map((question) => (
          <QuestionField key={question.key} drawing={drawing} question={question} />
        ))}
      </div>
      <div class="stack">
        {(section.documents ?? []).map(({ key, name, need }) => (
          <div class="up" key={key} hidden={!verdict.documents.has(key)} data-document={key}>
            <p class="lab">
              {name[visit.lang]}{' '}
              <span class="tag">
                {typeof need === 'object' && 'group' in need
                  ? text.oneOf
                  : verdict.requiredDocuments.has(key)
                    ? text.required
                    : text.optionalTag}
              </span>
            </p>
          </div>
        ))}
      </div>
    </section>
  )
}

/** What the form makes of the answers; the island keeps it up to date while one types. */
function OutcomeCard({ visit, version, shown }: { visit: Visit; version: Version; shown: Shown }) {
  const { formEditor: text } = visit.words
  const { definition } = version
  const outcome = outcomeOf(definition, shown.answers)
  const lines = (kind: 'questions' | 'documents' | 'required', items: readonly { key: string; name: string }[]) =>
    items.map(({ key, name }) => (
      <li key={key} hidden={!outcome[kind].includes(key)} data-outcome={kind} data-key={key}>
        {name}
      </li>
    ))
  const questions = questionsOf(definition).map(({ key, label }) => ({ key, name: label[visit.lang] }))
  const documents = documentsOf(definition).map(({ key, name }) => ({ key, name: name[visit.lang] }))
  const [problem] = shown.problems
  return (
    <eprod-outcome>
      <section class="card props">
        <h2>{text.outcome}</h2>
        <div class="pad pt0 stack" aria-live="polite">
          <p class="lab">{text.outcomeTitle}</p>
          <p data-title>{outcome.title || '–'}</p>
          <p class="lab">{text.outcomeRequired}</p>
          <ul class="ed-faults ed-outcome">{lines('required', documents)}</ul>
          <details>
            <summary>{text.outcomeAll}</summary>
            <ul class="ed-faults">{lines('questions', questions)}</ul>
            <ul class="ed-faults">{lines('documents', documents)}</ul>
          </details>
        </div>
        {version.status === 'draft' ? (
          <div class="pad stack">
            <TextField
              id={`q-${NAME}`}
              name={NAME}
              label={text.testName}
              hint={text.testNameHint}
              value={shown.name}
              error={problem && problemText(visit.words, problem)}
              maxLength={LONGEST_NAME}
              form="previa"
            />
            <button class="btn pri wide" type="submit" form="previa" name="acao" value="testar">
              {text.keepTest}
            </button>
          </div>
        ) : null}
      </section>
      <script
        type="application/json"
        data-definition
        dangerouslySetInnerHTML={{ __html: JSON.stringify(definition).replaceAll('<', '\\u003c') }}
      />
    </eprod-outcome>
  )
}

/** POST, by the pressed button: atualizar, testar. */
export async function postPreview(visit: Visit, code: string, number: number): Promise<Answer> {
  const version = await versionToRead(visit, code, number)
  const given = answersFrom(version.definition, visit.posted.fields)
  const answers = Object.fromEntries(Object.entries(given).filter(([, value]) => value.trim() !== ''))
  const name = cutAt(storable(fieldOf(visit.posted, NAME)), LONGEST_NAME)
  if (fieldOf(visit.posted, 'acao') !== 'testar') return previewPage(visit, version, { answers, name, problems: [] })
  const fault = version.tests.length >= MOST_TESTS ? 'form-tests-many' : name === '' ? 'form-test-name' : undefined
  if (fault) return previewPage(visit, version, { answers, name, problems: [{ field: NAME, code: fault }] })
  const seen = seenIn(visit, { code, number })
  const expects = outcomeOf(version.definition, answers)
  // Only answers that count: one to a hidden question would be nothing but noise in the file.
  const counted = evaluate(version.definition, answers).answers
  const tests = [...version.tests.filter((one) => one.name !== name), { name, answers: counted, expects }]
  await changeVersion(visit, seen, { tests, what: `teste ${name}` })
  return { redirect: `${addressOf(version)}/testes` }
}

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements {
      'eprod-outcome': { children?: ComponentChildren }
    }
  }
}
