// /admin/formularios: every form, the version in use and the one in draft; a form taken in from a file.

import { readFile } from 'node:fs/promises'
import { addForm, refuseUnlessManagesForms } from '#forms/actions/versions.ts'
import { allVersions, type VersionRow } from '#forms/reads/versions.ts'
import { keyFor } from '#forms/rules/edit.ts'
import { MOST_CHARACTERS, readPortable } from '#forms/rules/portable.ts'
import { addressOf, EDITOR, StatusTag } from '#forms/web/editor/frame.tsx'
import { showInstant } from '#shared/kit/dates.ts'
import type { Problem } from '#shared/problems.ts'
import { AreaField, ErrorSummary, FieldError, problemText, TextField } from '#shared/ui/fields.tsx'
import { Empty, FormStart, Notice } from '#shared/ui/form.tsx'
import { Icon } from '#shared/ui/icon.tsx'
import { page } from '#shared/ui/page.tsx'
import { type Answer, fieldOf, type Visit } from '#shared/web/site.ts'

const IMPORT = `${EDITOR}/importar`

/** GET /admin/formularios */
export async function showForms(visit: Visit): Promise<Answer> {
  return await listPage(visit, { problems: [], typed: { code: '', text: '' } })
}

interface Shown {
  readonly problems: readonly Problem[]
  readonly typed: { readonly code: string; readonly text: string }
}

async function listPage(visit: Visit, shown: Shown): Promise<Answer> {
  refuseUnlessManagesForms(visit.actor)
  const { formEditor: text, admin } = visit.words
  const versions = await allVersions(visit.tx)
  const forms = [...new Set(versions.map((one) => one.code))].map((code) => versions.filter((one) => one.code === code))
  return page(visit, {
    title: admin.pages.forms,
    section: 'admin',
    crumbs: [{ label: admin.title }, { label: admin.pages.forms }],
    ...(shown.problems.length > 0 ? { status: 422 } : {}),
    body: (
      <>
        <div class="head">
          <div>
            <h1>{admin.pages.forms}</h1>
            <p class="hint">{text.listHint}</p>
          </div>
        </div>
        <div class="stack">
          <Problems visit={visit} problems={shown.problems} />
          <section class="card" aria-label={admin.pages.forms}>
            {forms.length === 0 ? (
              <Empty icon="file-text" title={text.noForms} />
            ) : (
              <Forms visit={visit} forms={forms} />
            )}
          </section>
          <TakeIn visit={visit} shown={shown} />
        </div>
      </>
    ),
  })
}

function Problems({ visit, problems }: { visit: Visit; problems: readonly Problem[] }) {
  return (
    <ErrorSummary
      title={visit.words.formEditor.importWrong}
      items={problems.map((one) => ({ href: `#q-${one.field}`, text: problemText(visit.words, one) }))}
    />
  )
}

function Forms({ visit, forms }: { visit: Visit; forms: readonly (readonly VersionRow[])[] }) {
  const { formEditor: text } = visit.words
  return (
    <ul class="rows">
      {forms.map((versions) => {
        const [newest] = versions
        const used = versions.find((one) => one.status === 'published')
        const draft = versions.find((one) => one.status === 'draft')
        if (!newest) return null
        return (
          <li key={newest.code}>
            <div>
              <a class="row-name" href={`${EDITOR}/${newest.code}`}>
                {(used ?? newest).title[visit.lang]}
              </a>{' '}
              <code>{newest.code}</code>
              <p class="hint">
                {used ? text.inUse(used.number, showInstant(used.publishedAt ?? used.changedAt)) : text.notInUse}
              </p>
            </div>
            <div class="acts">
              {draft ? (
                <a class="btn" href={addressOf(draft)}>
                  <StatusTag visit={visit} status="draft" />
                  {text.goOn(draft.number)}
                </a>
              ) : null}
            </div>
          </li>
        )
      })}
    </ul>
  )
}

function TakeIn({ visit, shown }: { visit: Visit; shown: Shown }) {
  const { words } = visit
  const text = words.formEditor
  const errorOf = (field: string): string | undefined => {
    const problem = shown.problems.find((one) => one.field === field)
    return problem && problemText(words, problem)
  }
  return (
    <details class="card panel" open={shown.problems.length > 0}>
      <summary>
        <Icon name="upload" />
        {text.importTitle}
        <Icon name="chevron-down" />
      </summary>
      <form class="sect stack" method="post" action={IMPORT} enctype="multipart/form-data" noValidate>
        <FormStart visit={visit} action={IMPORT} />
        <Notice>
          <p>{text.importHint(MOST_CHARACTERS / 1_000_000)}</p>
        </Notice>
        <TextField
          id="q-codigo"
          name="codigo"
          label={text.code}
          hint={text.codeHint}
          value={shown.typed.code}
          error={errorOf('codigo')}
          maxLength={60}
          code
        />
        <div class="fld">
          <label for="q-arquivo">{text.importFile}</label>
          <input id="q-arquivo" type="file" name="arquivo" accept=".json,application/json" />
          <FieldError id="q-arquivo" error={errorOf('arquivo')} />
        </div>
        <AreaField
          id="q-texto"
          name="texto"
          label={text.importText}
          optional={visit.words.forms.draft.optional}
          value={shown.typed.text}
          error={errorOf('texto')}
        />
        <div class="acts">
          <button class="btn pri" type="submit">
            {text.import}
          </button>
        </div>
      </form>
    </details>
  )
}

/** POST /admin/formularios/importar: a file (or its text) becomes a form of its own, as a draft. */
export async function takeIn(visit: Visit): Promise<Answer> {
  refuseUnlessManagesForms(visit.actor)
  const [file] = visit.posted.files.filter((one) => one.size > 0)
  const typed = { code: fieldOf(visit.posted, 'codigo'), text: fieldOf(visit.posted, 'texto') }
  const field = file ? 'arquivo' : 'texto'
  const tooLarge = file !== undefined && (file.tooLarge || file.size > MOST_CHARACTERS)
  const content = file && !tooLarge ? await readFile(file.path, 'utf8') : typed.text
  const read = tooLarge
    ? { ok: false as const, problems: [{ field, code: 'form-file-large', with: { most: MOST_CHARACTERS } }] }
    : readPortable(content, field)
  const problems = [...codeProblems(typed.code), ...(read.ok ? [] : read.problems)]
  if (problems.length > 0 || !read.ok) return await listPage(visit, { problems, typed })
  const number = await addForm(visit, typed.code, read.value)
  if (number === undefined) {
    return await listPage(visit, { problems: [{ field: 'codigo', code: 'form-code-taken' }], typed })
  }
  return { redirect: `${addressOf({ code: typed.code, number })}?feito=importado` }
}

/** A code is what its address ends with: as a key is made. */
export function codeProblems(code: string): Problem[] {
  return code !== '' && keyFor(code, []) === code && code !== 'importar' ? [] : [{ field: 'codigo', code: 'form-code' }]
}
