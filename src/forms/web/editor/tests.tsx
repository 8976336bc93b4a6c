// /admin/formularios/:code/:n/testes: the form tests of a version and what each finds now.
import { changeVersion, draftSeen, versionToRead } from '#forms/actions/versions.ts'
import type { Version } from '#forms/reads/versions.ts'
import { type FormTestResult, outcomeOf, runFormTest } from '#forms/rules/form-tests.ts'
import { addressOf, EditionStart, editorPage, seenIn } from '#forms/web/editor/frame.tsx'
import { PassTag, TestDifference } from '#forms/web/editor/obstacles.tsx'
import { Refusal } from '#shared/refusals.ts'
import { Empty } from '#shared/ui/form.tsx'
import { type Answer, fieldOf, type Visit } from '#shared/web/site.ts'

/** GET */
export async function showTests(visit: Visit, code: string, number: number): Promise<Answer> {
  const version = await versionToRead(visit, code, number)
  const { formEditor: text } = visit.words
  const results = version.tests.map((test) => runFormTest(version.definition, test))
  const action = `${addressOf(version)}/testes`
  return editorPage(visit, version, {
    tab: 'tests',
    body: (
      <div class="stack">
        <p class="hint">{text.testsHint}</p>
        <section class="card" aria-label={text.tabs.tests}>
          {results.length === 0 ? (
            <Empty icon="circle-check" title={text.noTests} text={text.noTestsText}>
              <a class="btn" href={`${addressOf(version)}/previa`}>
                {text.tabs.preview}
              </a>
            </Empty>
          ) : (
            <form method="post" action={action}>
              <EditionStart visit={visit} action={action} edition={version.edition} />
              {version.status === 'draft' && results.filter(({ passes }) => !passes).length > 1 ? (
                <p class="pad">
                  <button class="btn" type="submit" name="acao" value={`aceita:${ALL}`}>
                    {text.acceptTests}
                  </button>
                </p>
              ) : null}
              <ul class="rows">
                {results.map((result, n) => (
                  <TestLine key={result.test.name} visit={visit} version={version} result={result} n={n} />
                ))}
              </ul>
            </form>
          )}
        </section>
      </div>
    ),
  })
}

function TestLine(props: { visit: Visit; version: Version; result: FormTestResult; n: number }) {
  const { visit, version, result, n } = props
  const { formEditor: text } = visit.words
  const { name } = result.test
  return (
    <li>
      <div>
        <a class="row-name" href={`${addressOf(version)}/previa?teste=${n}`}>
          {name}
        </a>{' '}
        <PassTag visit={visit} passes={result.passes} />
        {result.passes ? <p class="hint">{result.title}</p> : null}
        {result.passes ? null : <TestDifference visit={visit} version={version} result={result} />}
      </div>
      {version.status === 'draft' ? (
        <span class="acts">
          {result.passes ? null : (
            <button class="btn small" type="submit" name="acao" value={`aceita:${n}`}>
              {text.acceptTest}
              <span class="vh">: {name}</span>
            </button>
          )}
          <button class="btn small" type="submit" name="acao" value={`tira:${n}`}>
            {text.remove}
            <span class="vh">: {name}</span>
          </button>
        </span>
      ) : null}
    </li>
  )
}

const ALL = 'todos'

/** POST, by the pressed button: `tira:2`, `aceita:2` (what the form does now becomes what is expected), `aceita:todos`. */
export async function postTests(visit: Visit, code: string, number: number): Promise<Answer> {
  const seen = seenIn(visit, { code, number })
  const { tests, definition } = await draftSeen(visit, seen)
  const [verb, n] = fieldOf(visit.posted, 'acao').split(':')
  const at = Number(n)
  const all = verb === 'aceita' && n === ALL
  const test = tests[at]
  if (!(all || (test && (verb === 'tira' || verb === 'aceita')))) throw new Refusal('bad-request')
  const made =
    verb === 'tira'
      ? tests.filter((_, i) => i !== at)
      : tests.map((one, i) => (all || i === at ? { ...one, expects: outcomeOf(definition, one.answers) } : one))
  await changeVersion(visit, seen, { tests: made, what: test ? `teste ${test.name}` : 'testes' })
  return { redirect: `${addressOf(seen)}/testes` }
}
