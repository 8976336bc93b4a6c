// The pages of entering: the entry page with its one button, what went wrong, and the refusals of guide step 1.
import type { Failure } from '#identity/refusals.ts'
import { type EntryRefusal, type Facts, menderOf } from '#identity/rules/entry.ts'
import { DemonstrationAccounts } from '#shared/ui/demonstration.tsx'
import { Notice } from '#shared/ui/form.tsx'
import { Icon } from '#shared/ui/icon.tsx'
import { openPage } from '#shared/ui/page.tsx'
import type { Answer, Cookie, Guest } from '#shared/web/site.ts'
import type { Words } from '#words/words.ts'

export type Done = keyof Words['identity']['done']

export interface EntryView {
  /** Own path to go to after entering. */
  readonly to: string
  readonly done?: Done | undefined
  readonly failure?: Failure
  readonly demo: boolean
}

const AWAY = 503
const BAD_REQUEST = 400

/** Where the button's form posts to. */
export function startAddress(to: string): string {
  return to === '/' ? '/entrar' : `/entrar?destino=${encodeURIComponent(to)}`
}

/** The entry page: one button, exactly *Login SOE*. */
export function entryPage(guest: Guest, view: EntryView): Answer {
  const { entry, done, failures } = guest.words.identity
  const body = (
    <div class="stack">
      {view.failure ? (
        <div class="sum" role="alert">
          <h2>
            <Icon name="alert-circle" />
            {failures.title}
          </h2>
          <p>{failures[view.failure]}</p>
        </div>
      ) : null}
      {view.done ? (
        <Notice tone={view.done === 'saiu' ? 'ok' : 'warn'} live>
          <p>{done[view.done]}</p>
        </Notice>
      ) : null}
      <form class="card" method="post" action={startAddress(view.to)}>
        <div class="sect stack">
          <h1>{entry.title}</h1>
          <p>{entry.lead}</p>
          <div class="acts">
            <button class="btn pri" type="submit">
              <Icon name="login-2" />
              {entry.button}
            </button>
          </div>
          <p class="hint">{entry.how}</p>
          <p class="hint">
            <a href="/ajuda">{entry.help}</a>
          </p>
        </div>
      </form>
      {view.demo ? <DemonstrationAccounts words={guest.words} /> : null}
    </div>
  )
  const status = view.failure ? { status: view.failure === 'provider-away' ? AWAY : BAD_REQUEST } : {}
  return openPage(guest, { title: entry.title, body, narrow: true, ...status })
}

export interface RefusalView {
  readonly why: EntryRefusal
  readonly facts: Facts
  readonly to: string
  /** Where a master gives itself classes; undefined: at another provider, whose pages we do not know. */
  readonly ownAccess: string | undefined
  readonly cookies: readonly Cookie[]
}

/** A refused entry: what is missing, who can mend it, and the two ways on. */
export function entryRefusedPage(guest: Guest, view: RefusalView): Answer {
  const text = guest.words.identity.refused
  const { name } = view.facts
  const selfServed = menderOf(view.why, view.facts) === 'self' ? view.ownAccess : undefined
  const body = (
    <section class="card refusal">
      <h1>
        <Icon name="lock" />
        {text.title}
      </h1>
      <p>
        <b>{text.reasons[view.why]}</b>
      </p>
      <p>{mendText(guest.words, view)}</p>
      {name ? <p class="hint">{text.signedInAs(name)}</p> : null}
      <div class="acts">
        {selfServed ? (
          <a class="btn pri" href={selfServed}>
            {text.giveToSelf}
          </a>
        ) : null}
        <form method="post" action={startAddress(view.to)}>
          <button class={selfServed ? 'btn' : 'btn pri'} type="submit">
            {text.again}
          </button>
        </form>
        <form method="post" action="/sair">
          <button class="btn" type="submit">
            {text.other}
          </button>
        </form>
        <a class="btn" href="/ajuda">
          {text.help}
        </a>
      </div>
    </section>
  )
  const page = openPage(guest, { title: text.title, body, status: 403, narrow: true })
  return 'html' in page ? { ...page, cookies: view.cookies } : page
}

function mendText(words: Words, view: RefusalView): string {
  const { mend } = words.identity.refused
  const mender = menderOf(view.why, view.facts)
  return mender === 'masters' ? mend.masters(view.facts.masters) : mend[mender]
}
