// /admin/jobs: what waits, runs and failed, sought and a page at a time; letters refused for good; try again or lay aside.
import { layAside, tryAgain } from '#admin/actions.ts'
import {
  type FailingAddress,
  failingAddresses,
  JOB_STATES,
  type Job,
  type JobCount,
  type JobQuery,
  jobCounts,
  jobsPage,
  placeTyped,
  type RefusedLetter,
  refusedLetters,
} from '#admin/reads.ts'
import { adminPage, enter, PlainTable } from '#admin/web/frame.tsx'
import { showInstant } from '#shared/kit/dates.ts'
import { parseTicketId, showTicketId } from '#shared/kit/identifiers/ticket-id.ts'
import { SelectField, TextField } from '#shared/ui/fields.tsx'
import { Empty, FormStart } from '#shared/ui/form.tsx'
import { type Answer, fieldOf, type Site, type Visit } from '#shared/web/site.ts'

const PATH = '/admin/jobs'
const PAGE = 50
const MOST_LETTERS = 100

export function routes(site: Site): void {
  site.get(PATH, showJobs)
  site.post(PATH, async (visit) => {
    enter(visit, 'jobs')
    const [again, aside] = [fieldOf(visit.posted, 'repetir'), fieldOf(visit.posted, 'descartar')]
    const [kind = '', number = ''] = (again || aside).split(' ')
    const id = number === 'all' && again ? number : /^\d{1,15}$/.test(number) ? Number(number) : 0
    if (!id || (kind !== 'job' && kind !== 'letter')) return { redirect: PATH }
    const done = id === 'all' || again ? await tryAgain(visit, { kind, id }) : await layAside(visit, { kind, id })
    return { redirect: done ? `${PATH}?feito=${again ? 'repetir' : 'descartar'}` : PATH }
  })
}

/** What the address asks for; what is not understood is left out. */
function queryOf(params: URLSearchParams): JobQuery {
  const text = (name: string) => (params.get(name) ?? '').trim().slice(0, 100).toWellFormed().replaceAll('\0', '')
  return {
    task: text('tarefa') || undefined,
    state: JOB_STATES.find((one) => one === text('estado')),
    // What is no number is no ticket's.
    ticket: text('chamado') === '' ? undefined : (parseTicketId(text('chamado')) ?? 0),
    recipient: text('destinatario') || undefined,
    after: placeTyped(text('depois')),
  }
}

function pathOf(query: JobQuery): string {
  const { task = '', state = '', ticket = '', recipient = '', after = '' } = query
  const given = { tarefa: task, estado: state, chamado: String(ticket), destinatario: recipient, depois: after }
  return `${PATH}?${new URLSearchParams(Object.entries(given).filter(([, value]) => value !== ''))}`
}

async function showJobs(visit: Visit): Promise<Answer> {
  enter(visit, 'jobs')
  const { jobs } = visit.words.admin
  const { tx } = visit
  const params = new URL(visit.path, 'http://eprod').searchParams
  const query = queryOf(params)
  const [list, counts, letters, failing] = await Promise.all([
    jobsPage(tx, query, PAGE + 1),
    jobCounts(tx),
    refusedLetters(tx, MOST_LETTERS),
    failingAddresses(tx, MOST_LETTERS),
  ])
  const done = params.get('feito')
  return adminPage(visit, 'jobs', {
    hint: jobs.hint,
    notice: done === 'repetir' ? jobs.again : done === 'descartar' ? jobs.laidAside : undefined,
    body: (
      <>
        <Letters visit={visit} letters={letters} />
        <Failing visit={visit} failing={failing} />
        <Search visit={visit} query={query} />
        <Jobs visit={visit} list={list} query={query} />
        <Counts visit={visit} counts={counts} />
      </>
    ),
  })
}

function Search({ visit, query }: { visit: Visit; query: JobQuery }) {
  const { jobs } = visit.words.admin
  const tasks = Object.entries(jobs.tasks).map(([value, label]) => ({ value, label }))
  const states = JOB_STATES.map((value) => ({ value, label: jobs.states[value] }))
  const { task = '', state = '', ticket = '', recipient = '' } = query
  return (
    <form class="card pad stack" action={PATH} aria-label={jobs.search}>
      <div class="grid">
        <SelectField
          id="tarefa"
          name="tarefa"
          label={jobs.task}
          value={task}
          choices={tasks.sort((a, b) => a.label.localeCompare(b.label))}
          choose={jobs.anyTask}
        />
        <SelectField
          id="estado"
          name="estado"
          label={jobs.state}
          value={state}
          choices={states}
          choose={jobs.anyState}
        />
        <TextField id="chamado" name="chamado" label={jobs.ticket} value={String(ticket)} inputMode="numeric" />
        <TextField id="destinatario" name="destinatario" label={jobs.recipient} value={recipient} maxLength={100} />
      </div>
      <div class="acts">
        <button type="submit" class="btn pri">
          {jobs.searchButton}
        </button>
      </div>
    </form>
  )
}

/** `value`: which one; `name`: of what it is, for who hears it. */
function Again({ visit, value, name, aside }: { visit: Visit; value: string; name: string; aside: boolean }) {
  const { tryAgain, layAside } = visit.words.admin.jobs
  return (
    <span class="acts">
      <button type="submit" class="btn small" name="repetir" value={value}>
        {tryAgain}
        <span class="vh">: {name}</span>
      </button>
      {aside ? (
        <button type="submit" class="btn small" name="descartar" value={value}>
          {layAside}
          <span class="vh">: {name}</span>
        </button>
      ) : null}
    </span>
  )
}

