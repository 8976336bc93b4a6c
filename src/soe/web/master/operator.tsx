// One operator at /soe/operadores/:id: data, access, history; its classes: operator-classes.tsx. What changes it: soe/operators/actions.ts.
import { maskCpf } from '#shared/kit/identifiers/cpf.ts'
import type { Problem } from '#shared/problems.ts'
import { found } from '#shared/refusals.ts'
import { FieldError, TextField } from '#shared/ui/fields.tsx'
import { Icon } from '#shared/ui/icon.tsx'
import type { Answer } from '#shared/web/site.ts'
import { type AuditRow, auditPage } from '#soe/audit/reads.ts'
import {
  blockOperator,
  editOperator,
  grantClass,
  reactivateOperator,
  sendLink,
  takeClass,
  takeSecondFactor,
} from '#soe/operators/actions.ts'
import { type Operator, operatorById } from '#soe/operators/reads.ts'
import { readEnd, readOperatorData } from '#soe/operators/rules.ts'
import { AuditTable } from '#soe/web/master/audit.tsx'
import { StateBadges } from '#soe/web/master/marks.tsx'
import { Classes, endField, type TypedClass } from '#soe/web/master/operator-classes.tsx'
import { type Done, faultAt, type MasterVisit, masterPage, Section } from '#soe/web/master/pages.tsx'

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
  const given = { class: visit.field('classe').slice(0, 4), until: visit.field('ate').slice(0, 40) }
  if (!/^\d{1,4}$/.test(given.class))
    return operatorPage(visit, { problems: [{ field: 'classe', code: 'class-missing' }] })
  const end = readEnd(given.until, visit.now)
  const problems = end.ok ? [] : end.problems.map((one) => ({ ...one, field: endField(given.class) }))
  if (!end.ok) return operatorPage(visit, { given, problems })
  const done = await grantClass(visit.doing, visit.id(), { class: Number(given.class), endsOn: end.value })
  return done.ok ? back(visit, 'classe') : operatorPage(visit, { given, problems: done.problems })
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

export async function removeFactor(visit: MasterVisit): Promise<Answer> {
  const done = await takeSecondFactor(visit.doing, visit.id())
  return done.ok ? back(visit, 'fator') : operatorPage(visit, { problems: done.problems })
}

interface View {
  readonly typed?: { readonly name: string; readonly email: string }
  readonly given?: TypedClass
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
          <p class="hint person">
            <StateBadges words={visit.words} operator={operator} />
            <span>
              CPF {maskCpf(operator.cpf)} · {operator.email}
            </span>
          </p>
        </div>
      </div>
      <Classes visit={visit} operator={operator} typed={view.given} problems={view.problems ?? []} />
      <Data {...part} />
      <Access {...part} />
      <History visit={visit} id={id} rows={history} />
    </>
  )
  return masterPage(visit, { title: operator.name, path: pathOf(id), body, problems: view.problems ?? [] })
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
  const own = operator.id === visit.manager.accountId
  return (
    <Section title={text.access}>
      <FieldError id="bloqueio" error={faultAt(words, view.problems ?? [], 'bloqueio')} />
      <ul class="grants" id="bloqueio">
        {active ? (
          <li>
            <p class="hint">{text.linkHint(operator.email)}</p>
            <form method="post" action={`${pathOf(operator.id)}/link`}>
              <button class="btn" type="submit">
                <Icon name="send" />
                {operator.entered ? text.reset : text.invitation}
              </button>
            </form>
          </li>
        ) : null}
        {operator.factor && !own ? (
          <li>
            <p class="hint">{text.factorHint}</p>
            <form method="post" action={`${pathOf(operator.id)}/segundo-fator`}>
              <button class="btn" type="submit">
                <Icon name="key" />
                {text.takeFactor}
              </button>
            </form>
          </li>
        ) : null}
        <li>
          <p class="hint">{own ? text.ownHint : active ? text.blockHint : text.reactivateHint}</p>
          {own ? null : (
            <form method="post" action={`${pathOf(operator.id)}/${active ? 'bloqueio' : 'reativacao'}`}>
              <button class={active ? 'btn bad' : 'btn pri'} type="submit">
                <Icon name={active ? 'lock' : 'circle-check'} />
                {active ? text.block : text.reactivate}
              </button>
            </form>
          )}
        </li>
      </ul>
    </Section>
  )
}

function History({ visit, id, rows }: { visit: MasterVisit; id: string; rows: readonly AuditRow[] }) {
  const text = visit.words.soeHouse
  return (
    <section class="card">
      <div class="sect">
        <h2>{text.operator.history}</h2>
      </div>
      <AuditTable words={visit.words} rows={rows.slice(0, SHOWN)} />
      {rows.length > SHOWN ? (
        <div class="pag">
          <a class="btn" href={`/soe/auditoria?pessoa=${id}`}>
            {text.operator.wholeHistory}
          </a>
        </div>
      ) : null}
    </section>
  )
}
