// /admin/formularios/:code: a form's versions, who did what when, and what can be done with the form as a whole.
import {
  addForm,
  type Manager,
  refuseUnlessManagesForms,
  retireForm,
  startVersion,
  versionToRead,
} from '#forms/actions/versions.ts'
import { type VersionRow, versionsOf } from '#forms/reads/versions.ts'
import type { Definition } from '#forms/rules/definition.ts'
import { addressOf, EDITOR, StatusTag } from '#forms/web/editor/frame.tsx'
import { codeProblems } from '#forms/web/editor/list.tsx'
import { type HistoryRow, historyOf } from '#journal/reads.ts'
import { showInstant } from '#shared/kit/dates.ts'
import type { Problem } from '#shared/problems.ts'
import { found, Refusal } from '#shared/refusals.ts'
import { ErrorSummary, problemText, TextField } from '#shared/ui/fields.tsx'
import { FormStart } from '#shared/ui/form.tsx'
import { Icon } from '#shared/ui/icon.tsx'
import { page } from '#shared/ui/page.tsx'
import { type Answer, fieldOf, type Visit } from '#shared/web/site.ts'
import { LANGS, wordsFor } from '#words/words.ts'

interface Shown {
  readonly problems: readonly Problem[]
  readonly typed: string
}

/** GET /admin/formularios/:code */
export async function showForm(visit: Visit, code: string): Promise<Answer> {
  return await formPage(visit, code, { problems: [], typed: `${code}-2` })
}

async function formPage(visit: Visit, code: string, shown: Shown): Promise<Answer> {
  refuseUnlessManagesForms(visit.actor)
  const { formEditor: text, admin } = visit.words
  const versions = await versionsOf(visit.tx, code)
  const newest = found(versions[0])
  const history = await historyOf(visit.tx, ['form'], code)
  const title = newest.title[visit.lang]
  return page(visit, {
    title,
    section: 'admin',
    crumbs: [{ label: admin.pages.forms, href: EDITOR }, { label: title }],
    ...(shown.problems.length > 0 ? { status: 422 } : {}),
    notice: visit.path.endsWith('?feito=retirado') ? text.retired : undefined,
    body: (
      <>
        <div class="head">
          <div>
            <h1>{title}</h1>
            <p class="hint">
              <code>{code}</code>
            </p>
          </div>
        </div>
        <div class="stack">
          <ErrorSummary
            title={text.duplicateWrong}
            items={shown.problems.map((one) => ({ href: '#q-codigo', text: problemText(visit.words, one) }))}
          />
          <section class="card" aria-labelledby="versoes">
            <h2 id="versoes" class="tbar">
              {text.versions}
            </h2>
            <ul class="rows">
              {versions.map((one) => (
                <VersionLine key={one.number} visit={visit} version={one} versions={versions} />
              ))}
            </ul>
          </section>
          <Duplicate visit={visit} code={code} shown={shown} from={newest.number} />
          <History visit={visit} history={history} />
        </div>
      </>
    ),
  })
}

function VersionLine(props: { visit: Visit; version: VersionRow; versions: readonly VersionRow[] }) {
  const { visit, version, versions } = props
  const { formEditor: text } = visit.words
  const action = `${EDITOR}/${version.code}`
  const hasDraft = versions.some((one) => one.status === 'draft')
  return (
    <li>
      <div>
        <a class="row-name" href={addressOf(version)}>
          {text.version(version.number)}
        </a>{' '}
        <StatusTag visit={visit} status={version.status} />
        <p class="hint">{datesOf(visit, version)}</p>
      </div>
      <form class="acts" method="post" action={action}>
        <FormStart visit={visit} action={action} />
        <input type="hidden" name="versao" value={version.number} />
        {version.status !== 'draft' && !hasDraft ? (
          <button class="btn small" type="submit" name="acao" value="nova">
            {text.startFrom}
            <span class="vh"> {text.version(version.number)}</span>
          </button>
        ) : null}
        {version.status === 'published' ? (
          <details class="ask">
            <summary class="btn small">{text.retire}</summary>
            <p>{text.retireText}</p>
            <button class="btn small bad" type="submit" name="acao" value="retirar">
              {text.retireNow}
            </button>
          </details>
        ) : null}
        <a class="btn small" href={`${addressOf(version)}/exportar`} download>
          <Icon name="download" />
          {text.export}
          <span class="vh"> {text.version(version.number)}</span>
        </a>
      </form>
    </li>
  )
}

