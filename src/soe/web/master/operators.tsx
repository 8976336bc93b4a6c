// The list of operators at /soe/operadores, and inviting one. What is done with one of them: operator.tsx.
import { randomUUID } from 'node:crypto'
import { dayOf } from '#shared/kit/dates.ts'
import { maskCpf } from '#shared/kit/identifiers/cpf.ts'
import type { Problem } from '#shared/problems.ts'
import { FieldError, TextField } from '#shared/ui/fields.tsx'
import { Empty, Notice } from '#shared/ui/form.tsx'
import { Icon } from '#shared/ui/icon.tsx'
import type { Answer } from '#shared/web/site.ts'
import { inviteOperator } from '#soe/operators/actions.ts'
import { type DueClass, OPERATOR_FILTERS, type Operator, operatorsPage } from '#soe/operators/reads.ts'
import { grantableIn, readNewOperator } from '#soe/operators/rules.ts'
import { dueClasses } from '#soe/web/master/confirmation.tsx'
import { ClassTags, StateBadges } from '#soe/web/master/marks.tsx'
import { faultAt, formKey, type MasterVisit, masterPage } from '#soe/web/master/pages.tsx'
import { Pager, readAsked, SearchForm } from '#soe/web/searched-list.tsx'

const PATH = '/soe/operadores'
const NEW = `${PATH}/novo`

export async function listOperators(visit: MasterVisit): Promise<Answer> {
  const { words, manager } = visit
  const text = words.soeHouse.operators
  const asked = readAsked(visit.query, OPERATOR_FILTERS)
  const found = await operatorsPage(visit.tx, {
    ...asked,
    institutionId: manager.institutionId,
    now: visit.now,
  })
  const { due } = await dueClasses(visit)
  const body = (
    <>
      <div class="head first">
        <div>
          <h1>{text.title}</h1>
          <p class="hint">{text.lead(manager.institutionName)}</p>
        </div>
        <div class="acts">
          <a class="btn pri" href={NEW}>
            <Icon name="plus" />
            {text.invite}
          </a>
          <a class="btn" href={`${PATH}/${manager.accountId}`}>
            {text.me}
          </a>
        </div>
      </div>
      <Due visit={visit} due={due} />
      <SearchForm action={PATH} text={text} asked={asked} filters={OPERATOR_FILTERS} />
      <section class="card">
        {found.operators.length === 0 ? (
          <Empty icon="users" title={text.emptyTitle} text={text.emptyText} />
        ) : (
          <Table visit={visit} operators={found.operators} />
        )}
        <Pager words={words} action={PATH} asked={asked} more={found.more} />
      </section>
    </>
  )
  return masterPage(visit, { title: text.title, path: PATH, body })
}

/** Says that classes wait for the yearly answer. */
function Due({ visit, due }: { visit: MasterVisit; due: readonly DueClass[] }) {
  const text = visit.words.soeHouse.confirmation
  if (due.length === 0) return null
  return (
    <Notice tone="warn">
      <p>
        {text.waiting(due.length)} <a href="/soe/confirmacao">{text.goTo}</a>
      </p>
    </Notice>
  )
}

function Table({ visit, operators }: { visit: MasterVisit; operators: readonly Operator[] }) {
  const { words } = visit
  const text = words.soeHouse.operators
  const today = dayOf(visit.now)
  return (
    <div class="scroll">
      <table class="plain">
        <thead>
          <tr>
            <th scope="col">{text.name}</th>
            <th scope="col">{text.cpf}</th>
            <th scope="col">{text.email}</th>
            <th scope="col">{text.classes}</th>
            <th scope="col">{text.state}</th>
          </tr>
        </thead>
        <tbody>
          {operators.map((one) => (
            <tr key={one.id}>
              <td>
                <a href={`${PATH}/${one.id}`}>{one.name}</a>
                {one.id === visit.manager.accountId ? ` (${words.soeHouse.you})` : ''}
              </td>
              <td data-label={text.cpf}>
                <span class="code">{maskCpf(one.cpf)}</span>
              </td>
              <td>{one.email}</td>
              <td data-label={text.classes}>
                <ClassTags words={words} operator={one} today={today} />
              </td>
              <td>
                <StateBadges words={words} operator={one} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

interface Typed {
  readonly cpf: string
  readonly name: string
  readonly email: string
  readonly classes: readonly string[]
  readonly key: string
}

export async function newOperator(visit: MasterVisit): Promise<Answer> {
  return invitePage(visit, { cpf: '', name: '', email: '', classes: [], key: randomUUID() }, [])
}

export async function takeInvitation(visit: MasterVisit): Promise<Answer> {
  const { manager } = visit
  const typed: Typed = {
    cpf: visit.field('cpf').slice(0, 40),
    name: visit.field('nome').slice(0, 300),
    email: visit.field('email').slice(0, 300),
    classes: visit.all('classes'),
    key: formKey(visit),
  }
  const read = readNewOperator(typed, manager)
  if (!read.ok) return invitePage(visit, typed, read.problems)
  const { institutionId: id, institutionName: name, runsSoe } = manager
  const institution = { id, name, runsSoe }
  const given = { operator: read.value, institution, master: false, requestKey: typed.key }
  const done = await inviteOperator(visit.doing, given)
  return done.ok ? { redirect: `${PATH}/${done.value}?feito=convite` } : invitePage(visit, typed, done.problems)
}

function invitePage(visit: MasterVisit, typed: Typed, problems: readonly Problem[]): Answer {
  const { words } = visit
  const { invite: text, operators } = words.soeHouse
  const error = (field: string) => faultAt(words, problems, field)
  const field = { required: true, maxLength: 254 }
  const body = (
    <form class="card" method="post" action={NEW} noValidate>
      <input type="hidden" name="chave" value={typed.key} />
      <div class="sect stack">
        <h1>{text.title}</h1>
        <p class="hint">{text.lead}</p>
        <TextField
          {...field}
          id="cpf"
          name="cpf"
          label={operators.cpf}
          hint={text.cpfHint}
          error={error('cpf')}
          value={typed.cpf}
          code
          inputMode="numeric"
        />
        <TextField {...field} id="nome" name="nome" label={operators.name} error={error('nome')} value={typed.name} />
        <TextField
          {...field}
          id="email"
          name="email"
          type="email"
          label={operators.email}
          hint={text.emailHint}
          error={error('email')}
          value={typed.email}
        />
        <ClassBoxes visit={visit} typed={typed} error={error('classes')} />
        <div class="acts">
          <button class="btn pri" type="submit">
            <Icon name="send" />
            {text.submit}
          </button>
          <a class="btn" href={PATH}>
            {words.soeHouse.back}
          </a>
        </div>
      </div>
    </form>
  )
  return masterPage(visit, { title: text.title, path: NEW, body, problems })
}

function ClassBoxes({ visit, typed, error }: { visit: MasterVisit; typed: Typed; error: string | undefined }) {
  const text = visit.words.soeHouse
  return (
    <fieldset class="fld" id="classes" aria-describedby="classes-dica">
      <legend>{text.invite.classes}</legend>
      <p class="hint" id="classes-dica">
        {text.invite.classesHint}
      </p>
      <FieldError id="classes" error={error} />
      {grantableIn(visit.manager).map((number) => (
        <label class="check" key={number}>
          <input type="checkbox" name="classes" value={number} checked={typed.classes.includes(String(number))} />
          <span>
            {text.className(number)}
            <small class="hint">{text.classUse(number)}</small>
          </span>
        </label>
      ))}
    </fieldset>
  )
}
