// What the editor asks before it takes away what has no way back: a section with what stands in it, and a whole draft.
import type { Version } from '#forms/reads/versions.ts'
import { type Place, sectionOf } from '#forms/rules/edit.ts'
import { addressOf, EditionStart, editorPage, KIND_WORDS, nameOf } from '#forms/web/editor/frame.tsx'
import { Notice } from '#shared/ui/form.tsx'
import type { Answer, Visit } from '#shared/web/site.ts'

/** Ends the word of a button that was asked about and pressed again. */
export const SURE = '-sim'

/** The page that asks before a section goes with its questions and documents; undefined: nothing stands in it. */
export function sureOfRemoval(visit: Visit, version: Version, place: Place): Answer | undefined {
  const { formEditor: text } = visit.words
  const section = place.kind === 'section' ? sectionOf(version.definition, place) : undefined
  const [questions, documents] = [section?.questions.length ?? 0, section?.documents?.length ?? 0]
  if (questions + documents === 0) return undefined
  return surePage(visit, version, {
    title: text.removeItem(nameOf(visit, version.definition, place)),
    lost: text.removeLost(questions, documents),
    act: `tira${SURE}:${KIND_WORDS[place.kind]}:${place.key}`,
  })
}

/** The page that asks before a draft goes. */
export function sureOfDiscarding(visit: Visit, version: Version): Answer {
  const { formEditor: text } = visit.words
  return surePage(visit, version, { title: text.discard, lost: text.discardLost, act: `descartar${SURE}` })
}

function surePage(visit: Visit, version: Version, asked: { title: string; lost: string; act: string }): Answer {
  const action = addressOf(version)
  return editorPage(visit, version, {
    title: asked.title,
    body: (
      <form class="stack" method="post" action={action}>
        <EditionStart visit={visit} action={action} edition={version.edition} />
        <Notice tone="warn">
          <p>{asked.lost}</p>
        </Notice>
        <p class="acts">
          <button class="btn bad" type="submit" name="acao" value={asked.act}>
            {asked.title}
          </button>
          <a class="btn" href={action}>
            {visit.words.formEditor.keepIt}
          </a>
        </p>
      </form>
    ),
  })
}