function All({ value, label }: { value: string; label: string }) {
  return (
    <button type="submit" class="btn" name="repetir" value={value}>
      {label}
    </button>
  )
}

const isFailed = ({ state }: Job): boolean => state === 'failed' || state === 'again'

function Letters({ visit, letters }: { visit: Visit; letters: readonly RefusedLetter[] }) {
  const { jobs } = visit.words.admin
  if (letters.length === 0) return null
  return (
    <form class="card" method="post" action={PATH} aria-labelledby="cartas">
      <FormStart visit={visit} action={PATH} />
      <div class="tbar">
        <h2 id="cartas">{jobs.letters}</h2>
        <All value="letter all" label={jobs.sendAll} />
      </div>
      <PlainTable
        caption={jobs.letters}
        heads={[jobs.when, jobs.recipient, jobs.subject, jobs.error, jobs.action]}
        rows={letters.map((one) => ({
          key: one.id,
          cells: [
            showInstant(one.doneAt),
            one.recipient,
            <Of key="of" name={one.subject} ticketId={one.ticketId} />,
            one.failure,
            <Again key="again" visit={visit} value={`letter ${one.id}`} name={one.subject} aside />,
          ],
        }))}
      />
    </form>
  )
}

function Failing({ visit, failing }: { visit: Visit; failing: readonly FailingAddress[] }) {
  const { jobs } = visit.words.admin
  if (failing.length === 0) return null
  return (
    <section class="card" aria-labelledby="enderecos">
      <div class="tbar">
        <h2 id="enderecos">{jobs.failing}</h2>
        <p class="hint">{jobs.failingHint}</p>
      </div>
      <PlainTable
        caption={jobs.failing}
        heads={[jobs.since, jobs.recipient, jobs.whose, jobs.error]}
        rows={failing.map((one) => ({
          key: one.address,
          cells: [showInstant(one.since), one.address, one.whose, one.failure],
        }))}
      />
    </section>
  )
}

function Jobs({ visit, list, query }: { visit: Visit; list: readonly Job[]; query: JobQuery }) {
  const { jobs } = visit.words.admin
  const shown = list.slice(0, PAGE)
  const last = list.length > PAGE ? shown.at(-1) : undefined
  const sought = Object.values(query).some((value) => value !== undefined)
  return (
    <form class="card" method="post" action={PATH} aria-labelledby="tarefas">
      <FormStart visit={visit} action={PATH} />
      <div class="tbar">
        <h2 id="tarefas">{jobs.list}</h2>
        {shown.some(isFailed) ? <All value="job all" label={jobs.tryAll} /> : null}
      </div>
      {shown.length === 0 ? (
        <Empty
          icon={sought ? 'search' : 'circle-check'}
          title={sought ? jobs.notFound : jobs.none}
          text={sought ? jobs.notFoundText : jobs.noneText}
        />
      ) : (
        <PlainTable
          caption={jobs.list}
          heads={[jobs.task, jobs.state, jobs.when, jobs.attempts, jobs.error, jobs.action]}
          rows={shown.map((job) => ({ key: job.id, cells: cellsOf(visit, job) }))}
        />
      )}
      {last ? (
        <nav class="pag" aria-label={jobs.list}>
          <div class="acts">
            <a class="btn" rel="next" href={pathOf({ ...query, after: last.place })}>
              {jobs.next}
            </a>
          </div>
        </nav>
      ) : null}
    </form>
  )
}

function cellsOf(visit: Visit, job: Job) {
  const { jobs } = visit.words.admin
  const name = jobs.tasks[job.task] ?? job.task
  return [
    <TaskName key="task" name={name} job={job} />,
    jobs.states[job.state],
    showInstant(job.at),
    jobs.attempt(job.attempts, job.maxAttempts),
    job.lastError,
    isFailed(job) ? (
      <Again key="again" visit={visit} value={`job ${job.id}`} name={name} aside={job.state === 'failed'} />
    ) : null,
  ]
}

/** What is done, and of which ticket or letter. */
function TaskName({ name, job }: { name: string; job: Job }) {
  return (
    <>
      <Of name={name} ticketId={job.ticketId} />
      {job.recipient ? ` · ${job.recipient}` : null}
      {job.subject ? <br /> : null}
      {job.subject ? <span class="hint">{job.subject}</span> : null}
    </>
  )
}

function Of({ name, ticketId }: { name: string; ticketId: number | null }) {
  if (ticketId === null) return <>{name}</>
  return (
    <>
      {name} · <a href={`/chamados/${ticketId}`}>{showTicketId(ticketId)}</a>
    </>
  )
}

function Counts({ visit, counts }: { visit: Visit; counts: readonly JobCount[] }) {
  const { jobs } = visit.words.admin
  if (counts.length === 0) return null
  return (
    <section class="card" aria-labelledby="somas">
      <div class="tbar">
        <h2 id="somas">{jobs.counts}</h2>
      </div>
      <PlainTable
        caption={jobs.counts}
        heads={[jobs.task, jobs.states.waiting, jobs.states.again, jobs.states.failed, jobs.states.running]}
        rows={counts.map((one) => ({
          key: one.task,
          cells: [jobs.tasks[one.task] ?? one.task, one.waiting, one.again, one.failed, one.running].map(String),
        }))}
      />
    </section>
  )
}
