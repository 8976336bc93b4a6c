// /admin/sessoes: how long sessions of EPROD last, and how a change of access reaches those that are open.
import { adminPage, enter } from '#admin/web/frame.tsx'
import { ownSession } from '#identity/reads.ts'
import { changeSessionLimits } from '#settings/actions.ts'
import { settingsNow } from '#settings/reads.ts'
import type { Problem } from '#shared/problems.ts'
import { ErrorSummary, problemText, TextField } from '#shared/ui/fields.tsx'
import { FormStart, Notice } from '#shared/ui/form.tsx'
import { type Answer, fieldOf, type Site, type Visit } from '#shared/web/site.ts'

const PATH = '/admin/sessoes'

/** `foreign`: the provider is not the embedded SOE/WEB. */
export function routes(site: Site, foreign: boolean): void {
  site.get(PATH, (visit) => sessionsPage(visit, foreign, []))
  site.post(PATH, async (visit) => {
    const { posted } = visit
    const typed = { minutes: fieldOf(posted, 'minutos'), hours: fieldOf(posted, 'horas') }
    const done = await changeSessionLimits(visit, typed)
    return done.ok ? { redirect: `${PATH}?feito=salvo` } : await sessionsPage(visit, foreign, done.problems)
  })
}

async function sessionsPage(visit: Visit, foreign: boolean, problems: readonly Problem[]): Promise<Answer> {
  enter(visit, 'sessions')
  const { admin, identity } = visit.words
  const text = admin.sessions
  const { askedAgain } = await ownSession(visit.tx)
  const { changes } = identity.session
  const saved = new URL(visit.path, 'http://eprod').searchParams.get('feito') === 'salvo'
  const items = problems.map((one) => ({ href: `#${one.field}`, text: problemText(visit.words, one) }))
  return adminPage(visit, 'sessions', {
    hint: text.hint,
    notice: saved ? text.saved : undefined,
    ...(items.length > 0 ? { status: 422 } : {}),
    body: (
      <>
        <ErrorSummary title={admin.deadlines.wrong} items={items} />
        <Limits visit={visit} settings={await settingsNow(visit.tx)} problems={problems} />
        <Notice title={text.changes}>
          <p>{askedAgain ? changes.asked : foreign ? changes.toldForeign : changes.told}</p>
        </Notice>
      </>
    ),
  })
}

interface LimitsProps {
  readonly visit: Visit
  readonly settings: { readonly idleSeconds: number; readonly absoluteSeconds: number }
  readonly problems: readonly Problem[]
}

function Limits({ visit, settings, problems }: LimitsProps) {
  const text = visit.words.admin.sessions
  const field = (name: 'minutos' | 'horas', now: number) => {
    const problem = problems.find((one) => one.field === name)
    return (
      <TextField
        id={name}
        name={name}
        label={text[name]}
        error={problem && problemText(visit.words, problem)}
        value={fieldOf(visit.posted, name) || String(now)}
        inputMode="numeric"
        maxLength={4}
        required
      />
    )
  }
  return (
    <form class="card pad stack" method="post" action={PATH} noValidate>
      <FormStart visit={visit} action={PATH} />
      <div class="grid">
        {field('minutos', Math.round(settings.idleSeconds / 60))}
        {field('horas', Math.round(settings.absoluteSeconds / 3600))}
      </div>
      <div class="acts">
        <button type="submit" class="btn pri">
          {text.save}
        </button>
      </div>
    </form>
  )
}
