// One operator at /soe/operadores/:id: classes, data, access, history. What changes it: soe/operators/actions.ts.
import type { ComponentChildren } from 'preact'
import { showInstant } from '#shared/kit/dates.ts'
import { maskCpf } from '#shared/kit/identifiers/cpf.ts'
import type { Problem } from '#shared/problems.ts'
import { found } from '#shared/refusals.ts'
import { FieldError, SelectField, TextField } from '#shared/ui/fields.tsx'
import type { Answer } from '#shared/web/site.ts'
import { type AuditRow, auditPage } from '#soe/audit/reads.ts'
import {
  blockOperator,
  editOperator,
  grantClass,
  reactivateOperator,
  sendLink,
  takeClass,
} from '#soe/operators/actions.ts'
import { type Operator, operatorById } from '#soe/operators/reads.ts'
import { grantableIn, readEnd, readOperatorData } from '#soe/operators/rules.ts'
import { AuditTable } from '#soe/web/master/audit.tsx'
import { stateText } from '#soe/web/master/operators.tsx'
import { type Done, faultAt, type MasterVisit, masterPage, showDay } from '#soe/web/master/pages.tsx'

const SHOWN = 20
const pathOf = (id: string) => `/soe/operadores/${id}`
const back = (visit: MasterVisit, done: Done): Answer => ({ redirect: `${pathOf(visit.id())}?feito=${done}` })

export const showOperator = (visit: MasterVisit): Promise<Answer> => operatorPage(visit, {})

export async function saveData(visit: MasterVisit): Promise<Answer> {
  const typed = { name: visit.field('nome').slice(0, 300), email: visit.field('email').slice(0, 300) }
  const read = readOperatorData(typed)
  if (!read.ok) return operatorPage(visit, { typed, problems: read.problems })
  await editOperator(visit.doing, visit.id(), read.value)
  return back(visit, 'dados')
}

export async function saveClass(visit: MasterVisit): Promise<Answer> {
  const typed = { class: visit.field('classe'), until: visit.field('ate') }
  const end = readEnd(typed.until, visit.now)
  const missing: Problem[] = /^\d{1,4}$/.test(typed.class) ? [] : [{ field: 'classe', code: 'class-missing' }]
  if (!end.ok || missing.length > 0)
    return operatorPage(visit, { given: typed, problems: [...missing, ...(end.ok ? [] : end.problems)] })
  const done = await grantClass(visit.doing, visit.id(), { class: Number(typed.class), endsOn: end.value })
  return done.ok ? back(visit, 'classe') : operatorPage(visit, { given: typed, problems: done.problems })
}

export async function removeClass(visit: MasterVisit): Promise<Answer> {
  const number = visit.field('classe')
  if (/^\d{1,4}$/.test(number)) await takeClass(visit.doing, visit.id(), Number(number))
  return back(visit, 'retirada')
}

export async function block(visit: MasterVisit): Promise<Answer> {
  const done = await blockOperator(visit.doing, visit.id())
  return done.ok ? back(visit, 'bloqueado') : operatorPage(visit, { problems: done.problems })
}

export async function reactivate(visit: MasterVisit): Promise<Answer> {
  await reactivateOperator(visit.doing, visit.id())
  return back(visit, 'reativado')
}

export async function resend(visit: MasterVisit): Promise<Answer> {
  const done = await sendLink(visit.doing, visit.id())
  return done.ok ? back(visit, 'link') : operatorPage(visit, { problems: done.problems })
}

interface View {
  readonly typed?: { readonly name: string; readonly email: string }
  readonly given?: { readonly class: string; readonly until: string }
  readonly problems?: readonly Problem[]
}
interface Part {
  readonly visit: MasterVisit
  readonly operator: Operator
  readonly view: View
}

