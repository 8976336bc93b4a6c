// What an invitation's link leads to, /soe/convite/:token: the person sets its first password. Nobody is signed in here.
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { maskCpf } from '#shared/kit/identifiers/cpf.ts'
import type { Problem } from '#shared/problems.ts'
import { ErrorSummary } from '#shared/ui/fields.tsx'
import { openPage } from '#shared/ui/page.tsx'
import type { Answer, Guest } from '#shared/web/site.ts'
import { checkNewPassword, keepNewPassword } from '#soe/accounts/new-password.ts'
import { lookAtLink, useLink } from '#soe/links/actions.ts'
import type { LinkState } from '#soe/links/rules.ts'
import { type Operator, operatorById } from '#soe/operators/reads.ts'
import { fromOwnPage, type SoePages, send, textField } from '#soe/web/doors.ts'
import { deadLinkPage, expiredPage } from '#soe/web/notices.tsx'
import { PasswordField, sentence } from '#soe/web/sign-in.tsx'

const GONE = 410
const UNPROCESSABLE = 422

interface Turn {
  readonly request: FastifyRequest
  readonly guest: Guest
  readonly pages: SoePages
  readonly token: string
  readonly password: string
}

export function invitationRoutes(app: FastifyInstance, pages: SoePages): void {
  const turnOf = (request: FastifyRequest): Turn => ({
    request,
    guest: pages.guestOf(request),
    pages,
    token: (request.params as { token: string }).token,
    password: textField(request.body, 'nova'),
  })
  app.get('/soe/convite/:token', async (request, reply) => send(reply, await show(turnOf(request))))
  app.post('/soe/convite/:token', async (request, reply) => {
    const own = fromOwnPage(request, pages.origin)
    return send(reply, own ? await take(turnOf(request)) : expiredPage(pages.guestOf(request), pages.home))
  })
}

/** Whose invitation it is, or why it does not hold. A blocked account's is worth nothing. */
async function invitedBy({ guest, pages, token }: Turn): Promise<Operator | Exclude<LinkState['is'], 'good'>> {
  const state = await lookAtLink(pages.db, token, guest.now)
  if (state.is !== 'good') return state.is
  const operator = state.purpose === 'invitation' ? await operatorById(pages.db, state.accountId) : undefined
  return operator?.status === 'active' ? operator : 'wrong'
}

async function show(turn: Turn, problems: readonly Problem[] = []): Promise<Answer> {
  const operator = await invitedBy(turn)
  if (typeof operator === 'string') return deadLinkPage(turn, { is: operator, status: GONE })
  return passwordPage(turn.guest, operator, problems)
}

async function take(turn: Turn): Promise<Answer> {
  const { guest, pages, token, password } = turn
  const operator = await invitedBy(turn)
  if (typeof operator === 'string') return await show(turn)
  const checked = await checkNewPassword(pages.db, { accountId: operator.id, password })
  if (!checked.ok) return await show(turn, checked.problems)
  const used = await pages.db.transaction().execute(async (tx) => {
    const state = await useLink(tx, token, guest.now)
    if (state.is === 'good') await keepNewPassword(tx, checked.value, { event: 'password-set', now: guest.now })
    return state
  })
  return used.is === 'good' ? donePage(guest, pages.home) : await show(turn)
}

function passwordPage(guest: Guest, operator: Operator, problems: readonly Problem[]): Answer {
  const { words } = guest
  const text = words.soeHouse.accept
  const error = problems[0] && sentence(words, problems[0].code)
  const body = (
    <div class="stack">
      <ErrorSummary title={words.soeHouse.problems.title} items={error ? [{ href: '#nova', text: error }] : []} />
      <form class="card" method="post" noValidate>
        <div class="sect stack">
          <h1>{text.title}</h1>
          <p>{text.lead(operator.name, operator.institutionName)}</p>
          <p class="hint">{text.cpf(maskCpf(operator.cpf))}</p>
          <PasswordField
            id="nova"
            label={words.soe.account.password.next}
            hint={words.soe.account.password.hint}
            error={error}
            fresh
          />
          <div class="acts">
            <button class="btn pri" type="submit">
              {text.submit}
            </button>
          </div>
        </div>
      </form>
    </div>
  )
  const status = error ? { status: UNPROCESSABLE } : {}
  return openPage(guest, { title: text.title, body, narrow: true, ...status })
}

function donePage(guest: Guest, home: string): Answer {
  const text = guest.words.soeHouse.accept
  const body = (
    <section class="card">
      <div class="sect stack">
        <h1>{text.doneTitle}</h1>
        <p>{text.done}</p>
        <div class="acts">
          <a class="btn pri" href={home}>
            {text.enter}
          </a>
        </div>
      </div>
    </section>
  )
  return openPage({ ...guest, path: '/soe/ajuda' }, { title: text.doneTitle, body, narrow: true })
}
