// /admin/formularios/:code/:n/diferencas?de=: what differs between two versions, item by item; and a version as a file.
import { Readable } from 'node:stream'
import { describe } from '#criteria/rules/describe.ts'
import type { Criteria } from '#criteria/rules/grammar.ts'
import { versionToRead } from '#forms/actions/versions.ts'
import { type Version, versionsOf } from '#forms/reads/versions.ts'
import { type ChangedPart, differences } from '#forms/rules/difference.ts'
import { writePortable } from '#forms/rules/portable.ts'
import { addressOf, conditionFields, editorPage, nameOf } from '#forms/web/editor/frame.tsx'
import { SelectField } from '#shared/ui/fields.tsx'
import { Empty } from '#shared/ui/form.tsx'
import type { Answer, Visit } from '#shared/web/site.ts'

/** GET; without `de` it is compared with the version before it. */
export async function showDifference(visit: Visit, code: string, number: number): Promise<Answer> {
  const version = await versionToRead(visit, code, number)
  const { formEditor: text } = visit.words
  const others = (await versionsOf(visit.tx, code)).filter((one) => one.number !== number)
  const asked = Number(new URL(visit.path, 'http://eprod').searchParams.get('de'))
  const before = others.find((one) => one.number === asked) ?? others.find((one) => one.number < number) ?? others[0]
  const from = before && (await versionToRead(visit, code, before.number))
  return editorPage(visit, version, {
    tab: 'difference',
    body: (
      <div class="stack">
        {from ? (
          <form class="acts ed-compare" action={`${addressOf(version)}/diferencas`}>
            <SelectField
              id="q-de"
              name="de"
              label={text.compareWith}
              value={String(from.number)}
              choose={text.none}
              choices={others.map((one) => ({
                value: String(one.number),
                label: `${text.version(one.number)} · ${text.statuses[one.status]}`,
              }))}
            />
            <button class="btn" type="submit">
              {text.compare}
            </button>
          </form>
        ) : null}
        <section class="card" aria-label={text.tabs.difference}>
          <Changes visit={visit} from={from} to={version} />
        </section>
      </div>
    ),
  })
}

function Changes({ visit, from, to }: { visit: Visit; from: Version | undefined; to: Version }) {
  const { formEditor: text } = visit.words
  const changes = from ? differences(from.definition, to.definition) : []
  if (!from || changes.length === 0) {
    return <Empty icon="check" title={from ? text.noDifference : text.nothingToCompare} />
  }
  return (
    <ul class="rows">
      {changes.map((change) => (
        <li key={`${change.kind} ${change.key}`}>
          <div>
            <span class={`tag ch-${change.what}`}>{text.changes[change.what]}</span> {text.kinds[change.kind]}:{' '}
            <b>{nameOf(visit, change.what === 'removed' ? from.definition : to.definition, change)}</b>
            {change.parts.map((part) => (
              <Part key={part.part} visit={visit} part={part} versions={[from, to]} />
            ))}
          </div>
        </li>
      ))}
    </ul>
  )
}

/** What a part was and is, as its editor's page words it. */
function Part(props: { visit: Visit; part: ChangedPart; versions: readonly [from: Version, to: Version] }) {
  const { visit, part, versions } = props
  const { settings, parts } = visit.words.formEditor
  const names: Readonly<Record<string, string>> = { ...settings, ...parts }
  const [from, to] = versions
  return (
    <p class="hint change">
      {names[part.part] ?? part.part}: <del>{said(visit, from, part.before)}</del> →{' '}
      <ins>{said(visit, to, part.after)}</ins>
    </p>
  )
}

/** A value of a definition: text by language, a condition as a sentence, lists by their names, anything else as it is kept. */
function said(visit: Visit, version: Version, value: unknown): string {
  if (value === undefined) return visit.words.formEditor.nothing
  if (Array.isArray(value) && value.every((one) => one?.link)) {
    const condition = value as Criteria
    return condition.length > 0
      ? describe(condition, conditionFields(visit, version.definition), visit.words.criteria)
      : '-'
  }
  if (Array.isArray(value)) return value.map((one) => said(visit, version, one?.label ?? one?.name ?? one)).join('; ')
  if (typeof value !== 'object' || value === null) return visit.words.journal.values[String(value)] ?? String(value)
  const { 'pt-BR': first, en, when } = value as Partial<Record<'pt-BR' | 'en', string>> & { when?: unknown }
  if (when) return said(visit, version, when)
  return first === undefined ? JSON.stringify(value) : [first, en].filter(Boolean).join(' / ')
}

/** GET …/exportar: the version and its tests as JSON, to keep or to take in elsewhere. */
export async function exportVersion(visit: Visit, code: string, number: number): Promise<Answer> {
  const version = await versionToRead(visit, code, number)
  return {
    stream: Readable.from([writePortable(version)]),
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': `attachment; filename="${code}-${number}.json"`,
      'x-content-type-options': 'nosniff',
    },
  }
}
