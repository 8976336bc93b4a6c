// POST /envios: one file of a draft's document, sent by the island with its progress shown. Answers JSON.
import { removeFromDraft } from '#attachments/actions.ts'
import { filesOfDraft } from '#attachments/reads.ts'
import { draftToWrite } from '#forms/actions.ts'
import { DOCUMENT_FIELD } from '#forms/rules/check.ts'
import { documentOf } from '#forms/rules/definition.ts'
import { addFiles, type FormDoors } from '#forms/web/draft.tsx'
import { sentence } from '#forms/web/draft-page.tsx'
import { isUuid } from '#shared/kit/uuid.ts'
import type { Problem } from '#shared/problems.ts'
import { Refusal } from '#shared/refusals.ts'
import { type Answer, fieldOf, type Visit } from '#shared/web/site.ts'

/** Fields `rascunho` and `documento`, and one file. 422 with the sentence of what is wrong; the files there are now otherwise. */
export async function upload(visit: Visit, doors: FormDoors): Promise<Answer> {
  const draft = await draftToWrite(visit, fieldOf(visit.posted, 'rascunho'))
  if (draft.filedAs !== null) throw new Refusal('draft-already-filed')
  const key = fieldOf(visit.posted, 'documento')
  const [given] = visit.posted.files
  if (!documentOf(draft.definition, key) || !given) throw new Refusal('bad-request')
  const files = [{ ...given, field: DOCUMENT_FIELD + key }]
  const problems = await addFiles(visit, doors, { draft, files })
  const [problem] = problems
  if (problem) return refused(visit, problem, sentence(visit, { draft }, problem))
  return await filesNow(visit, draft.id, key)
}

/** POST /envios/remover: fields `rascunho`, `documento` and `remover`. Answers the files there are now. */
export async function removeUpload(visit: Visit): Promise<Answer> {
  const draft = await draftToWrite(visit, fieldOf(visit.posted, 'rascunho'))
  if (draft.filedAs !== null) throw new Refusal('draft-already-filed')
  const id = fieldOf(visit.posted, 'remover')
  if (!isUuid(id)) throw new Refusal('bad-request')
  await removeFromDraft(visit.tx, draft.id, id)
  return await filesNow(visit, draft.id, fieldOf(visit.posted, 'documento'))
}

async function filesNow(visit: Visit, draftId: string, document: string): Promise<Answer> {
  const all = await filesOfDraft(visit.tx, draftId)
  const { words } = visit
  const files = all
    .filter((file) => file.document === document)
    .map(({ id, name, size, sha256 }) => {
      const twice = all.some((other) => other.document !== document && other.sha256.equals(sha256))
      return { id, name, facts: `${words.attachments.size(size)} · ${words.forms.draft.sent}`, twice }
    })
  return { json: { document, files } }
}

/** RFC 9457. */
function refused(visit: Visit, problem: Problem, detail: string): Answer {
  return {
    status: 422,
    json: {
      type: 'about:blank',
      title: visit.words.forms.draft.fileProblemTitle(1),
      status: 422,
      detail,
      problems: [{ field: problem.field, code: problem.code, detail }],
    },
  }
}
