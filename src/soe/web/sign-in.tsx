// The sign-in page of SOE/WEB (guide, step 2): what it shows. Its routes: web/routes.ts.
import { DemonstrationAccounts } from '#shared/ui/demonstration.tsx'
import { Icon } from '#shared/ui/icon.tsx'
import { openPage } from '#shared/ui/page.tsx'
import type { Problem } from '#shared/problems.ts'
import type { Answer, Guest } from '#shared/web/site.ts'
import { LONGEST_PASSWORD, WINDOW_MINUTES } from '#soe/accounts/rules.ts'
import type { Words } from '#words/words.ts'

export interface SignInView {
  /** What was typed as CPF; the password is never sent back. */
  readonly cpf: string
  readonly problems: readonly Problem[]
  readonly status?: number
  /** Where the house that asked begins. */
  readonly home: string
}

/** The page; with problems their summary stands first and takes the focus of a screen reader. */
export function signInPage(guest: Guest, view: SignInView): Answer {
  const text = guest.words.soe.signIn
  const body = (
    <div class="stack">
      <Summary words={guest.words} problems={view.problems} />
      <form class="card" method="post" action={guest.path} noValidate>
        <div class="sect stack">
          <div>
            <h1>{text.title}</h1>
            <p class="hint">{text.lead}</p>
          </div>
          <CpfField words={guest.words} view={view} />
          <PasswordField words={guest.words} view={view} />
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
            <a href="/soe/ajuda">{text.help}</a>
          </p>
        </div>
      </form>
      {guest.demo ? <DemonstrationAccounts words={guest.words} /> : null}
    </div>
  )
  return openPage(guest, { title: text.title, body, narrow: true, ...(view.status ? { status: view.status } : {}) })
}

/** The sentence of a problem's code. */
export function problemText(words: Words, code: string): string {
  const texts = words.soe.problems
  if (code === 'slowed') return texts.slowed(WINDOW_MINUTES)
  const text = texts[code as keyof typeof texts]
  return typeof text === 'string' ? text : texts.wrong
}

function Summary({ words, problems }: { words: Words; problems: readonly Problem[] }) {
  if (problems.length === 0) return null
  return (
    <div class="sum" role="alert" aria-labelledby="resumo" tabIndex={-1}>
      <h2 id="resumo">
        <Icon name="alert-circle" />
        {words.soe.problems.one}
      </h2>
      <ul>
        {problems.map((problem) => (
          <li key={problem.code}>
            <a href={`#${problem.field}`}>{problemText(words, problem.code)}</a>
          </li>
        ))}
      </ul>
    </div>
  )
}

interface FieldProps {
  readonly words: Words
  readonly view: SignInView
}

function CpfField({ words, view }: FieldProps) {
  const wrong = view.problems.some((problem) => problem.field === 'cpf')
  return (
    <div class="fld">
      <label for="cpf">{words.soe.signIn.cpf}</label>
      <span class="hint" id="cpf-h">
        {words.soe.signIn.cpfHint}
      </span>
      <input
        class="in code"
        id="cpf"
        name="cpf"
        value={view.cpf}
        inputMode="numeric"
        autoComplete="username"
        maxLength={40}
        required
        aria-invalid={wrong ? 'true' : undefined}
        aria-describedby={wrong ? 'cpf-h cpf-e' : 'cpf-h'}
      />
      <FieldError field="cpf" {...{ words, view }} />
    </div>
  )
}

function PasswordField({ words, view }: FieldProps) {
  const wrong = view.problems.some((problem) => problem.field === 'senha')
  return (
    <div class="fld">
      <label for="senha">{words.soe.signIn.password}</label>
      <input
        class="in"
        id="senha"
        name="senha"
        type="password"
        autoComplete="current-password"
        maxLength={LONGEST_PASSWORD + 1}
        required
        aria-invalid={wrong ? 'true' : undefined}
        aria-describedby={wrong ? 'senha-e' : undefined}
      />
      <FieldError field="senha" {...{ words, view }} />
    </div>
  )
}

function FieldError({ field, words, view }: FieldProps & { field: string }) {
  const problem = view.problems.find((one) => one.field === field)
  if (!problem) return null
  return (
    <p class="errm" id={`${field}-e`}>
      <Icon name="alert-circle" />
      {problemText(words, problem.code)}
    </p>
  )
}
