// /admin/formularios/:code/:n/<kind>/:key/mostrar|exigir: one condition in the same builder as the search's.
import { describe } from '#criteria/rules/describe.ts'
import { edited } from '#criteria/rules/edit.ts'
import type { Fields, RawItem } from '#criteria/rules/grammar.ts'
import { check, rawOf, readParams, unfinishedIn } from '#criteria/rules/read.ts'
import { CriteriaBuilder, EDIT } from '#criteria/views.tsx'
import { changeVersion, versionToRead } from '#forms/actions/versions.ts'
import type { Version } from '#forms/reads/versions.ts'
import { type ConditionName, conditionOf, itemAt, type Place, withCondition } from '#forms/rules/edit.ts'
import {
  addressOf,
  CONDITION_WORDS,
  conditionFields,
  EditionStart,
  editorPage,
  itemAddress,
  nameOf,
  placeIn,
  seenIn,
} from '#forms/web/editor/frame.tsx'
import type { Problem } from '#shared/problems.ts'
import { found } from '#shared/refusals.ts'
import { ErrorSummary, problemText } from '#shared/ui/fields.tsx'
import { Notice } from '#shared/ui/form.tsx'
import { type Answer, fieldOf, type Visit } from '#shared/web/site.ts'

export interface ConditionAddress {
  readonly code: string
  readonly number: number
  readonly kind: string
  readonly key: string
  readonly which: string
}

interface Editing {
  readonly version: Version
  readonly place: Place
  readonly name: ConditionName
  readonly fields: Fields
}

async function editing(visit: Visit, asked: ConditionAddress): Promise<Editing> {
  const version = await versionToRead(visit, asked.code, asked.number)
  const place = placeIn(asked)
  const name = (Object.keys(CONDITION_WORDS) as ConditionName[]).find((one) => CONDITION_WORDS[one] === asked.which)
  const item = found(itemAt(version.definition, place))
  if (name === 'required' && !('type' in item) && !('need' in item)) found(undefined)
  const fields = new Map(conditionFields(visit, version.definition))
  // A question asks nothing of itself.
  if (place.kind === 'question') fields.delete(place.key)
  return { version, place, name: found(name), fields }
}

interface Shown {
  readonly items: readonly RawItem[]
  readonly problems: readonly Problem[]
  readonly edition: number
  readonly stale?: boolean
}

/** GET */
export async function showCondition(visit: Visit, asked: ConditionAddress): Promise<Answer> {
  const at = await editing(visit, asked)
  const condition = conditionOf(at.version.definition, at.place, at.name) ?? []
  return conditionPage(visit, at, { items: rawOf(condition), problems: [], edition: at.version.edition })
}

function conditionPage(visit: Visit, at: Editing, shown: Shown): Answer {
  const { formEditor: text, criteria } = visit.words
  const { version, place, name, fields } = at
  const action = `${itemAddress(version, place)}/${CONDITION_WORDS[name]}`
  const [start = ''] = fields.keys()
  const { criteria: read, problems } = check(shown.items, fields)
  return editorPage(visit, version, {
    title: text.conditionTitle[name](nameOf(visit, version.definition, place)),
    hint: text.conditionHint[name],
    ...(shown.problems.length > 0 ? { status: 422 } : shown.stale ? { status: 409 } : {}),
    body: (
      <div class="stack" data-swap>
        <ErrorSummary
          title={text.conditionWrong}
          items={shown.problems.map((one) => ({ href: `#${one.field}`, text: problemText(visit.words, one) }))}
        />
        {shown.stale ? <Stale visit={visit} version={version} /> : null}
        <form class="card sect stack" method="post" action={action} noValidate data-criteria>
          <EditionStart visit={visit} action={action} edition={shown.edition} />
          <button class="vh" type="submit" name={EDIT} value="campos" tabIndex={-1} aria-hidden="true" />
          <CriteriaBuilder
            items={shown.items}
            fields={fields}
            words={visit.words}
            problems={shown.problems}
            start={start}
          />
          {problems.length === 0 && read.length > 0 ? (
            <p class="hint">
              {text.conditionSaid[name]} {describe(read, fields, criteria)}
            </p>
          ) : null}
          <div class="acts">
            {version.status === 'draft' ? (
              <button class="btn pri" type="submit" name={EDIT} value="guardar">
                {text.save}
              </button>
            ) : null}
            <a class="btn" href={itemAddress(version, place)}>
              {text.back}
            </a>
          </div>
        </form>
      </div>
    ),
  })
}

/** Another manager wrote meanwhile: what was typed stands, and saving again lays it over with open eyes. */
export function Stale({ visit, version }: { visit: Visit; version: Version }) {
  const { formEditor: text } = visit.words
  return (
    <Notice tone="warn" title={text.staleTitle} live>
      <p>
        {text.staleText(version.changedBy)} <a href={addressOf(version)}>{text.staleLook}</a>
      </p>
    </Notice>
  )
}

/** POST, by the pressed button: the builder's own, or guardar. */
export async function postCondition(visit: Visit, asked: ConditionAddress): Promise<Answer> {
  const at = await editing(visit, asked)
  const seen = seenIn(visit, asked)
  const params = Object.entries(visit.posted.fields).flatMap(([name, values]) =>
    values.map((value) => [name, value] as const),
  )
  const read = readParams(params)
  const act = fieldOf(visit.posted, EDIT)
  if (act !== 'guardar') {
    const [start = ''] = at.fields.keys()
    const items = edited(read.items, act, { fields: at.fields, start })?.items ?? read.items
    return conditionPage(visit, at, { items, problems: read.problems, edition: seen.edition })
  }
  const { criteria, problems } = check(read.items, at.fields)
  const all = [...read.problems, ...problems, ...unfinishedIn(read.items, at.fields)]
  if (all.length > 0) return conditionPage(visit, at, { items: read.items, problems: all, edition: seen.edition })
  if (at.version.status === 'draft' && at.version.edition !== seen.edition) {
    return conditionPage(visit, at, { items: read.items, problems: [], edition: at.version.edition, stale: true })
  }
  const condition = criteria.length > 0 ? criteria : undefined
  const definition = withCondition(at.version.definition, { ...at.place, name: at.name }, condition)
  await changeVersion(visit, seen, { definition, what: `${asked.which} ${asked.kind} ${asked.key}` })
  return { redirect: itemAddress(at.version, at.place) }
}
