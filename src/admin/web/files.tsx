// /admin/arquivos: the limit of a file, how long unclaimed ones are kept, and how the checks stand.
import { adminPage, enter, PlainTable } from '#admin/web/frame.tsx'
import { checkCounts } from '#attachments/reads.ts'
import { changeFiles } from '#settings/actions.ts'
import { settingsNow } from '#settings/reads.ts'
import type { Problem } from '#shared/problems.ts'
import { ErrorSummary, problemText, TextField } from '#shared/ui/fields.tsx'
import { FormStart } from '#shared/ui/form.tsx'
import { type Answer, fieldOf, type Site, type Visit } from '#shared/web/site.ts'

const PATH = '/admin/arquivos'
const MEGABYTE = 1024 * 1024
const GIGABYTE = 1024 ** 3
const FIELDS = ['limite', 'parados', 'rascunhos', 'reserva'] as const

export function routes(site: Site): void {
  site.get(PATH, (visit) => filesPage(visit))
  site.post(PATH, async (visit) => {
    enter(visit, 'files')
    const [megabytes = '', unclaimedDays = '', draftFileDays = '', gigabytes = ''] = FIELDS.map((name) =>
      fieldOf(visit.posted, name),
    )
    const changed = await changeFiles(visit, { megabytes, unclaimedDays, draftFileDays, gigabytes })
    return changed.ok ? { redirect: `${PATH}?feito=salvo` } : await filesPage(visit, changed.problems)
  })
}

async function filesPage(visit: Visit, problems: readonly Problem[] = []): Promise<Answer> {
  enter(visit, 'files')
  const { files } = visit.words.admin
  const done = new URL(visit.path, 'http://eprod').searchParams.get('feito')
  const items = problems.map((one) => ({ href: `#${one.field}`, text: problemText(visit.words, one) }))
  const { fileBytes, unclaimedDays, draftFileDays, unclaimedBytes } = await settingsNow(visit.tx)
  const now = {
    limite: Math.floor(fileBytes / MEGABYTE),
    parados: unclaimedDays,
    rascunhos: draftFileDays,
    reserva: Math.floor(unclaimedBytes / GIGABYTE),
  }
  const counts = await checkCounts(visit.tx)
  return adminPage(visit, 'files', {
    hint: files.hint,
    notice: done === 'salvo' ? files.saved : undefined,
    ...(items.length > 0 ? { status: 422 } : {}),
    body: (
      <>
        <ErrorSummary title={files.wrong} items={items} />
        <Limits visit={visit} now={now} problems={problems} />
        <section class="card" aria-labelledby="conferencia">
          <div class="tbar">
            <h2 id="conferencia">{files.checks}</h2>
          </div>
          {counts.length === 0 ? (
            <p class="hint pad">{files.none}</p>
          ) : (
            <PlainTable
              caption={files.checks}
              heads={[files.state, files.count]}
              rows={counts.map(({ state, count }) => ({ key: state, cells: [files.states[state], count] }))}
            />
          )}
        </section>
      </>
    ),
  })
}

function Limits(props: {
  visit: Visit
  now: Readonly<Record<(typeof FIELDS)[number], number>>
  problems: readonly Problem[]
}) {
  const { visit, now, problems } = props
  const { files } = visit.words.admin
  return (
    <form class="card pad stack" method="post" action={PATH} aria-labelledby="limites">
      <FormStart visit={visit} action={PATH} />
      <h2 id="limites">{files.rule}</h2>
      <div class="grid">
        {FIELDS.map((name) => {
          const problem = problems.find((one) => one.field === name)
          return (
            <TextField
              key={name}
              id={name}
              name={name}
              label={files[name]}
              hint={files[`${name}Hint`]}
              error={problem && problemText(visit.words, problem)}
              value={fieldOf(visit.posted, name) || String(now[name])}
              inputMode="numeric"
              maxLength={3}
            />
          )
        })}
      </div>
      <div class="acts">
        <button type="submit" class="btn pri">
          {files.save}
        </button>
      </div>
    </form>
  )
}
