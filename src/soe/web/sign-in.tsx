// The sign-in page of SOE/WEB (guide, step 2): what it shows. Its routes: web/entering.ts.

import type { Problem } from '#shared/problems.ts'
import { DemonstrationAccounts } from '#shared/ui/demonstration.tsx'
import { describedBy, ErrorSummary, FieldError, TextField } from '#shared/ui/fields.tsx'
import { Icon } from '#shared/ui/icon.tsx'
import { openPage } from '#shared/ui/page.tsx'
import type { Answer, Guest } from '#shared/web/site.ts'
import { LONGEST_PASSWORD, WINDOW_MINUTES } from '#soe/accounts/rules.ts'
import { PasskeyForm, type PasskeyView } from '#soe/web/passkey.tsx'
import type { Words } from '#words/words.ts'

export interface SignInView {
  /** What was typed as CPF; the password is never sent back. */
  readonly cpf: string
  readonly problems: readonly Problem[]
  readonly status?: number
  /** Where the form posts to. */
  readonly action: string
  /** Where the house that asked begins. */
  readonly home: string
  readonly passkey: PasskeyView
}

/** The page; with problems their summary stands first and takes the focus. */
export function signInPage(guest: Guest, view: SignInView): Answer {
  const { words } = guest
  const text = words.soe.signIn
  const items = view.problems.map((problem) => ({ href: `#${problem.field}`, text: sentence(words, problem.code) }))
  const body = (
    <div class="stack">
      <ErrorSummary title={words.soe.problems.one} items={items} />
      <form class="card" method="post" action={view.action} noValidate>
        <div class="sect stack">
          <div>
            <h1>{text.title}</h1>
            <p class="hint">{text.lead}</p>
          </div>
          <Fields words={words} view={view} />
          <div class="acts">
            <button class="btn pri" type="submit">
              <Icon name="login-2" />
              {text.submit}
            </button>
            <a class="btn" href={view.home}>
              {text.cancel}
            </a>
          </div>
          <p class="hint">
            <a href="/soe/senha">{words.soe.forgotten.link}</a>
          </p>
          <p class="hint">
            <a href="/soe/ajuda">{text.help}</a>
          </p>
        </div>
      </form>
      <PasskeyForm words={words} view={view.passkey} label={words.soe.passkey.enter} />
      {guest.demo ? <DemonstrationAccounts words={words} /> : null}
    </div>
  )
  return openPage(guest, { title: text.title, body, narrow: true, ...(view.status ? { status: view.status } : {}) })
}

function Fields({ words, view }: { words: Words; view: SignInView }) {
  const text = words.soe.signIn
  const error = (field: string) => {
    const problem = view.problems.find((one) => one.field === field)
    return problem && sentence(words, problem.code)
  }
  return (
    <>
      <TextField
        id="cpf"
        name="cpf"
        label={text.cpf}
        hint={text.cpfHint}
        error={error('cpf')}
        value={view.cpf}
        code
        required
        inputMode="numeric"
        autoComplete="username"
        maxLength={40}
      />
      <PasswordField label={text.password} error={error('senha')} />
    </>
  )
}

/** Never filled in by the server. */
export function PasswordField(props: {
  label: string
  error?: string | undefined
  hint?: string | undefined
  id?: string
  /** What is posted; the id unless given. */
  name?: string
  fresh?: boolean
}) {
  const { label, error, hint, id = 'senha' } = props
  return (
    <div class="fld">
      <label for={id}>{label}</label>
      {hint ? (
        <p class="hint" id={`${id}-dica`}>
          {hint}
        </p>
      ) : null}
      <input
        class="in"
        id={id}
        name={props.name ?? id}
        type="password"
        autoComplete={props.fresh ? 'new-password' : 'current-password'}
        maxLength={LONGEST_PASSWORD + 1}
        aria-invalid={error ? 'true' : undefined}
        aria-describedby={describedBy({ id, error, hint })}
      />
      <FieldError id={id} error={error} />
    </div>
  )
}

/** The sentence of a problem's code; it stands in the words of SOE/WEB, a house of its own. */
export function sentence(words: Words, code: string): string {
  const texts = words.soe.problems
  if (code === 'slowed') return texts.slowed(WINDOW_MINUTES)
  const text = texts[code as keyof typeof texts]
  return typeof text === 'string' ? text : texts.wrong
}
