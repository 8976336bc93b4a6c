// What the own account at /soe/conta shows. Its routes: account.ts; its steps: account-steps.tsx.
import type { ComponentChildren } from 'preact'
import { showInstant } from '#shared/kit/dates.ts'
import { showCpf } from '#shared/kit/identifiers/cpf.ts'
import type { Problem } from '#shared/problems.ts'
import { ErrorSummary, SelectField, TextField } from '#shared/ui/fields.tsx'
import { Notice } from '#shared/ui/form.tsx'
import { Icon } from '#shared/ui/icon.tsx'
import { openPage } from '#shared/ui/page.tsx'
import type { Answer } from '#shared/web/site.ts'
import { type Factors, hasFactor } from '#soe/factors/reads.ts'
import type { OwnSession } from '#soe/sessions/reads.ts'
import { Sessions } from '#soe/web/account-sessions.tsx'
import type { SoeVisit } from '#soe/web/doors.ts'
import { SoeTabs, soeTabs } from '#soe/web/master/pages.tsx'
import { PasswordField, sentence } from '#soe/web/sign-in.tsx'
import type { Words } from '#words/words.ts'

export type Done = keyof Words['soe']['account']['done']
const DONE: readonly Done[] = ['senha', 'codigos', 'tirado', 'passkey', 'sessoes']
export const isDone = (value: unknown): value is Done => DONE.includes(value as Done)

export interface AccountView {
  readonly factors: Factors
  readonly sessions: readonly OwnSession[]
  readonly done?: Done | undefined
  readonly problems?: readonly Problem[]
}

interface Part {
  readonly visit: SoeVisit
  readonly view: AccountView
}

export function accountPage(visit: SoeVisit, view: AccountView): Answer {
  const { words, pages, me } = visit
  const manages = me.master || me.administrator
  const text = words.soe.account
  const items = (view.problems ?? []).map((one) => ({ href: `#${one.field}`, text: sentence(words, one.code) }))
  const body = (
    <div class="stack account">
      {manages ? <SoeTabs words={words} tabs={soeTabs(words, { ...me, home: pages.home })} path="/soe/conta" /> : null}
      <div class="head first">
        <div>
          <h1>{text.title}</h1>
          <p class="hint">{text.lead}</p>
        </div>
        <div class="acts">
          <a class="btn pri" href={pages.home}>
            {text.toEprod}
          </a>
          <a class="btn" href="/soe/session/end">
            <Icon name="logout" />
            {text.signOut}
          </a>
        </div>
      </div>
      {view.done ? (
        <Notice tone="ok" live>
          <p>{text.done[view.done]}</p>
        </Notice>
      ) : null}
      <ErrorSummary title={text.problems} items={items} />
      <Details visit={visit} />
      <Password visit={visit} view={view} />
      <Totp visit={visit} view={view} />
      <Recovery visit={visit} view={view} />
      <Passkeys visit={visit} view={view} />
      <Sessions visit={visit} sessions={view.sessions} />
    </div>
  )
  return openPage(visit, { title: text.title, body })
}

function Section({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <section class="card">
      <div class="sect stack">
        <h2>{title}</h2>
        {children}
      </div>
    </section>
  )
}

/** A form that is closed until it is wanted, or until what was typed into it is wrong. */
function Change(props: { title: string; open: boolean; action: string; submit: string; children: ComponentChildren }) {
  return (
    <details class="card panel" open={props.open}>
      <summary>
        {props.title}
        <Icon name="chevron-down" />
      </summary>
      <div class="panel-body">
        <form method="post" action={props.action} noValidate>
          {props.children}
          <div class="acts">
            <button class="btn pri" type="submit">
              {props.submit}
            </button>
          </div>
        </form>
      </div>
    </details>
  )
}

const errorAt = ({ visit, view }: Part, field: string) => {
  const problem = view.problems?.find((one) => one.field === field)
  return problem && sentence(visit.words, problem.code)
}

/** The current password, asked again before anything about entering changes. */
function Current({ part, id }: { part: Part; id: string }) {
  const { current } = part.visit.words.soe.account.password
  return <PasswordField id={id} name="atual" label={current} error={errorAt(part, id)} />
}

