// /admin/prazos: how long statuses wait, the working-day rule, and the calendar it obeys.
import { adminPage, enter, PlainTable } from '#admin/web/frame.tsx'
import { addSpan, changeDeadlines, changeSpan, removeSpan } from '#settings/actions.ts'
import { type CalendarRow, calendarSpans, holidaysOf, settingsNow } from '#settings/reads.ts'
import { DAY_KINDS } from '#settings/rules/working-days.ts'
import { dayOf } from '#shared/kit/dates.ts'
import { isoDate } from '#shared/kit/iso-date.ts'
import { oneLine } from '#shared/kit/one-line.ts'
import type { Checked, Problem } from '#shared/problems.ts'
import { ErrorSummary, problemText, SelectField, TextField, TickField } from '#shared/ui/fields.tsx'
import { FormStart } from '#shared/ui/form.tsx'
import { Icon } from '#shared/ui/icon.tsx'
import { type Answer, fieldOf, type Site, type Visit } from '#shared/web/site.ts'

const PATH = '/admin/prazos'
const DAYS = `${PATH}/dias`

export function routes(site: Site): void {
  site.get(PATH, (visit) => deadlinesPage(visit))
  site.post(PATH, async (visit) => {
    const { posted } = visit
    const changed = await changeDeadlines(visit, {
      pendingDays: fieldOf(posted, 'pendente'),
      solvedDays: fieldOf(posted, 'solucionado'),
      workingDays: posted.fields.uteis?.includes('1') ?? false,
    })
    return await answerTo(visit, changed)
  })
  site.post(DAYS, async (visit) => {
    const { posted } = visit
    const removed = numberOf(fieldOf(posted, 'remover'))
    if (removed) {
      await removeSpan(visit, removed)
      return { redirect: `${PATH}?feito=removido` }
    }
    const typed = {
      kind: fieldOf(posted, 'tipo'),
      firstDay: dayTyped(posted, 'de'),
      lastDay: dayTyped(posted, 'ate'),
      name: oneLine(fieldOf(posted, 'nome')),
      source: oneLine(fieldOf(posted, 'fonte')),
    }
    const corrected = numberOf(fieldOf(posted, 'corrigir'))
    return await answerTo(visit, corrected ? await changeSpan(visit, corrected, typed) : await addSpan(visit, typed))
  })
}

/** Of a row, or undefined. */
function numberOf(text: string): number | undefined {
  const number = Number(text)
  return Number.isInteger(number) && number > 0 && number < 2 ** 31 ? number : undefined
}

/** What is no day stays as it was typed, to be shown with its fault. */
function dayTyped(posted: Visit['posted'], name: string): string {
  const typed = fieldOf(posted, name)
  return isoDate(typed) ?? typed
}

async function answerTo(visit: Visit, done: Checked<null>): Promise<Answer> {
  return done.ok ? { redirect: `${PATH}?feito=salvo` } : await deadlinesPage(visit, done.problems)
}

async function deadlinesPage(visit: Visit, problems: readonly Problem[] = []): Promise<Answer> {
  enter(visit, 'deadlines')
  const { deadlines } = visit.words.admin
  const done = new URL(visit.path, 'http://eprod').searchParams.get('feito')
  const items = problems.map((one) => ({ href: `#${one.field}`, text: problemText(visit.words, one) }))
  const settings = await settingsNow(visit.tx)
  const spans = await calendarSpans(visit.tx)
  const corrected =
    fieldOf(visit.posted, 'corrigir') || new URL(visit.path, 'http://eprod').searchParams.get('corrigir')
  const year = Number(dayOf(visit.now).slice(0, 4))
  return adminPage(visit, 'deadlines', {
    hint: deadlines.hint,
    notice: done === 'salvo' ? deadlines.saved : done === 'removido' ? deadlines.removed : undefined,
    ...(items.length > 0 ? { status: 422 } : {}),
    body: (
      <>
        <ErrorSummary title={deadlines.wrong} items={items} />
        <Rule visit={visit} settings={settings} problems={problems} />
        <Calendar visit={visit} spans={spans} />
        <NewDays visit={visit} problems={problems} from={spans.find(({ id }) => String(id) === corrected)} />
        <Known visit={visit} year={year} holidays={await holidaysOf(year)} />
        <Known visit={visit} year={year + 1} holidays={await holidaysOf(year + 1)} />
      </>
    ),
  })
}

/** What was typed, else what is in force; the error of the field. */
function fieldProps(visit: Visit, problems: readonly Problem[], name: string) {
  const problem = problems.find((one) => one.field === name)
  return { id: name, name, error: problem && problemText(visit.words, problem), value: fieldOf(visit.posted, name) }
}

type Faulty = { visit: Visit; problems: readonly Problem[] }

