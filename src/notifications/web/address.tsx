// /chamados/:id/email: the address typed into a ticket's form, for its institution: send its link again, or correct it.
import { askAddress } from '#notifications/store.ts'
import { mayWriteForInstitution } from '#shared/kit/actor.ts'
import { showTicketId } from '#shared/kit/identifiers/ticket-id.ts'
import { isMailAddress } from '#shared/kit/mail-address.ts'
import { found, Refusal } from '#shared/refusals.ts'
import { TextField } from '#shared/ui/fields.tsx'
import { FormStart, Notice } from '#shared/ui/form.tsx'
import { page } from '#shared/ui/page.tsx'
import { type Answer, fieldOf, type Site, type Visit } from '#shared/web/site.ts'
import { correctEmail } from '#tickets/actions/correct-email.ts'
import { type TicketFacts, ticketFacts } from '#tickets/reads/ticket-page.ts'

const LONGEST = 254
const PATH = '/chamados/:id/email'

export function routes(site: Site): void {
  site.get(PATH, async (visit, request) => addressPage(visit, await openTicket(visit, request)))
  site.post(PATH, async (visit, request) => act(visit, await openTicket(visit, request)))
}

const pathOf = (ticket: TicketFacts): string => `/chamados/${ticket.id}/email`

/** The ticket, open, for whoever may write on it for its institution. */
async function openTicket({ tx, actor }: Visit, request: { params: unknown }): Promise<TicketFacts> {
  const { id = '' } = request.params as { id?: string }
  const ticket = await ticketFacts(tx, found(/^[1-9]\d{0,14}$/.test(id) ? Number(id) : undefined))
  if (actor.side !== 'institution') throw new Refusal('not-for-your-side')
  if (!mayWriteForInstitution(actor)) throw new Refusal('needs-include-class')
  if (ticket.status === 'closed') throw new Refusal('closed-stays-closed')
  return ticket
}

async function act(visit: Visit, ticket: TicketFacts): Promise<Answer> {
  const { tx, now, posted, words } = visit
  if (fieldOf(posted, 'acao') === 'link') {
    const asked = await askAddress(tx, ticket.id, now)
    return { redirect: `${pathOf(ticket)}?feito=${asked ? 'link' : 'cedo'}` }
  }
  const address = fieldOf(posted, 'email').toLowerCase()
  if (!isMailAddress(address)) {
    const error = words.problems['email-shape']({})
    return { ...addressPage(visit, ticket, { address, error }), status: 422 }
  }
  if (address !== ticket.notifyEmail?.toLowerCase()) {
    await correctEmail(visit, ticket.id, address)
    await askAddress(tx, ticket.id, now)
  }
  return { redirect: `${pathOf(ticket)}?feito=corrigido` }
}

function addressPage(visit: Visit, ticket: TicketFacts, tried?: { address: string; error: string }): Answer {
  const { address: words, ...notifications } = visit.words.notifications
  const { ticketPage } = visit.words
  const done = new URL(visit.path, 'http://eprod').searchParams.get('feito') ?? ''
  const number = ticketPage.crumb(showTicketId(ticket.id))
  const { emailState: state, notifyEmail: email } = ticket
  return page(visit, {
    title: `${words.title} · ${number}`,
    section: 'tickets',
    crumbs: [
      { label: ticketPage.crumbList, href: '/chamados' },
      { label: number, href: `/chamados/${ticket.id}` },
      { label: words.title },
    ],
    notice: Object.hasOwn(words.done, done) ? words.done[done as keyof typeof words.done] : undefined,
    body: (
      <>
        <div class="head">
          <div>
            <h1>{words.title}</h1>
            <p class="hint">{words.hint}</p>
          </div>
        </div>
        {ticket.emailFails ? (
          <Notice tone="warn" title={words.fails(email ?? '')}>
            <p>{words.failsText}</p>
          </Notice>
        ) : null}
        {state ? (
          <form class="card pad stack" method="post" action={pathOf(ticket)}>
            <FormStart visit={visit} action={pathOf(ticket)} />
            <p>
              <b>{email}</b> ({notifications[state]}). {words.states[state]}
            </p>
            <div class="acts">
              <button type="submit" class="btn" name="acao" value="link">
                {words.again}
              </button>
            </div>
          </form>
        ) : null}
        <form class="card pad stack" method="post" action={pathOf(ticket)}>
          <FormStart visit={visit} action={pathOf(ticket)} />
          <TextField
            id="email"
            name="email"
            type="email"
            label={words.label}
            hint={words.labelHint}
            value={tried?.address ?? email ?? ''}
            error={tried?.error}
            maxLength={LONGEST}
            autoComplete="email"
          />
          <div class="acts">
            <button type="submit" class="btn pri" name="acao" value="corrigir">
              {words.correct}
            </button>
            <a class="btn" href={`/chamados/${ticket.id}`}>
              {words.back}
            </a>
          </div>
        </form>
      </>
    ),
  })
}
