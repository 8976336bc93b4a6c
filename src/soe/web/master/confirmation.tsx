// The yearly question at /soe/confirmacao: does each operator still need each class? Confirm or drop.
import { showInstant } from '#shared/kit/dates.ts'
import { Empty } from '#shared/ui/form.tsx'
import type { Answer } from '#shared/web/site.ts'
import { confirmClass, takeClass } from '#soe/operators/actions.ts'
import { classesSince, confirmationMonths, type DueClass } from '#soe/operators/reads.ts'
import { confirmationState, confirmBy } from '#soe/operators/rules.ts'
import { type MasterVisit, masterPage } from '#soe/web/master/pages.tsx'

const PATH = '/soe/confirmacao'

export async function showConfirmation(visit: MasterVisit): Promise<Answer> {
  const text = visit.words.soeHouse.confirmation
  const months = await confirmationMonths(visit.tx)
  const all = await classesSince(visit.tx, {
    institutionId: visit.manager.institutionId,
    before: visit.now,
    now: visit.now,
  })
  const due = all.filter((one) => confirmationState(one.since, months, visit.now) !== 'fresh')
  const body = (
    <form class="card" method="post" action={PATH}>
      <div class="sect">
        <h1>{text.title}</h1>
        <p class="hint">{months === 0 ? text.off : text.lead(months)}</p>
      </div>
      {due.length === 0 ? (
        <Empty icon="circle-check" title={text.emptyTitle} text={text.emptyText} />
      ) : (
        <>
          <Table visit={visit} due={due} months={months} />
          <div class="sect acts">
            <button class="btn pri" type="submit">
              {text.submit}
            </button>
          </div>
        </>
      )}
    </form>
  )
  return masterPage(visit, { title: text.title, path: PATH, body })
}

function Table({ visit, due, months }: { visit: MasterVisit; due: readonly DueClass[]; months: number }) {
  const text = visit.words.soeHouse.confirmation
  return (
    <div class="scroll">
      <table class="plain">
        <thead>
          <tr>
            <th scope="col">{text.name}</th>
            <th scope="col">{text.class}</th>
            <th scope="col">{text.since}</th>
            <th scope="col">{text.due}</th>
            <th scope="col">{text.answer}</th>
          </tr>
        </thead>
        <tbody>
          {due.map((one) => (
            <DueRow key={`${one.accountId}.${one.class}`} visit={visit} due={one} months={months} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function DueRow({ visit, due, months }: { visit: MasterVisit; due: DueClass; months: number }) {
  const { soeHouse } = visit.words
  const text = soeHouse.confirmation
  const name = soeHouse.className(due.class)
  const by = confirmBy(due.since, months)
  return (
    <tr>
      <td>
        <a href={`/soe/operadores/${due.accountId}`}>{due.name}</a>
      </td>
      <td>{name}</td>
      <td>{showInstant(due.since)}</td>
      <td>
        {by ? showInstant(by) : ''} {by && by <= visit.now ? <b>({text.over})</b> : null}
      </td>
      <td>
        <select class="sel" name="resposta" aria-label={text.answerLabel(due.name, name)}>
          <option value="">{text.later}</option>
          <option value={`manter ${due.accountId} ${due.class}`}>{text.keep}</option>
          <option value={`retirar ${due.accountId} ${due.class}`}>{text.drop}</option>
        </select>
      </td>
    </tr>
  )
}

const ANSWER = /^(manter|retirar) ([0-9a-f-]{36}) (\d{1,4})$/

export async function takeConfirmation(visit: MasterVisit): Promise<Answer> {
  for (const answer of visit.all('resposta')) {
    const [, what, id = '', number] = ANSWER.exec(answer) ?? []
    if (what === 'manter') await confirmClass(visit.doing, id, Number(number))
    else if (what === 'retirar') await takeClass(visit.doing, id, Number(number))
  }
  return { redirect: `${PATH}?feito=confirmadas` }
}
