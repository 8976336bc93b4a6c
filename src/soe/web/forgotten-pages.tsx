// What is shown and sent for a forgotten password. Its routes: forgotten.ts.
import { randomUUID } from 'node:crypto'
import { composeLetter } from '#shared/mail/compose.tsx'
import type { Letter } from '#shared/mail/letter.ts'
import type { Problem } from '#shared/problems.ts'
import { ErrorSummary, TextField } from '#shared/ui/fields.tsx'
import { Icon } from '#shared/ui/icon.tsx'
import { openPage } from '#shared/ui/page.tsx'
import type { Answer, Guest } from '#shared/web/site.ts'
import { PasswordField, sentence } from '#soe/web/sign-in.tsx'

const UNPROCESSABLE = 422
const TOO_MANY = 429
const PAGE = '/soe/senha'

function statusOf(problems: readonly Problem[]): { status?: number } {
  if (problems.length === 0) return {}
  return { status: problems.some((one) => one.code === 'slowed') ? TOO_MANY : UNPROCESSABLE }
}

function summary(guest: Guest, problems: readonly Problem[]) {
  const items = problems.map((one) => ({ href: `#${one.field}`, text: sentence(guest.words, one.code) }))
  return <ErrorSummary title={guest.words.soe.account.problems} items={items} />
}

const errorOf = (guest: Guest, problems: readonly Problem[]) => problems[0] && sentence(guest.words, problems[0].code)

/** Asks for the CPF. */
export function askPage(guest: Guest, view: { cpf: string; problems: readonly Problem[] }): Answer {
  const text = guest.words.soe.forgotten
  const body = (
    <div class="stack">
      {summary(guest, view.problems)}
      <form class="card" method="post" action={PAGE} noValidate>
        <div class="sect stack">
          <h1>{text.title}</h1>
          <p>{text.lead}</p>
          <TextField
            id="cpf"
            name="cpf"
            label={guest.words.soe.signIn.cpf}
            hint={guest.words.soe.signIn.cpfHint}
            error={errorOf(guest, view.problems)}
            value={view.cpf}
            code
            required
            inputMode="numeric"
            autoComplete="username"
            maxLength={40}
          />
          <div class="acts">
            <button class="btn pri" type="submit">
              <Icon name="mail" />
              {text.submit}
            </button>
          </div>
        </div>
      </form>
    </div>
  )
  return openPage(guest, { title: text.title, body, narrow: true, ...statusOf(view.problems) })
}

/** Says the same whether the CPF has an account or not. */
export function sentPage(guest: Guest): Answer {
  const text = guest.words.soe.forgotten
  return said(guest, { title: text.sentTitle, lines: [text.sent, text.sentElse] })
}

function said(guest: Guest, view: { title: string; lines: readonly string[] }): Answer {
  const body = (
    <section class="card">
      <div class="sect stack">
        <h1>{view.title}</h1>
        {view.lines.map((line) => (
          <p key={line}>{line}</p>
        ))}
        <div class="acts">
          <a class="btn pri" href="/soe/conta">
            {guest.words.soe.forgotten.enter}
          </a>
        </div>
      </div>
    </section>
  )
  return openPage(guest, { title: view.title, body, narrow: true })
}

/** Asks for another password. The form posts to the link itself, which the page tells nobody else. */
export function linkPage(guest: Guest, view: { problems: readonly Problem[] }): Answer {
  const text = guest.words.soe.forgotten
  const body = (
    <div class="stack">
      {summary(guest, view.problems)}
      <form class="card" method="post" noValidate>
        <div class="sect stack">
          <h1>{text.newTitle}</h1>
          <PasswordField
            id="nova"
            label={guest.words.soe.account.password.next}
            hint={guest.words.soe.account.password.hint}
            error={errorOf(guest, view.problems)}
            fresh
          />
          <div class="acts">
            <button class="btn pri" type="submit">
              {text.newSubmit}
            </button>
          </div>
        </div>
      </form>
    </div>
  )
  return openPage(guest, { title: text.newTitle, body, narrow: true, ...statusOf(view.problems) })
}

export function doneLinkPage(guest: Guest): Answer {
  const text = guest.words.soe.forgotten
  return said({ ...guest, path: PAGE }, { title: text.doneTitle, lines: [text.done] })
}

/** The letter with the link. Its language is that of the page it was asked on. */
export function resetLetter(guest: Guest, given: { to: string; name: string; link: string }): Letter {
  const text = guest.words.soe.forgotten.letter
  const parts = composeLetter({
    lang: guest.lang,
    subject: text.subject,
    heading: text.heading(given.name),
    paragraphs: [text.lead],
    action: { label: text.action, href: given.link },
    after: [text.after],
    foot: text.foot,
  })
  return { ...parts, to: given.to, messageId: `${randomUUID()}@${new URL(given.link).hostname}` }
}