function datesOf(visit: Visit, version: VersionRow): string {
  const { formEditor: text } = visit.words
  return [
    text.changedBy(version.changedBy, showInstant(version.changedAt)),
    version.publishedAt ? text.publishedAt(showInstant(version.publishedAt)) : '',
    version.retiredAt ? text.retiredAt(showInstant(version.retiredAt)) : '',
  ]
    .filter(Boolean)
    .join(' · ')
}

function Duplicate(props: { visit: Visit; code: string; shown: Shown; from: number }) {
  const { visit, code, shown } = props
  const { formEditor: text } = visit.words
  const action = `${EDITOR}/${code}`
  const [problem] = shown.problems
  return (
    <details class="card panel" open={problem !== undefined}>
      <summary>
        <Icon name="copy" />
        {text.duplicate}
        <Icon name="chevron-down" />
      </summary>
      <form class="sect stack" method="post" action={action} noValidate>
        <FormStart visit={visit} action={action} />
        <input type="hidden" name="versao" value={props.from} />
        <TextField
          id="q-codigo"
          name="codigo"
          label={text.code}
          hint={text.codeHint}
          value={shown.typed}
          error={problem && problemText(visit.words, problem)}
          maxLength={60}
          code
        />
        <div class="acts">
          <button class="btn pri" type="submit" name="acao" value="duplicar">
            {text.duplicateButton}
          </button>
        </div>
      </form>
    </details>
  )
}

function History({ visit, history }: { visit: Visit; history: readonly HistoryRow[] }) {
  const { formEditor: text } = visit.words
  const events: Readonly<Record<string, (facts: HistoryRow['facts']) => string>> = text.events
  if (history.length === 0) return null
  return (
    <section class="card" aria-labelledby="historico">
      <h2 id="historico" class="tbar">
        {text.history}
      </h2>
      <ol class="rows">
        {history.slice(0, 100).map((row) => (
          <li key={row.id}>
            <div>
              {events[row.event]?.(row.facts) ?? row.event}
              <p class="hint">
                {row.actor} · {showInstant(row.at)}
              </p>
            </div>
          </li>
        ))}
      </ol>
    </section>
  )
}

/** POST /admin/formularios/:code, by the pressed button: nova, retirar, duplicar. */
export async function postForm(visit: Visit, code: string): Promise<Answer> {
  const manager: Manager = visit
  const from = Number(fieldOf(visit.posted, 'versao'))
  const act = fieldOf(visit.posted, 'acao')
  if (!Number.isInteger(from)) throw new Refusal('bad-request')
  if (act === 'nova') return { redirect: addressOf({ code, number: await startVersion(manager, code, from) }) }
  if (act === 'retirar') {
    await retireForm(manager, code, from)
    return { redirect: `${EDITOR}/${code}?feito=retirado` }
  }
  if (act !== 'duplicar') throw new Refusal('bad-request')
  const version = await versionToRead(manager, code, from)
  const typed = fieldOf(visit.posted, 'codigo')
  const problems = codeProblems(typed)
  if (problems.length > 0) return await formPage(visit, code, { problems, typed })
  const number = await addForm(manager, typed, { ...version, definition: namedCopy(version.definition) })
  if (number !== undefined) return { redirect: addressOf({ code: typed, number }) }
  return await formPage(visit, code, { problems: [{ field: 'codigo', code: 'form-code-taken' }], typed })
}

/** Two forms of one title could not be told apart by whoever opens a request. */
function namedCopy(definition: Definition): Definition {
  const title = { ...definition.title }
  for (const lang of LANGS) title[lang] = wordsFor(lang).formEditor.copyTitle(title[lang])
  return { ...definition, title }
}
