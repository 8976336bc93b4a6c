// What stands in the way of publishing, in sentences with links: faults of the form and tests that fail.
import type { Obstacles } from '#forms/actions/versions.ts'
import type { Version } from '#forms/reads/versions.ts'
import type { Fault } from '#forms/rules/faults.ts'
import { type FormTestResult, LISTED, type Listed } from '#forms/rules/form-tests.ts'
import { addressOf, itemAddress, nameOf } from '#forms/web/editor/frame.tsx'
import { Icon } from '#shared/ui/icon.tsx'
import type { Visit } from '#shared/web/site.ts'

export function ObstacleList(props: { visit: Visit; version: Version; obstacles: Obstacles }) {
  const { visit, version, obstacles } = props
  const { formEditor: text } = visit.words
  const { faults, failing } = obstacles
  if (faults.length + failing.length === 0) return null
  return (
    <ul class="ed-faults">
      {faults.map((fault) => (
        <li key={`${fault.kind}${fault.key}${fault.fault}${fault.name}`}>
          <a href={faultAddress(version, fault)}>{nameOf(visit, version.definition, fault)}</a>:{' '}
          {text.faults[fault.fault](fault.name ?? '')}
        </li>
      ))}
      {failing.map(({ test }) => (
        <li key={`teste ${test.name}`}>
          <a href={`${addressOf(version)}/testes`}>{text.failingTest(test.name)}</a>
        </li>
      ))}
    </ul>
  )
}

function faultAddress(version: Version, { kind, key }: Fault): string {
  return kind === 'form' ? `${addressOf(version)}/dados` : itemAddress(version, { kind, key })
}

/** Where a test's outcome differs from what it expects, line by line. */
export function TestDifference(props: { visit: Visit; version: Version; result: FormTestResult }) {
  const { visit, version, result } = props
  const { formEditor: text } = visit.words
  const names = (part: Listed, keys: readonly string[]): string =>
    keys.map((key) => partName(visit, version, { part, key })).join(', ')
  return (
    <ul class="ed-faults">
      {LISTED.flatMap((part) => [
        result.more[part].length > 0 ? (
          <li key={`mais ${part}`}>{text.testMore[part](names(part, result.more[part]))}</li>
        ) : null,
        result.less[part].length > 0 ? (
          <li key={`menos ${part}`}>{text.testLess[part](names(part, result.less[part]))}</li>
        ) : null,
      ])}
      {result.title === result.test.expects.title ? null : (
        <li>{text.testTitle(result.test.expects.title, result.title)}</li>
      )}
    </ul>
  )
}

function partName(visit: Visit, { definition }: Version, { part, key }: { part: Listed; key: string }): string {
  if (part === 'groups') return definition.groups.find((one) => one.key === key)?.name[visit.lang] ?? key
  const kind = part === 'questions' || part === 'answers' ? 'question' : 'document'
  return nameOf(visit, definition, { kind, key })
}

export function PassTag({ visit, passes }: { visit: Visit; passes: boolean }) {
  return (
    <span class={passes ? 'tag v-published' : 'tag v-fails'}>
      <Icon name={passes ? 'check' : 'x'} />
      {passes ? visit.words.formEditor.passes : visit.words.formEditor.fails}
    </span>
  )
}
