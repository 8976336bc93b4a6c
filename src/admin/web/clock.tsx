// GET /admin/relogio: what the clock will do in the next days, by the same decisions as when it fires.
import { adminPage, enter, PlainTable } from '#admin/web/frame.tsx'
import { DAY_MS, showInstant } from '#shared/kit/dates.ts'
import { showTicketId } from '#shared/kit/identifiers/ticket-id.ts'
import { Empty, Tabs } from '#shared/ui/form.tsx'
import type { Answer, Site, Visit } from '#shared/web/site.ts'
import { type ClockPlan, clockPlan, type Planned } from '#tickets/reads/clock-plan.ts'
import { titleParts } from '#tickets/views.tsx'

const SPANS = [1, 3, 7] as const
const MOST = 200

export function routes(site: Site): void {
  site.get('/admin/relogio', showClock)
}

async function showClock(visit: Visit): Promise<Answer> {
  enter(visit, 'clock')
  const { clock } = visit.words.admin
  const asked = new URL(visit.path, 'http://eprod').searchParams.get('dias')
  const days = SPANS.find((one) => String(one) === asked) ?? 1
  const until = new Date(visit.now.getTime() + days * DAY_MS)
  const plan = await clockPlan(visit.tx, { now: visit.now, until, most: MOST })
  return adminPage(visit, 'clock', {
    hint: clock.hint,
    body: (
      <>
        <Tabs
          label={clock.spans}
          tabs={SPANS.map((one) => ({
            href: `/admin/relogio?dias=${one}`,
            label: clock.span(one),
            current: one === days,
          }))}
        />
        <section class="card" aria-label={clock.span(days)}>
          {plan.planned.length === 0 ? (
            <Empty icon="clock" title={clock.none} text={clock.noneText} />
          ) : (
            <Plan visit={visit} plan={plan} />
          )}
        </section>
      </>
    ),
  })
}

function Plan({ visit, plan }: { visit: Visit; plan: ClockPlan }) {
  const { clock } = visit.words.admin
  return (
    <>
      <p class="tbar hint">{plan.more ? clock.more(MOST) : clock.count(plan.planned.length)}</p>
      <PlainTable
        caption={clock.caption}
        heads={[clock.at, clock.ticket, clock.institution, clock.what, clock.after]}
        rows={plan.planned.map((one) => ({
          key: `${one.ticketId}${one.event}${one.days}`,
          cells: [
            <time key="at" dateTime={one.at.toISOString()}>
              {showInstant(one.at)}
            </time>,
            <a key="to" href={`/chamados/${one.ticketId}`}>
              {showTicketId(one.ticketId)} · {titleParts(one.title).shown}
            </a>,
            one.institution,
            eventOf(visit, one),
            one.due ? clock.nextDue(showInstant(one.due)) : one.to === 'closed' ? clock.final : clock.same,
          ],
        }))}
      />
    </>
  )
}

function eventOf(visit: Visit, one: Planned): string {
  const { clock } = visit.words.admin
  if (one.event === 'remind') return clock.remind(one.days ?? 0)
  const { statuses } = visit.words.shared
  return `${statuses[one.from]} → ${statuses[one.to]}`
}