async function operatorPage(visit: MasterVisit, view: View): Promise<Answer> {
  const operator = found(await operatorById(visit.tx, visit.id()))
  const { institutionId, id } = operator
  const history = await auditPage(visit.tx, { institutionId, accountId: id, before: undefined })
  const part = { visit, operator, view }
  const body = (
    <>
      <div class="head first">
        <div>
          <h1>{operator.name}</h1>
          <p class="hint">
            {stateText(visit.words, operator)} · CPF {maskCpf(operator.cpf)}
          </p>
        </div>
      </div>
      <Classes {...part} />
      <Data {...part} />
      <Access {...part} />
      <History visit={visit} rows={history.slice(0, SHOWN)} />
    </>
  )
  return masterPage(visit, { title: operator.name, path: pathOf(id), body, problems: view.problems ?? [] })
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

function Classes({ visit, operator, view }: Part) {
  const { words, manager } = visit
  const text = words.soeHouse.operator
  return (
    <Section title={text.classes}>
      {operator.id === manager.accountId ? <p class="hint">{text.self}</p> : null}
      {operator.classes.length === 0 ? <p>{text.noClass}</p> : <HeldClasses visit={visit} operator={operator} />}
      <GiveClass visit={visit} operator={operator} view={view} />
      <p class="hint">{text.takenHint}</p>
    </Section>
  )
}

function HeldClasses({ visit, operator }: Omit<Part, 'view'>) {
  const { soeHouse } = visit.words
  const text = soeHouse.operator
  return (
    <div class="scroll">
      <table class="plain">
        <thead>
          <tr>
            <th scope="col">{text.class}</th>
            <th scope="col">{text.since}</th>
            <th scope="col">{text.ends}</th>
            <th scope="col">{text.take}</th>
          </tr>
        </thead>
        <tbody>
          {operator.classes.map((held) => (
            <tr key={held.class}>
              <td>{soeHouse.className(held.class)}</td>
              <td>{showInstant(new Date(held.since))}</td>
              <td>{held.endsOn ? showDay(held.endsOn) : text.noEnd}</td>
              <td>
                <form method="post" action={`${pathOf(operator.id)}/classes/retirada`}>
                  <button class="btn" type="submit" name="classe" value={held.class}>
                    {text.take}
                    <span class="vh"> {soeHouse.className(held.class)}</span>
                  </button>
                </form>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function GiveClass({ visit, operator, view }: Part) {
  const { words } = visit
  const text = words.soeHouse.operator
  const choices = grantableIn(operator).map((one) => ({ value: String(one), label: words.soeHouse.className(one) }))
  const problems = view.problems ?? []
  return (
    <form method="post" action={`${pathOf(operator.id)}/classes`} noValidate>
      <h3>{text.give}</h3>
      <div class="grid">
        <SelectField
          id="classe"
          name="classe"
          label={text.class}
          error={faultAt(words, problems, 'classe')}
          value={view.given?.class ?? ''}
          choices={choices}
          choose={text.choose}
        />
        <TextField
          id="ate"
          name="ate"
          type="date"
          label={text.until}
          hint={text.untilHint}
          error={faultAt(words, problems, 'ate')}
          value={view.given?.until ?? ''}
        />
      </div>
      <div class="acts">
        <button class="btn pri" type="submit">
          {text.grant}
        </button>
      </div>
    </form>
  )
}

function Data({ visit, operator, view }: Part) {
  const { words } = visit
  const text = words.soeHouse
  const typed = view.typed ?? operator
  const error = (field: string) => faultAt(words, view.problems ?? [], field)
  return (
    <Section title={text.operator.data}>
      <form method="post" action={`${pathOf(operator.id)}/dados`} noValidate>
        <div class="grid">
          <TextField
            id="nome"
            name="nome"
            label={text.operators.name}
            error={error('nome')}
            value={typed.name}
            required
          />
          <TextField
            id="email"
            name="email"
            type="email"
            label={text.operators.email}
            error={error('email')}
            value={typed.email}
            required
          />
        </div>
        <div class="acts">
          <button class="btn" type="submit">
            {text.save}
          </button>
        </div>
      </form>
    </Section>
  )
}

function Access({ visit, operator, view }: Part) {
  const { words } = visit
  const text = words.soeHouse.operator
  const active = operator.status === 'active'
  return (
    <Section title={text.access}>
      <FieldError id="bloqueio" error={faultAt(words, view.problems ?? [], 'bloqueio')} />
      <p class="hint">{text.linkHint(operator.email)}</p>
      <p class="hint">{text.blockHint}</p>
      <div class="acts" id="bloqueio">
        {active ? (
          <form method="post" action={`${pathOf(operator.id)}/link`}>
            <button class="btn" type="submit">
              {operator.entered ? text.reset : text.invitation}
            </button>
          </form>
        ) : null}
        <form method="post" action={`${pathOf(operator.id)}/${active ? 'bloqueio' : 'reativacao'}`}>
          <button class={active ? 'btn bad' : 'btn'} type="submit">
            {active ? text.block : text.reactivate}
          </button>
        </form>
      </div>
    </Section>
  )
}

function History({ visit, rows }: { visit: MasterVisit; rows: readonly AuditRow[] }) {
  const text = visit.words.soeHouse
  return (
    <section class="card">
      <div class="sect">
        <h2>{text.operator.history}</h2>
      </div>
      <AuditTable words={visit.words} rows={rows} />
    </section>
  )
}
