// /admin/jobs: what waits, runs and failed, letters refused for good; try again.
import { tryAgain } from '#admin/actions.ts'
import { type Job, type JobCount, jobCounts, jobsNow, type RefusedLetter, refusedLetters } from '#admin/reads.ts'
import { adminPage, enter, PlainTable } from '#admin/web/frame.tsx'
import { showInstant } from '#shared/kit/dates.ts'
import { showTicketId } from '#shared/kit/identifiers/ticket-id.ts'
import { Empty, FormStart } from '#shared/ui/form.tsx'
import { type Answer, fieldOf, type Site, type Visit } from '#shared/web/site.ts'

const PATH = '/admin/jobs'
const MOST = 100

export function routes(site: Site): void {
  site.get(PATH, showJobs)
  site.post(PATH, async (visit) => {
    enter(visit, 'jobs')
    const [kind = '', number = ''] = fieldOf(visit.posted, 'repetir').split(' ')
    const id = number === 'all' ? number : /^\d{1,15}$/.test(number) ? Number(number) : 0
    const done = id && (kind === 'job' || kind === 'letter') ? await tryAgain(visit, { kind, id }) : false
    return { redirect: done ? `${PATH}?feito=repetir` : PATH }
  })
}

async function showJobs(visit: Visit): Promise<Answer> {
  enter(visit, 'jobs')
  const { jobs } = visit.words.admin
  const { tx } = visit
  const [list, counts, letters] = await Promise.all([jobsNow(tx, MOST), jobCounts(tx), refusedLetters(tx, MOST)])
  const done = new URL(visit.path, 'http://eprod').searchParams.get('feito') === 'repetir'
  return adminPage(visit, 'jobs', {
    hint: jobs.hint,
    notice: done ? jobs.again : undefined,
    body: (
      <>
        <Letters visit={visit} letters={letters} />
        <Jobs visit={visit} list={list} />
        <Counts visit={visit} counts={counts} />
      </>
    ),
  })
}

function Again({ visit, value, name }: { visit: Visit; value: string; name: string }) {
  return (
    <button type="submit" class="btn small" name="repetir" value={value}>
      {visit.words.admin.jobs.tryAgain}
      <span class="vh">: {name}</span>
    </button>
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
            one.subject,
            one.failure,
            <Again key="again" visit={visit} value={`letter ${one.id}`} name={one.subject} />,
          ],
        }))}
      />
    </form>
  )
}

function Jobs({ visit, list }: { visit: Visit; list: readonly Job[] }) {
  const { jobs } = visit.words.admin
  return (
    <form class="card" method="post" action={PATH} aria-labelledby="tarefas">
      <FormStart visit={visit} action={PATH} />
      <div class="tbar">
        <h2 id="tarefas">{jobs.list}</h2>
        {list.length === MOST ? <p class="hint">{jobs.first(MOST)}</p> : null}
        {list.some(isFailed) ? <All value="job all" label={jobs.tryAll} /> : null}
      </div>
      {list.length === 0 ? (
        <Empty icon="circle-check" title={jobs.none} text={jobs.noneText} />
      ) : (
        <PlainTable
          caption={jobs.list}
          heads={[jobs.task, jobs.state, jobs.when, jobs.attempts, jobs.error, jobs.action]}
          rows={list.map((job) => ({
            key: job.id,
            cells: [
              <TaskName key="task" visit={visit} job={job} />,
              jobs.states[job.state],
              showInstant(job.runAt),
              jobs.attempt(job.attempts, job.maxAttempts),
              job.lastError,
              isFailed(job) ? (
                <Again key="again" visit={visit} value={`job ${job.id}`} name={jobs.tasks[job.task] ?? job.task} />
              ) : null,
            ],
          }))}
        />
      )}
    </form>
  )
}

/** What is done, and of which ticket or letter. */
function TaskName({ visit, job }: { visit: Visit; job: Job }) {
  const name = visit.words.admin.jobs.tasks[job.task] ?? job.task
  if (job.subject)
    return (
      <>
        {name} · {job.recipient}
        <br />
        <span class="hint">{job.subject}</span>
      </>
    )
  if (job.ticketId === null) return <>{name}</>
  return (
    <>
      {name} · <a href={`/chamados/${job.ticketId}`}>{showTicketId(job.ticketId)}</a>
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
