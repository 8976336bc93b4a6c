// What the island needs of the form: its rules without texts, and the words it says itself. A data block: the policy for
// scripts does not run it.
import type { Shape } from '#forms/rules/evaluate.ts'
import type { Drawing } from '#forms/web/draft-page.tsx'
import { toldOf } from '#forms/web/progress.tsx'
import { assetPath } from '#shared/ui/assets.ts'
import { blockOf, mark, uploadWords } from '#shared/ui/upload-words.ts'

/** The data block's content. Words with figures carry `{name}` where the figure goes. */
export interface IslandData {
  readonly draft: string
  /** Address of the script that sends files, loaded when the first is chosen. */
  readonly sender: string
  readonly shape: Shape
  readonly fileBytes: number
  /** There is a virus scanner. */
  readonly scans: boolean
  readonly optional: string
  /** Questions whose answer is told beside a section's name, by section. */
  readonly told: Readonly<Record<string, readonly string[]>>
  readonly words: Readonly<Record<string, string>>
}

export function ScriptData({ drawing }: { drawing: Drawing }) {
  const data: IslandData = {
    draft: drawing.draft.id,
    sender: assetPath('tus.js'),
    shape: shapeOf(drawing),
    told: toldOf(drawing.draft.definition),
    fileBytes: drawing.fileBytes,
    scans: drawing.scans,
    optional: drawing.visit.words.forms.draft.optional,
    words: wordsOf(drawing),
  }
  return <script type="application/json" data-form dangerouslySetInnerHTML={{ __html: blockOf(data) }} />
}

function shapeOf({ draft }: Drawing): Shape {
  return {
    sections: draft.definition.sections.map(({ key, show, questions, documents }) => ({
      key,
      show,
      questions: questions.map(({ key, type, show, required }) => ({ key, type, show, required })),
      documents: documents?.map(({ key, show, need }) => ({ key, show, need })),
    })),
  }
}

function wordsOf({ visit, fileBytes, scans }: Drawing): Record<string, string> {
  const text = visit.words.forms.draft
  return {
    ...uploadWords(visit, fileBytes),
    saving: text.saving,
    savedAt: text.savedAt('{time}'),
    notSaved: text.notSaved,
    signedOut: text.signedOut,
    filedElsewhere: text.filedElsewhere,
    notSent: text.notSent,
    ...(scans ? { scanningNow: text.scanningNow } : {}),
    changedInBoth: text.changedInBoth,
    progressDocuments: text.progressDocuments(mark('done'), mark('all')),
    progressOptional: text.progressOptional,
    required: text.required,
    optionalTag: text.optionalTag,
  }
}
