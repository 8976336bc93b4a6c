// POST /rascunhos/:id/salvar: what the form's script saves while one types, and what it is told of it.
import { type Discarded, discardedDraft, lockedDraft, saveAnswers, todayOf } from '#forms/actions.ts'
import { draftById } from '#forms/reads.ts'
import { wrongSoFar } from '#forms/rules/check.ts'
import { withStarts } from '#forms/rules/definition.ts'
import { vehicleOf } from '#forms/rules/filing.ts'
import type { FormDoors } from '#forms/web/draft.tsx'
import { sentence } from '#forms/web/draft-problems.tsx'
import { linksTo } from '#forms/web/same-vehicle.tsx'
import { showInstant, showParts } from '#shared/kit/dates.ts'
import { found } from '#shared/refusals.ts'
import type { Answer, Visit } from '#shared/web/site.ts'

/** What the script is told. Sentences by the keys of questions. */
export interface Autosaved {
  /** As `17:54`. */
  readonly savedAt: string
  readonly sameVehicle: readonly { readonly href: string; readonly text: string }[]
  /** Of what was answered so far. */
  readonly wrong: Readonly<Record<string, string>>
  /** Fields that were changed in another page meanwhile: nothing was saved of them. */
  readonly left: Readonly<Record<string, string>>
}

/** Saves the posted fields, those alone; 409 with `filedAs` when the draft was sent, 410 with `gone` when it was thrown away. */
export async function autosave(visit: Visit, doors: FormDoors, id: string): Promise<Answer> {
  const draft = await lockedDraft(visit, id)
  if (!draft) return { json: { gone: goneText(visit, found(await discardedDraft(visit.tx, id))) }, status: 410 }
  if (draft.filedAs !== null) return { json: { filedAs: draft.filedAs }, status: 409 }
  const { problems: left } = await saveAnswers(visit, draft, visit.posted.fields, true)
  const saved = found(await draftById(visit.tx, id))
  const others = await doors.sameVehicle(visit.tx, vehicleOf(saved.definition, saved.answers))
  const answers = withStarts(saved.definition, saved.answers, { ownEmail: visit.actor.email })
  const said = (problems: typeof left) =>
    Object.fromEntries(problems.map((one) => [one.field, sentence(visit, { draft: saved }, one)]))
  const told: Autosaved = {
    savedAt: showParts(visit.now).time,
    sameVehicle: linksTo(visit.words, others),
    wrong: said([...wrongSoFar(saved.definition, answers, todayOf(visit.now))]),
    left: said(left),
  }
  return { json: told }
}

const goneText = ({ words }: Visit, gone: Discarded): string =>
  words.forms.draft.goneWhileTyping(gone.by ?? '', showInstant(gone.at))
