// /admin/formularios/:code/:n/diferencas?de=: what differs between two versions, item by item; and a version as a file.
import { Readable } from 'node:stream'
import { versionToRead } from '#forms/actions/versions.ts'
import { type Version, versionsOf } from '#forms/reads/versions.ts'
import { type Change, differences } from '#forms/rules/difference.ts'
import { writePortable } from '#forms/rules/portable.ts'
import { addressOf, editorPage, nameOf } from '#forms/web/editor/frame.tsx'
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
            {change.parts.length > 0 ? <p class="hint">{partsOf(visit, change)}</p> : null}
          </div>
        </li>
      ))}
    </ul>
  )
}

function partsOf(visit: Visit, change: Change): string {
  const names: Readonly<Record<string, string>> = {
    ...visit.words.formEditor.settings,
    ...visit.words.formEditor.parts,
  }
  return change.parts.map((part) => names[part] ?? part).join(' · ')
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
