// What the editor's pages share: the head of a version with its tabs, its address, the edition that was seen, names of items.
import type { ComponentChildren } from 'preact'
import type { Fields } from '#criteria/rules/grammar.ts'
import type { Seen } from '#forms/actions/versions.ts'
import type { Version, VersionStatus } from '#forms/reads/versions.ts'
import { shownValue } from '#forms/reads.ts'
import { fieldsOf, type Naming } from '#forms/rules/condition.ts'
import type { Definition, Question } from '#forms/rules/definition.ts'
import { itemAt, type Place } from '#forms/rules/edit.ts'
import type { ItemKind } from '#forms/rules/faults.ts'
import { showInstant } from '#shared/kit/dates.ts'
import { found } from '#shared/refusals.ts'
import { FormStart, Tabs } from '#shared/ui/form.tsx'
import { page } from '#shared/ui/page.tsx'
import { type Answer, fieldOf, type Visit } from '#shared/web/site.ts'

export const EDITOR = '/admin/formularios'

/** Kinds of items by their word in the address. */
export const KIND_WORDS = { section: 'secao', question: 'pergunta', document: 'documento' } as const satisfies Record<
  Place['kind'],
  string
>
/** Conditions by their word in the address. */
export const CONDITION_WORDS = { show: 'mostrar', required: 'exigir' } as const

/** The place that an address names; refuses a word that is none. */
export function placeIn(params: { kind: string; key: string }): Place {
  const kind = (Object.keys(KIND_WORDS) as Place['kind'][]).find((one) => KIND_WORDS[one] === params.kind)
  return { kind: found(kind), key: params.key }
}

export const addressOf = ({ code, number }: { code: string; number: number }): string => `${EDITOR}/${code}/${number}`
export const itemAddress = (version: { code: string; number: number }, { kind, key }: Place): string =>
  `${addressOf(version)}/${KIND_WORDS[kind]}/${key}`

const TABS = { structure: '', preview: '/previa', tests: '/testes', difference: '/diferencas' } as const
export type Tab = keyof typeof TABS

export interface EditorContent {
  /** The tab it stands under; absent: a page below the first. */
  readonly tab?: Tab
  /** Of a page below; the version's own otherwise. */
  readonly title?: string
  readonly hint?: ComponentChildren
  readonly body: ComponentChildren
  readonly status?: number
  readonly notice?: string | undefined
}

/** A page about one version. */
export function editorPage(visit: Visit, version: Version, content: EditorContent): Answer {
  const { formEditor: text, admin } = visit.words
  const own = text.versionTitle(version.title[visit.lang], version.number)
  const title = content.title ?? own
  return page(visit, {
    title,
    section: 'admin',
    crumbs: [
      { label: admin.pages.forms, href: EDITOR },
      { label: version.title[visit.lang], href: `${EDITOR}/${version.code}` },
      ...(content.title
        ? [{ label: text.version(version.number), href: addressOf(version) }, { label: content.title }]
        : [{ label: text.version(version.number) }]),
    ],
    notice: content.notice,
    ...(content.status === undefined ? {} : { status: content.status }),
    body: (
      <>
        <div class="head">
          <div>
            <h1>{title}</h1>
            <p class="hint">{content.hint ?? <Standing visit={visit} version={version} />}</p>
          </div>
        </div>
        {content.tab ? (
          <Tabs
            label={text.tabs.label}
            tabs={(Object.keys(TABS) as Tab[]).map((one) => ({
              href: addressOf(version) + TABS[one],
              label: text.tabs[one],
              count: one === 'tests' ? String(version.tests.length) : undefined,
              current: one === content.tab,
            }))}
          />
        ) : null}
        {content.body}
      </>
    ),
  })
}

/** Draft, in use or retired, and who last wrote it when. */
function Standing({ visit, version }: { visit: Visit; version: Version }) {
  const { formEditor: text } = visit.words
  return (
    <>
      <StatusTag visit={visit} status={version.status} />{' '}
      {text.changedBy(version.changedBy, showInstant(version.changedAt))}
    </>
  )
}

export function StatusTag({ visit, status }: { visit: Visit; status: VersionStatus }) {
  return <span class={`tag v-${status}`}>{visit.words.formEditor.statuses[status]}</span>
}

/** First in each form that writes a version. */
export function EditionStart(props: { visit: Visit; action: string; edition: number; once?: string | undefined }) {
  return (
    <>
      <FormStart visit={props.visit} action={props.action} once={props.once} />
      <input type="hidden" name="edicao" value={props.edition} />
    </>
  )
}

/** The version and its edition that a post was made from. */
export function seenIn(visit: Visit, { code, number }: { code: string; number: number }): Seen {
  return { code, number, edition: Number(fieldOf(visit.posted, 'edicao')) || 0 }
}

/** How this visitor reads the form's questions. */
export function namingOf(visit: Visit): Naming {
  return {
    name: (text) => text[visit.lang],
    choice: (question: Question, value) => shownValue(question, value, visit.lang),
  }
}

/** The fields that conditions of a definition may ask about. */
export function conditionFields(visit: Visit, definition: Definition): Fields {
  return fieldsOf(definition.sections, namingOf(visit))
}

/** An item as people call it; its key when it is not there (any more). */
export function nameOf(visit: Visit, definition: Definition, { kind, key }: { kind: ItemKind; key: string }): string {
  if (kind === 'form') return visit.words.formEditor.theForm
  const item = itemAt(definition, { kind, key })
  if (!item) return key
  return ('label' in item ? item.label : 'name' in item ? item.name : item.title)[visit.lang]
}