function Details({ visit }: { visit: SoeVisit }) {
  const { me, words } = visit
  const text = words.soe.account.who
  const lines = [
    [text.name, me.name],
    [text.cpf, showCpf(me.cpf)],
    [text.email, me.email],
    [text.institution, me.master ? `${me.institutionName} · ${text.master}` : me.institutionName],
    [text.classes, me.classes.join(', ') || text.none],
  ]
  return (
    <Section title={text.title}>
      <dl class="known">
        {lines.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Section>
  )
}

function Password(part: Part) {
  const text = part.visit.words.soe.account.password
  const open = Boolean(errorAt(part, 'senha-atual') ?? errorAt(part, 'nova'))
  return (
    <Section title={text.title}>
      <Change title={text.change} open={open} action="/soe/conta/senha" submit={text.submit}>
        <Current part={part} id="senha-atual" />
        <PasswordField id="nova" label={text.next} hint={text.hint} error={errorAt(part, 'nova')} fresh />
        <p class="hint">{text.effect}</p>
      </Change>
    </Section>
  )
}

function Totp(part: Part) {
  const text = part.visit.words.soe.account.totp
  const since = part.view.factors.totpSince
  const open = Boolean(errorAt(part, 'codigos-senha'))
  const go = part.visit.words.soe.account.continue
  return (
    <Section title={text.title}>
      <p>{since ? text.since(showInstant(since)) : text.none}</p>
      <Change title={since ? text.replace : text.add} open={open} action="/soe/conta/codigos" submit={go}>
        <Current part={part} id="codigos-senha" />
      </Change>
      {since ? (
        <Change title={text.remove} open={false} action="/soe/conta/codigos/tirar" submit={text.remove}>
          <Current part={part} id="codigos-tirar" />
        </Change>
      ) : null}
    </Section>
  )
}

function Recovery(part: Part) {
  const text = part.visit.words.soe.account.recovery
  const { factors } = part.view
  if (!hasFactor(factors))
    return (
      <Section title={text.title}>
        <p>{text.none}</p>
      </Section>
    )
  const open = Boolean(errorAt(part, 'recuperacao-senha'))
  return (
    <Section title={text.title}>
      <p>{text.left(factors.codes)}</p>
      <Change title={text.renew} open={open} action="/soe/conta/recuperacao" submit={text.renew}>
        <Current part={part} id="recuperacao-senha" />
        <p class="hint">{text.effect}</p>
      </Change>
    </Section>
  )
}

function Passkeys(part: Part) {
  const text = part.visit.words.soe.account.passkeys
  const { passkeys } = part.view.factors
  const open = Boolean(errorAt(part, 'passkey-nome') ?? errorAt(part, 'passkey-senha'))
  const told = (one: (typeof passkeys)[number]) => (one.usedAt ? text.used(showInstant(one.usedAt)) : text.never)
  return (
    <Section title={text.title}>
      <p class="hint">{text.lead}</p>
      {passkeys.length > 0 ? (
        <ul class="listing">
          {passkeys.map((one) => (
            <li key={one.id}>
              <Icon name="key" /> <b>{one.name}</b> <span class="hint">{told(one)}</span>
            </li>
          ))}
        </ul>
      ) : null}
      <Change title={text.add} open={open} action="/soe/conta/passkey" submit={part.visit.words.soe.account.continue}>
        <TextField
          id="passkey-nome"
          name="nome"
          label={text.name}
          hint={text.nameHint}
          error={errorAt(part, 'passkey-nome')}
          value=""
          maxLength={60}
          required
        />
        <Current part={part} id="passkey-senha" />
      </Change>
      {passkeys.length > 0 ? (
        <Change title={text.remove} open={false} action="/soe/conta/passkey/tirar" submit={text.remove}>
          <SelectField
            id="passkey-qual"
            name="passkey"
            label={text.which}
            value={passkeys[0]?.id ?? ''}
            choices={passkeys.map((one) => ({ value: one.id, label: one.name }))}
            choose={text.which}
          />
          <Current part={part} id="passkey-tirar" />
        </Change>
      ) : null}
    </Section>
  )
}
