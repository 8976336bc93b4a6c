// The page on which one chooses what leaves of a list, and as which file.
import { describe } from '#criteria/rules/describe.ts'
import type { Problem } from '#shared/problems.ts'
import { ErrorSummary, problemText, RadioField } from '#shared/ui/fields.tsx'
import { page } from '#shared/ui/page.tsx'
import type { Answer, Visit } from '#shared/web/site.ts'
import type { AskedList } from '#tickets/reads/list-search.ts'
import { listPath, listQueryText } from '#tickets/rules/list-query.ts'

export const EXPORT_PATH = '/chamados/exportar'

type Said = Visit['words']['exports']
export type Range = keyof Said['ranges']
export type Format = keyof Said['formats']
export type Fault = keyof Said['faults']
export const RANGES = ['todos', 'pagina'] as const satisfies readonly Range[]
export const FORMATS = ['csv', 'xlsx', 'pdf'] as const satisfies readonly Format[]

/** What is wrong with what was chosen, and at which field. */
export interface Wrong {
  readonly fault?: Fault | undefined
  readonly strays?: readonly Problem[] | undefined
}

/** Without a fault 200, else 422 with it; `chosen`: what was posted. */
export function exportPage(
  visit: Visit,
  asked: AskedList,
  { wrong = {}, chosen = {} }: { wrong?: Wrong; chosen?: { range?: Range | undefined; format?: Format | undefined } },
): Answer {
  const { exports, lists, shared } = visit.words
  const problems = [...asked.problems, ...(wrong.strays ?? [])]
  const items = [
    ...problems.map((problem) => ({ href: '/chamados', text: problemText(visit.words, problem) })),
    ...(wrong.fault
      ? [{ href: wrong.fault === 'quais' ? '#quais' : '#formato', text: exports.faults[wrong.fault] }]
      : []),
  ]
  const back = listPath(asked.query)
  return page(visit, {
    title: exports.title,
    section: 'tickets',
    crumbs: [{ label: shared.menu.service }, { label: lists.title, href: back }, { label: exports.title }],
    ...(items.length > 0 ? { status: 422 } : {}),
    body: (
      <div class="prefs">
        <div class="head first">
          <div>
            <h1>{exports.heading}</h1>
            <p class="hint">{exports.intro}</p>
          </div>
        </div>
        <ErrorSummary title={exports.fault} items={items} />
        <form class="card spaced" method="post" action={`${EXPORT_PATH}?${listQueryText(asked.query)}`} data-again>
          <section class="sect">
            <p>
              <b>{exports.criteria}: </b>
              {describe(asked.criteria, asked.fields, visit.words.criteria) || exports.everything}
            </p>
            <Choices said={exports} range={chosen.range} format={chosen.format} />
            <p class="hint">{exports.logged}</p>
          </section>
          <div class="bar-end">
            <a class="btn" href={back}>
              {exports.back}
            </a>
            <p class="hint" />
            <button type="submit" class="btn pri">
              {exports.submit}
            </button>
          </div>
        </form>
      </div>
    ),
  })
}

function Choices({ said, range, format }: { said: Said; range: Range | undefined; format: Format | undefined }) {
  return (
    <>
      <RadioField
        id="quais"
        name="quais"
        label={said.which}
        value={range ?? RANGES[0]}
        choices={RANGES.map((value) => ({ value, label: said.ranges[value] }))}
      />
      <RadioField
        id="formato"
        name="formato"
        label={said.format}
        value={format ?? FORMATS[0]}
        choices={FORMATS.map((value) => ({ value, label: said.formats[value] }))}
      />
    </>
  )
}
