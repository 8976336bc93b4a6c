// The notice of a draft whose form was published anew meanwhile: what changed, and the button that takes the new version.
import { currentVersionOf, type Draft, definitionOf } from '#forms/reads.ts'
import { type Definition, documentOf, questionsOf } from '#forms/rules/definition.ts'
import { type Change, differences } from '#forms/rules/difference.ts'
import { Notice } from '#shared/ui/form.tsx'
import type { Visit } from '#shared/web/site.ts'
import type { Lang, Words } from '#words/words.ts'

export interface NewVersion {
  readonly kind: 'newer'
  /** Sentences on questions and documents; none where only texts around them changed. */
  readonly changes: readonly string[]
}

/** How a draft's version stands to what is published today: the same, an older one, or nothing is any more. */
export type Standing = NewVersion | { readonly kind: 'current' } | { readonly kind: 'retired' }

export async function standingOf(visit: Visit, draft: Draft): Promise<Standing> {
  const id = await currentVersionOf(visit.tx, draft.formVersionId)
  if (id === undefined) return { kind: 'retired' }
  if (id === draft.formVersionId) return { kind: 'current' }
  const to = await definitionOf(visit.tx, id)
  const changes = differences(draft.definition, to).flatMap((change) =>
    sentenceOf(visit, change, [to, draft.definition]),
  )
  return { kind: 'newer', changes }
}

/** Items that only moved are found by whoever looks for them. */
function sentenceOf(
  { lang, words }: Pick<Visit, 'lang' | 'words'>,
  { kind, key, what }: Change,
  definitions: readonly Definition[],
): string[] {
  if (what === 'moved') return []
  const name = definitions.map((one) => nameIn(one, { kind, key, lang })).find(Boolean)
  return name ? [words.forms.draft.versionChange[what](name)] : []
}

function nameIn(definition: Definition, item: Pick<Change, 'kind' | 'key'> & { lang: Lang }): string | undefined {
  if (item.kind === 'question') return questionsOf(definition).find(({ key }) => key === item.key)?.label[item.lang]
  return item.kind === 'document' ? documentOf(definition, item.key)?.name[item.lang] : undefined
}

/** `form`: the draft's form, which the button sends with all that is typed in it. */
export function StandingNotice({ words, standing, form }: { words: Words; standing: Standing; form: string }) {
  const text = words.forms.draft
  if (standing.kind === 'current') return null
  if (standing.kind === 'retired') {
    return (
      <Notice tone="warn" title={text.retiredTitle}>
        <p>{text.retiredText}</p>
      </Notice>
    )
  }
  return (
    <Notice tone="warn" title={text.versionTitle}>
      <p>{text.versionText}</p>
      {standing.changes.length > 0 ? (
        <ul>
          {standing.changes.map((change) => (
            <li key={change}>{change}</li>
          ))}
        </ul>
      ) : null}
      <p>
        <button class="btn" type="submit" form={form} name="acao" value="versao">
          {text.versionTake}
        </button>
      </p>
    </Notice>
  )
}
