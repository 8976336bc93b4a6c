// What is wrong with a draft, in words: the summary on top of its page, and the sentence at a field.

import type { Draft } from '#forms/reads.ts'
import { DOCUMENT_FIELD, GROUP_FIELD } from '#forms/rules/check.ts'
import { documentOf, questionsOf } from '#forms/rules/definition.ts'
import type { DraftView, Drawing } from '#forms/web/draft-page.tsx'
import type { Problem } from '#shared/problems.ts'
import { ErrorSummary, problemText } from '#shared/ui/fields.tsx'
import type { Visit } from '#shared/web/site.ts'

/** Where a draft's files are opened: their id follows. */
export const filesAt = (draft: Draft): string => `/rascunhos/${draft.id}/arquivos/`

/** Id of a draft's form on its page. */
export const formId = (draft: Draft): string => `rascunho-${draft.id}`

export function Summary({ drawing }: { drawing: Drawing }) {
  const { words } = drawing.visit
  const text = words.forms.draft
  const files = drawing.problems.every(({ field }) => field.startsWith(DOCUMENT_FIELD))
  const title = drawing.filing ? text.problemTitle : files ? text.fileProblemTitle : text.checkTitle
  const items = drawing.problems.map((problem) => ({
    href: `#${targetOf(drawing, problem.field)}`,
    text: sentence(drawing.visit, drawing, problem),
  }))
  return <ErrorSummary title={title(items.length)} items={items} />
}

/** Field of a problem of the whole form. */
export const WHOLE_FORM = '-'

/** Id of the element a problem's link leads to. */
function targetOf(drawing: Drawing, field: string): string {
  if (field.startsWith(DOCUMENT_FIELD)) return `d-${field.slice(DOCUMENT_FIELD.length)}`
  if (field.startsWith(GROUP_FIELD)) return `d-${drawing.verdict.groups.get(field.slice(GROUP_FIELD.length))?.[0]}`
  return field === WHOLE_FORM ? formId(drawing.draft) : `q-${field}`
}

/** A problem in words, with the names of the form it happened in. */
export function sentence(visit: Visit, view: Pick<DraftView, 'draft'>, problem: Problem): string {
  const { definition } = view.draft
  const { lang, words } = visit
  const question = questionsOf(definition).find((one) => one.key === problem.field)
  if (problem.code === 'required' && question) {
    const choose = ['choice', 'yes-no', 'yes-no-unknown'].includes(question.type) ? 1 : undefined
    return question.missing?.[lang] ?? problemText(words, problem, { label: question.label[lang], choose })
  }
  if (problem.code === 'document-required') {
    const document = documentOf(definition, problem.field.slice(DOCUMENT_FIELD.length))
    return problemText(words, problem, { document: document?.name[lang] })
  }
  if (problem.code === 'group-required') {
    const group = definition.groups.find((one) => one.key === problem.field.slice(GROUP_FIELD.length))
    return problemText(words, problem, { documents: group?.name[lang] })
  }
  return problemText(words, problem)
}
