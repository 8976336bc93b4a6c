// What became of files sent to /envios, and removing them again: JSON for the form's script. The sending itself: tus.ts.
import { removeFromDraft } from '#attachments/actions.ts'
import { type Asked, fileAnswer } from '#attachments/answer.ts'
import { filesOfDraft, ownUpload, type Upload } from '#attachments/reads.ts'
import { concludeUpload, giveUpUpload, type Whole } from '#attachments/uploads.ts'
import { checkTexts } from '#attachments/views.tsx'
import { draftToWrite, refuseUnlessMayFile } from '#forms/actions.ts'
import { type Draft, draftById } from '#forms/reads.ts'
import { documentOf } from '#forms/rules/definition.ts'
import { vehicleOf } from '#forms/rules/filing.ts'
import { takingOf } from '#forms/rules/taking.ts'
import type { FormDoors } from '#forms/web/draft.tsx'
import { sentence } from '#forms/web/draft-problems.tsx'
import { settingsNow } from '#settings/reads.ts'
import { isUuid } from '#shared/kit/uuid.ts'
import type { Problem } from '#shared/problems.ts'
import { found, Refusal } from '#shared/refusals.ts'
import { fileForScript } from '#shared/ui/file-row.tsx'
import { problemAnswer } from '#shared/web/problem-json.ts'
import { type Answer, fieldOf, type Visit } from '#shared/web/site.ts'

/** One's own upload of a draft that is not filed yet. */
export async function uploadToSend(visit: Visit, id: string): Promise<Upload> {
  refuseUnlessMayFile(visit.actor)
  return found(await ownUpload(visit.tx, id))
}

/** Takes a file that has come whole into its draft; asked again it changes nothing. */
export async function conclude(
  visit: Visit,
  doors: FormDoors,
  whole: Whole,
): Promise<{ upload: Upload; draft: Draft }> {
  const { draftId, document } = await uploadToSend(visit, whole.id)
  const draft = await draftToWrite(visit, draftId)
  if (draft.filedAs !== null) throw new Refusal('draft-already-filed')
  const { fileBytes } = await settingsNow(visit.tx)
  // A draft taken over to a newer form may have lost the document meanwhile.
  const taking = takingOf(draft.definition, document, fileBytes)
  if (!taking) throw new Refusal('bad-request')
  return { upload: await concludeUpload({ ...visit, store: doors.store }, whole, taking), draft }
}

/** GET /envios/:id: 200 with the document's files now, 422 with why the file was refused, 409 while bytes are missing. */
export async function showUpload(visit: Visit, doors: FormDoors, id: string): Promise<Answer> {
  const { upload, draft } = await conclude(visit, doors, { id })
  if (!upload.concludedAt) throw new Refusal('upload-out-of-step')
  if (upload.problem) return refused(visit, { draft, problem: upload.problem })
  return await filesNow(visit, draft, upload.document)
}

/** POST /envios/remover: fields `rascunho`, `documento` and `remover`. Answers the files there are now. */
export async function removeUpload(visit: Visit, doors: FormDoors): Promise<Answer> {
  const draft = await draftToWrite(visit, fieldOf(visit.posted, 'rascunho'))
  if (draft.filedAs !== null) throw new Refusal('draft-already-filed')
  const id = fieldOf(visit.posted, 'remover')
  if (!isUuid(id)) throw new Refusal('bad-request')
  await removeOne(visit, doors, { draftId: draft.id, id })
  return await filesNow(visit, draft, fieldOf(visit.posted, 'documento'))
}

/** Removes a file of a draft, or gives up one of one's own on its way to it; what is neither is passed over. */
export async function removeOne(
  visit: Visit,
  doors: FormDoors,
  { draftId, id }: { draftId: string; id: string },
): Promise<void> {
  await removeFromDraft(visit.tx, draftId, id)
  await giveUpUpload({ ...visit, store: doors.store }, id)
}

/** GET /rascunhos/:id/arquivos/:file: a file of a draft, opened safely by whoever may go on with it. */
export async function openFile(
  visit: Visit,
  doors: FormDoors,
  asked: { draftId: string; id: string; download: boolean; headers: Asked['headers'] },
): Promise<Answer> {
  refuseUnlessMayFile(visit.actor)
  const draft = found(await draftById(visit.tx, asked.draftId))
  const file = found((await filesOfDraft(visit.tx, draft.id)).find(({ id }) => id === asked.id))
  visit.noteReading('draft', draft.id)
  return fileAnswer(doors.store, file, asked)
}

/** GET /envios?rascunho=…&documento=…: the files of a document as they are known now. */
export async function showFiles(visit: Visit, asked: Readonly<Record<string, unknown>>): Promise<Answer> {
  refuseUnlessMayFile(visit.actor)
  const draft = found(await draftById(visit.tx, String(asked.rascunho ?? '')))
  return await filesNow(visit, draft, String(asked.documento ?? ''))
}

async function filesNow(visit: Visit, { id, definition, answers }: Draft, document: string): Promise<Answer> {
  const all = await filesOfDraft(visit.tx, id, vehicleOf(definition, answers))
  const { words } = visit
  const files = all
    .filter((file) => file.document === document)
    .map((file) => {
      const { facts, warnings, waiting } = checkTexts(words, file.check, documentOf(definition, document))
      const twice = all.some((other) => other.id !== file.id && other.sha256.equals(file.sha256))
      const notes = twice ? [...warnings, words.forms.draft.twice] : warnings
      return fileForScript(words, { ...file, facts, notes, waiting })
    })
  return { json: { document, files } }
}

export function refused(visit: Visit, { draft, problem }: { draft: Draft; problem: Problem }) {
  return problemAnswer(visit.words.forms.draft.fileProblemTitle(1), problem, sentence(visit, { draft }, problem))
}