function Rule({ visit, settings, problems }: Faulty & { settings: Awaited<ReturnType<typeof settingsNow>> }) {
  const { deadlines } = visit.words.admin
  const days = (name: 'pendente' | 'solucionado', now: number) => {
    const props = fieldProps(visit, problems, name)
    return (
      <TextField
        {...props}
        value={props.value || String(now)}
        label={deadlines[name]}
        inputMode="numeric"
        maxLength={2}
      />
    )
  }
  return (
    <form class="card pad stack" method="post" action={PATH} aria-labelledby="regra">
      <FormStart visit={visit} action={PATH} />
      <h2 id="regra">{deadlines.rule}</h2>
      <div class="grid">
        {days('pendente', settings.pendingDays)}
        {days('solucionado', settings.solvedDays)}
      </div>
      <TickField
        id="uteis"
        name="uteis"
        value="1"
        checked={settings.workingDays === 1}
        label={deadlines.workingDays}
        hint={deadlines.workingDaysHint}
      />
      <div class="acts">
        <button type="submit" class="btn pri">
          {deadlines.save}
        </button>
      </div>
    </form>
  )
}

function Calendar({ visit, spans }: { visit: Visit; spans: Awaited<ReturnType<typeof calendarSpans>> }) {
  const { deadlines } = visit.words.admin
  return (
    <section class="card" aria-labelledby="calendario">
      <div class="tbar">
        <h2 id="calendario">{deadlines.calendar}</h2>
      </div>
      <form method="post" action={DAYS}>
        <FormStart visit={visit} action={DAYS} />
        <PlainTable
          caption={deadlines.calendar}
          heads={[deadlines.day, deadlines.name, deadlines.kind, deadlines.source, deadlines.actions]}
          rows={spans.map((span) => ({
            key: span.id,
            cells: [
              span.firstDay === span.lastDay
                ? shownDay(span.firstDay)
                : deadlines.span(shownDay(span.firstDay), shownDay(span.lastDay)),
              span.name,
              deadlines.kinds[span.kind],
              span.source,
              <span key="acts" class="acts">
                <a class="btn small" href={`${PATH}?corrigir=${span.id}#novos-dias`}>
                  {deadlines.correct}
                  <span class="vh">: {span.name}</span>
                </a>
                <button type="submit" class="btn small" name="remover" value={span.id}>
                  {deadlines.remove}
                  <span class="vh">: {span.name}</span>
                </button>
              </span>,
            ],
          }))}
        />
      </form>
    </section>
  )
}

/** `from`: days that are to be corrected; what is sent takes their place. */
function NewDays({ visit, problems, from }: Faulty & { from: CalendarRow | undefined }) {
  const { deadlines } = visit.words.admin
  const known: Readonly<Record<string, string>> = from
    ? { tipo: from.kind, nome: from.name, de: from.firstDay, ate: from.lastDay, fonte: from.source }
    : {}
  const of = (name: string) => {
    const props = fieldProps(visit, problems, name)
    return { ...props, value: props.value || (known[name] ?? '') }
  }
  const kinds = DAY_KINDS.map((kind) => ({ value: kind, label: deadlines.kinds[kind] }))
  return (
    <form class="card pad stack" method="post" action={DAYS} aria-labelledby="novos-dias">
      <FormStart visit={visit} action={DAYS} />
      {from ? <input type="hidden" name="corrigir" value={from.id} /> : null}
      <h2 id="novos-dias">{from ? deadlines.correctDays(from.name) : deadlines.add}</h2>
      <div class="grid">
        <SelectField {...of('tipo')} label={deadlines.kind} choices={kinds} choose={deadlines.choose} />
        <TextField {...of('nome')} label={deadlines.name} maxLength={200} />
        <TextField {...of('de')} type="date" label={deadlines.from} />
        <TextField {...of('ate')} type="date" label={deadlines.to} />
      </div>
      <TextField {...of('fonte')} label={deadlines.source} hint={deadlines.sourceHint} maxLength={300} />
      <div class="acts">
        <button type="submit" class="btn pri">
          {from ? deadlines.correctButton : deadlines.addButton}
        </button>
        {from ? (
          <a class="btn" href={PATH}>
            {deadlines.cancel}
          </a>
        ) : null}
      </div>
    </form>
  )
}

function Known(props: { visit: Visit; year: number; holidays: Awaited<ReturnType<typeof holidaysOf>> }) {
  const { visit, year, holidays } = props
  const { deadlines } = visit.words.admin
  return (
    <details class="card panel">
      <summary>
        {deadlines.known(year)}
        <Icon name="chevron-down" />
      </summary>
      <div class="panel-body">
        <p class="hint">{deadlines.knownSource}</p>
        <PlainTable
          caption={deadlines.known(year)}
          heads={[deadlines.day, deadlines.name]}
          rows={holidays.map((one) => ({ key: one.day, cells: [shownDay(one.day), one.name] }))}
        />
      </div>
    </details>
  )
}

/** `AAAA-MM-DD` as people read it. */
function shownDay(day: string): string {
  return day.split('-').reverse().join('-')
}
