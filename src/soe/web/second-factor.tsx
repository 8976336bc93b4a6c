// The pages between password and session: the second factor, setting one up, recovery codes. Their routes: entering.ts.
import { toString as qrCode } from 'qrcode'
import { ErrorSummary, TextField } from '#shared/ui/fields.tsx'
import { Notice } from '#shared/ui/form.tsx'
import { drawnBefore } from '#shared/ui/html.ts'
import { Icon } from '#shared/ui/icon.tsx'
import { openPage } from '#shared/ui/page.tsx'
import type { Answer, Guest } from '#shared/web/site.ts'
import { secretAddress } from '#soe/factors/codes.ts'
import { PasskeyForm, type PasskeyView } from '#soe/web/passkey.tsx'
import { sentence } from '#soe/web/sign-in.tsx'
import type { Words } from '#words/words.ts'

const UNPROCESSABLE = 422

export interface SecondFactorView {
  readonly action: string
  /** Where the sign-in begins anew. */
  readonly start: string
  readonly sealed: string
  /** One-time codes are set up; without them only a recovery code is typed. */
  readonly totp: boolean
  readonly problem: 'code-wrong' | 'slowed' | 'passkey-refused' | undefined
  readonly passkey: PasskeyView | undefined
}

/** Asks for the second factor. */
export function secondFactorPage(guest: Guest, view: SecondFactorView): Answer {
  const { words } = guest
  const text = words.soe.second
  const error = view.problem && sentence(words, view.problem)
  const body = (
    <div class="stack">
      <ErrorSummary title={words.soe.problems.one} items={error ? [{ href: '#codigo', text: error }] : []} />
      <form class="card" method="post" action={view.action} noValidate>
        <div class="sect stack">
          <h1>{text.title}</h1>
          <p class="hint">{view.totp ? text.lead : text.leadRecovery}</p>
          <input type="hidden" name="andamento" value={view.sealed} />
          <CodeField label={view.totp ? text.code : text.recovery} error={error} numeric={false} />
          <Acts words={words} start={view.start} label={text.submit} />
          <p class="hint">{text.lost}</p>
        </div>
      </form>
      {view.passkey ? <PasskeyForm words={words} view={view.passkey} label={words.soe.passkey.second} /> : null}
    </div>
  )
  return openPage(guest, { title: text.title, body, narrow: true, ...(error ? { status: UNPROCESSABLE } : {}) })
}

function CodeField(props: { label: string; error: string | undefined; numeric: boolean }) {
  return (
    <TextField
      id="codigo"
      name="codigo"
      label={props.label}
      error={props.error}
      value=""
      code
      required
      inputMode={props.numeric ? 'numeric' : 'text'}
      autoComplete="one-time-code"
      maxLength={60}
    />
  )
}

function Acts({ words, start, label }: { words: Words; start: string; label: string }) {
  return (
    <div class="acts">
      <button class="btn pri" type="submit">
        <Icon name="login-2" />
        {label}
      </button>
      <a class="btn" href={start}>
        {words.soe.second.restart}
      </a>
    </div>
  )
}

export interface EnrolView {
  readonly action: string
  readonly start: string
  readonly sealed: string
  readonly secret: string
  readonly cpf: string
  readonly problem: 'code-wrong' | 'slowed' | undefined
}

/** Sets one-time codes up in the middle of signing in. */
export async function enrolPage(guest: Guest, view: EnrolView): Promise<Answer> {
  const { words } = guest
  const text = words.soe.enrol
  const error = view.problem && sentence(words, view.problem)
  const body = (
    <div class="stack">
      <ErrorSummary title={words.soe.problems.one} items={error ? [{ href: '#codigo', text: error }] : []} />
      <form class="card" method="post" action={view.action} noValidate>
        <div class="sect stack">
          <h1>{text.title}</h1>
          <p>{text.forced}</p>
          <input type="hidden" name="andamento" value={view.sealed} />
          <SecretSteps
            words={words}
            secret={view.secret}
            cpf={view.cpf}
            picture={await secretPicture(view)}
            error={error}
          />
          <Acts words={words} start={view.start} label={text.submit} />
        </div>
      </form>
    </div>
  )
  return openPage(guest, { title: text.title, body, narrow: true, ...(error ? { status: UNPROCESSABLE } : {}) })
}

/** The QR code as drawn markup (SVG without styles, as the content policy demands). */
export async function secretPicture(given: { secret: string; cpf: string }): Promise<string> {
  return await qrCode(secretAddress(given.secret, given.cpf), { type: 'svg', margin: 2, width: 200 })
}

/** How to take the secret over into an authenticator, and the field for its first code. */
export function SecretSteps(props: {
  words: Words
  secret: string
  cpf: string
  picture: string
  error: string | undefined
}) {
  const text = props.words.soe.enrol
  return (
    <>
      <ol class="how">
        <li>{text.install}</li>
        <li>{text.scan}</li>
        <li>{text.type}</li>
      </ol>
      <div class="qr" role="img" aria-label={text.picture}>
        {drawnBefore(props.picture)}
      </div>
      <p class="hint">
        {text.byHand} <code class="code">{props.secret.replace(/(.{4})(?=.)/g, '$1 ')}</code>
      </p>
      <CodeField label={props.words.soe.second.code} error={props.error} numeric />
    </>
  )
}

/** Recovery codes, shown this once. */
export function codesPage(guest: Guest, view: { codes: readonly string[]; action: string; sealed: string }): Answer {
  const text = guest.words.soe.codes
  const body = (
    <form class="card" method="post" action={view.action}>
      <div class="sect stack">
        <h1>{text.title}</h1>
        <input type="hidden" name="andamento" value={view.sealed} />
        <CodeList words={guest.words} codes={view.codes} />
        <div class="acts">
          <button class="btn pri" type="submit">
            {text.kept}
          </button>
        </div>
      </div>
    </form>
  )
  return openPage(guest, { title: text.title, body, narrow: true })
}

export function CodeList({ words, codes }: { words: Words; codes: readonly string[] }) {
  return (
    <>
      <Notice tone="warn" live>
        <p>{words.soe.codes.lead}</p>
      </Notice>
      <ul class="codes">
        {codes.map((code) => (
          <li key={code}>
            <code class="code">{code}</code>
          </li>
        ))}
      </ul>
    </>
  )
}
