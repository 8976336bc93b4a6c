// The own session at /sessao: until when it lasts, *Continuar*, and how changes of access reach it. The warning that a script
// shows before the end (islands/session.ts) asks for its words at /sessao/aviso and continues here.
import type { IdentityOptions } from '#identity/options.ts'
import { ownSession } from '#identity/reads.ts'
import { showInstant } from '#shared/kit/dates.ts'
import { Notice } from '#shared/ui/form.tsx'
import { page } from '#shared/ui/page.tsx'
import type { Answer, Site, Visit } from '#shared/web/site.ts'

/** Registers them. */
export function sessionRoutes(site: Site, options: IdentityOptions): void {
  site.get('/sessao', (visit) => showSession(visit, options))
  // Opening the visit has moved the idle limit already.
  site.post('/sessao', async (_visit, request) =>
    request.headers.accept?.includes('application/json') ? { json: {} } : { redirect: '/sessao?feito=continuar' },
  )
  // Open to anyone, so that asking for the words prolongs nothing.
  site.openGet('/sessao/aviso', async (guest) => ({ json: guest.words.identity.session.warning }))
}

async function showSession(visit: Visit, options: IdentityOptions): Promise<Answer> {
  const session = await ownSession(visit.tx)
  const text = visit.words.identity.session
  const idleEnd = new Date(visit.now.getTime() + session.idleSeconds * 1000)
  const first = idleEnd < session.endsAt ? idleEnd : session.endsAt
  const lines = [
    [text.since, showInstant(session.startedAt)],
    [text.idle(Math.round(session.idleSeconds / 60)), showInstant(first)],
    [text.absolute, showInstant(session.endsAt)],
  ]
  const continued = new URL(visit.path, 'http://eprod').searchParams.get('feito') === 'continuar'
  const body = (
    <section class="card">
      <div class="sect stack">
        <h1>{text.title}</h1>
        {continued ? (
          <Notice tone="ok" live>
            <p>{text.continued}</p>
          </Notice>
        ) : null}
        <dl class="known">
          {lines.map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        <p>{told(visit, { askedAgain: session.askedAgain, foreign: options.foreign })}</p>
        <p class="hint">{text.kept}</p>
        <form method="post" action="/sessao" class="acts">
          <button class="btn pri" type="submit">
            {text.warning.continue}
          </button>
          {options.foreign ? null : (
            <a class="btn" href="/soe/conta">
              {text.account}
            </a>
          )}
        </form>
      </div>
    </section>
  )
  return page(visit, { title: text.title, crumbs: [{ label: text.title }], body })
}

function told(visit: Visit, given: { askedAgain: boolean; foreign: boolean }): string {
  const text = visit.words.identity.session.changes
  if (given.askedAgain) return text.asked
  return given.foreign ? text.toldForeign : text.told
}
