// The steps of the own account that have a page of their own: authenticator, recovery codes, passkey. Routes: account.ts.
import { ErrorSummary } from '#shared/ui/fields.tsx'
import { openPage } from '#shared/ui/page.tsx'
import type { Answer } from '#shared/web/site.ts'
import type { Question } from '#soe/factors/passkeys.ts'
import type { SoeVisit } from '#soe/web/doors.ts'
import { PasskeyForm } from '#soe/web/passkey.tsx'
import { CodeList, SecretSteps, secretPicture } from '#soe/web/second-factor.tsx'
import { sentence } from '#soe/web/sign-in.tsx'

const UNPROCESSABLE = 422
const PAGE = '/soe/conta'
/** What a page that was answered to a post may offer to come back to (language, theme). */
const asPage = (visit: SoeVisit): SoeVisit => ({ ...visit, path: PAGE })

export async function newTotpPage(
  visit: SoeVisit,
  view: { secret: string; sealed: string; wrong: boolean },
): Promise<Answer> {
  const { words, me } = visit
  const text = words.soe.enrol
  const error = view.wrong ? sentence(words, 'code-wrong') : undefined
  const given = { secret: view.secret, cpf: me.cpf }
  const body = (
    <div class="stack">
      <ErrorSummary title={words.soe.account.problems} items={error ? [{ href: '#codigo', text: error }] : []} />
      <form class="card" method="post" action={`${PAGE}/codigos/confirmar`} noValidate>
        <div class="sect stack">
          <h1>{text.title}</h1>
          <input type="hidden" name="andamento" value={view.sealed} />
          <SecretSteps words={words} {...given} picture={await secretPicture(given)} error={error} />
          <Acts visit={visit} label={text.submit} />
        </div>
      </form>
    </div>
  )
  const status = error ? { status: UNPROCESSABLE } : {}
  return openPage(asPage(visit), { title: text.title, body, narrow: true, ...status })
}

function Acts({ visit, label }: { visit: SoeVisit; label: string }) {
  return (
    <div class="acts">
      <button class="btn pri" type="submit">
        {label}
      </button>
      <a class="btn" href={PAGE}>
        {visit.words.soe.account.title}
      </a>
    </div>
  )
}

export function newCodesPage(visit: SoeVisit, codes: readonly string[]): Answer {
  const text = visit.words.soe.codes
  const body = (
    <section class="card">
      <div class="sect stack">
        <h1>{text.title}</h1>
        <CodeList words={visit.words} codes={codes} />
        <div class="acts">
          <a class="btn pri" href={PAGE}>
            {text.kept}
          </a>
        </div>
      </div>
    </section>
  )
  return openPage(asPage(visit), { title: text.title, body, narrow: true })
}

export function newPasskeyPage(visit: SoeVisit, view: Question & { name: string }): Answer {
  const text = visit.words.soe.account.passkeys
  const body = (
    <div class="stack">
      <section class="card">
        <div class="sect stack">
          <h1>{text.createTitle}</h1>
          <p>{text.create(view.name)}</p>
          <p class="hint" data-without-passkeys>
            {text.noScript}
          </p>
          <div class="acts">
            <a class="btn" href={PAGE}>
              {visit.words.soe.account.title}
            </a>
          </div>
        </div>
      </section>
      <PasskeyForm
        words={visit.words}
        view={{ ...view, action: `${PAGE}/passkey/nova` }}
        label={visit.words.soe.passkey.make}
        mode="make"
        name={view.name}
      />
    </div>
  )
  return openPage(asPage(visit), { title: text.createTitle, body, narrow: true })
}
