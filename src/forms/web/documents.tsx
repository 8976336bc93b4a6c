// The documents of a form: one row each, with what is accepted told before choosing.
import { acceptOf } from '#attachments/rules/kinds.ts'
import { checkTexts } from '#attachments/views.tsx'
import { DOCUMENT_FIELD, GROUP_FIELD } from '#forms/rules/check.ts'
import { type DocumentRule, documentOf } from '#forms/rules/definition.ts'
import type { Drawing } from '#forms/web/draft-page.tsx'
import { filesAt } from '#forms/web/draft-problems.tsx'
import { FileRow, type SentFile } from '#shared/ui/file-row.tsx'
import type { Words } from '#words/words.ts'

const percentOf = ({ came, size }: { came: number; size: number }): number => Math.floor((came / size) * 100)
const MEGABYTE = 1024 * 1024

export function Documents({ drawing, documents }: { drawing: Drawing; documents: readonly DocumentRule[] }) {
  const text = drawing.visit.words.forms.draft
  return (
    <div class="stack">
      <p class="hint">
        <span class="with-script">{text.dropHere} </span>
        {text.kept(drawing.draftFileDays)}
      </p>
      {documents.map((document) => (
        <DocumentRow key={document.key} drawing={drawing} document={document} />
      ))}
    </div>
  )
}

/** What a document's files may be, in sentences: kinds, bytes and how many, pages. */
export function limitsOf(
  { kinds, maxBytes, maxPages, most = 1 }: DocumentRule,
  { words, fileBytes }: { readonly words: Words; readonly fileBytes: number },
): readonly string[] {
  const names = kinds.map((kind) => words.attachments.kinds[kind])
  const limits = words.attachments.limits(
    names,
    Math.floor(Math.min(maxBytes ?? fileBytes, fileBytes) / MEGABYTE),
    most,
  )
  return maxPages ? [limits, words.forms.draft.maxPages(maxPages)] : [limits]
}

function DocumentRow({ drawing, document }: { drawing: Drawing; document: DocumentRule }) {
  const { visit, verdict } = drawing
  const { words, lang } = visit
  const { key, kinds } = document
  const most = document.most ?? 1
  const example = document.example && words.forms.draft.example(document.example[lang])
  const basis = document.legalBasis ? words.forms.draft.legalBasis(document.legalBasis[lang]) : undefined
  return (
    <FileRow
      id={`d-${key}`}
      name={DOCUMENT_FIELD + key}
      document={key}
      label={document.name[lang]}
      tag={tagOf(drawing, document)}
      hint={[document.hint?.[lang], example, ...limitsOf(document, { words, fileBytes: drawing.fileBytes }), basis]
        .filter(Boolean)
        .join(' ')}
      accept={acceptOf(kinds)}
      several={most > 1}
      files={filesOf(drawing, key)}
      error={drawing.errorOf(DOCUMENT_FIELD + key) ?? groupError(drawing, document)}
      hidden={!verdict.documents.has(key)}
      camera={kinds.includes('jpeg')}
      stopped={drawing.stopped
        .filter(
          (one) =>
            one.document === key && !drawing.files.some((file) => file.document === key && file.name === one.name),
        )
        .map((one) => ({ id: one.id, name: one.name, text: words.forms.draft.stopped(one.name, percentOf(one)) }))}
      openAt={filesAt(drawing.draft)}
      words={words}
    />
  )
}

function tagOf(drawing: Drawing, { key, need }: DocumentRule): string {
  const text = drawing.visit.words.forms.draft
  if (typeof need === 'object' && 'group' in need) return text.oneOf
  return drawing.verdict.requiredDocuments.has(key) ? text.required : text.optionalTag
}

/** The group's error stands at its first document, where the summary leads. */
function groupError(drawing: Drawing, { key, need }: DocumentRule): string | undefined {
  if (typeof need !== 'object' || !('group' in need)) return undefined
  const first = drawing.verdict.groups.get(need.group)?.[0] === key
  return first ? drawing.errorOf(GROUP_FIELD + need.group) : undefined
}

function filesOf(drawing: Drawing, document: string): SentFile[] {
  return drawing.files
    .filter((file) => file.document === document)
    .map((file) => {
      const checked = checkTexts(drawing.visit.words, file.check, documentOf(drawing.draft.definition, document))
      const also = alsoIn(drawing, file)
      return {
        ...file,
        facts: checked.facts,
        notes: [...checked.warnings, ...(also ? [also] : [])],
        waiting: checked.waiting,
      }
    })
}

/** Says so when the same content stands in another file too. */
function alsoIn(drawing: Drawing, file: Drawing['files'][number]): string | undefined {
  const { words, lang } = drawing.visit
  const other = drawing.files.find((one) => one.id !== file.id && one.sha256.equals(file.sha256))
  if (!other) return undefined
  const name = drawing.draft.definition.sections
    .flatMap((section) => section.documents ?? [])
    .find((one) => one.key === other.document)?.name[lang]
  return name ? words.forms.draft.alsoIn(name) : undefined
}
