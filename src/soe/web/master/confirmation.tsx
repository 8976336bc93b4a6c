// The yearly question at /soe/confirmacao: does each operator still need each class? Confirm or drop.
import { showInstant, showParts } from '#shared/kit/dates.ts'
import type { Problem } from '#shared/problems.ts'
import { Empty } from '#shared/ui/form.tsx'
import { Icon } from '#shared/ui/icon.tsx'
import type { Answer } from '#shared/web/site.ts'
import { confirmClass, takeClass } from '#soe/operators/actions.ts'
import { classesSince, confirmationMonths, type DueClass } from '#soe/operators/reads.ts'
import { confirmationState, confirmBy } from '#soe/operators/rules.ts'
import { type MasterVisit, masterPage } from '#soe/web/master/pages.tsx'

const PATH = '/soe/confirmacao'
/** Name of the answer about one class. */
const nameOf = (one: DueClass): string => `resposta.${one.accountId}.${one.class}`

/** Months between two confirmations, and the classes that are due or will be soon, the longest ago first. */
export async function dueClasses(visit: MasterVisit): Promise<{ months: number; due: readonly DueClass[] }> {
  const { now, manager, tx } = visit
  const months = await confirmationMonths(tx)
  const all = await classesSince(tx, { institutionId: manager.institutionId, before: now, now })
  return { months, due: all.filter((one) => confirmationState(one.since, months, now) !== 'fresh') }
}

export const showConfirmation = (visit: MasterVisit): Promise<Answer> => confirmationPage(visit, [])

/** Answers about classes that are not due are not looked at. */
export async function takeConfirmation(visit: MasterVisit): Promise<Answer> {
  let answered = 0
  for (const one of (await dueClasses(visit)).due) {
    const answer = visit.field(nameOf(one))
    if (answer === 'manter') await confirmClass(visit.doing, one.accountId, one.class)
    else if (answer === 'retirar') await takeClass(visit.doing, one.accountId, one.class)
    else continue
    answered += 1
  }
  if (answered > 0) return { redirect: `${PATH}?feito=confirmadas` }
  return confirmationPage(visit, [{ field: 'respostas', code: 'nothing-answered' }])
}

async function confirmationPage(visit: MasterVisit, problems: readonly Problem[]): Promise<Answer> {
  const text = visit.words.soeHouse.confirmation
  const { months, due } = await dueClasses(visit)
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
            <p class="hint">{text.takenHint}</p>
          </div>
        </>
      )}
    </form>
  )
  return masterPage(visit, { title: text.title, path: PATH, body, problems })
}

function Table({ visit, due, months }: { visit: MasterVisit; due: readonly DueClass[]; months: number }) {
  const text = visit.words.soeHouse.confirmation
  return (
    <div class="scroll" id="respostas">
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
            <DueRow key={nameOf(one)} visit={visit} due={one} months={months} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function DueRow({ visit, due, months }: { visit: MasterVisit; due: DueClass; months: number }) {
  const { soeHouse } = visit.words
  const text = soeHouse.confirmation
  const by = confirmBy(due.since, months) ?? due.since
  return (
    <tr>
      <td>
        <a href={`/soe/operadores/${due.accountId}`}>{due.name}</a>
        {due.status === 'blocked' ? <span class="hint"> ({soeHouse.status.blocked})</span> : null}
      </td>
      <td>{soeHouse.className(due.class)}</td>
      <td data-label={text.since}>{showInstant(due.since)}</td>
      <td data-label={text.due}>
        <span class="marks">
          {showParts(by).day}
          {by <= visit.now ? (
            <span class="badge b-pending">
              <Icon name="clock" />
              {text.over}
            </span>
          ) : null}
        </span>
      </td>
      <td>
        <Question visit={visit} due={due} />
      </td>
    </tr>
  )
}

/** Later, which changes nothing, is the answer until another is chosen. */
function Question({ visit, due }: { visit: MasterVisit; due: DueClass }) {
  const { soeHouse } = visit.words
  const text = soeHouse.confirmation
  const answers = [
    ['manter', text.keep],
    ['retirar', text.drop],
    ['', text.later],
  ] as const
  return (
    <fieldset class="reply">
      <legend class="vh">{text.answerLabel(due.name, soeHouse.className(due.class))}</legend>
      {answers.map(([value, label]) => (
        <label key={value}>
          <input type="radio" name={nameOf(due)} value={value} checked={value === ''} />
          <span>{label}</span>
        </label>
      ))}
    </fieldset>
  )
}
