// Pages of SOE/WEB that only say something: expired, refused, signing out, signed out.
import type { FastifyRequest } from 'fastify'
import { Icon } from '#shared/ui/icon.tsx'
import { openPage } from '#shared/ui/page.tsx'
import { RefusalBody } from '#shared/ui/refusal.tsx'
import type { Answer, Guest } from '#shared/web/site.ts'

/** The sign-in page was used or stood too long; the way back is to start again. */
export function expiredPage(guest: Guest, home: string): Answer {
  const text = guest.words.soe.expired
  return openPage(guest, {
    title: text.title,
    body: <Refused guest={guest} home={home} text={text} />,
    status: 400,
    narrow: true,
  })
}

/** A one-time link that does not work, with the reason, which is logged without the link. */
export function deadLinkPage(
  { guest, request }: { guest: Guest; request: FastifyRequest },
  view: { is: 'wrong' | 'used' | 'expired' | 'replaced'; status: number },
): Answer {
  request.log.warn({ link: view.is }, 'a one-time link was refused')
  const words = guest.words.soe.deadLink
  const text = { title: words.title, sentence: words.reasons[view.is], mend: words.mend }
  const body = (
    <RefusalBody text={text}>
      <a class="btn pri" href="/soe/senha">
        {guest.words.soe.forgotten.title}
      </a>
    </RefusalBody>
  )
  return openPage({ ...guest, path: '/soe/senha' }, { title: words.title, body, status: view.status, narrow: true })
}

/** The provider refused a request. `code`: OAuth's own error code, for who has to look into it. */
export function failedPage(guest: Guest, view: { home: string; code: string; status: number }): Answer {
  const words = guest.words.soe.failed
  const text = { ...words, mend: `${words.mend} ${words.code}: ${view.code}.` }
  const body = <Refused guest={guest} home={view.home} text={text} />
  return openPage(guest, { title: words.title, body, status: view.status, narrow: true })
}

function Refused(props: { guest: Guest; home: string; text: { title: string; sentence: string; mend: string } }) {
  return (
    <RefusalBody text={props.text}>
      <a class="btn pri" href={props.home}>
        {props.guest.words.soe.back}
      </a>
    </RefusalBody>
  )
}

/** Asks before signing out when nothing proves that the person itself asked for it. */
export function confirmSignOutPage(guest: Guest, view: { action: string; secret: string; home: string }): Answer {
  const text = guest.words.soe.signOut
  const body = (
    <form class="card" method="post" action={view.action}>
      <div class="sect stack">
        <h1>{text.title}</h1>
        <p>{text.lead}</p>
        <input type="hidden" name="xsrf" value={view.secret} />
        <div class="acts">
          <button class="btn pri" type="submit" name="logout" value="yes">
            <Icon name="logout" />
            {text.yes}
          </button>
          <a class="btn" href={view.home}>
            {guest.words.soe.back}
          </a>
        </div>
      </div>
    </form>
  )
  return openPage(guest, { title: text.title, body, narrow: true })
}

export function signedOutPage(guest: Guest, home: string): Answer {
  const text = guest.words.soe.signOut
  const body = (
    <section class="card">
      <div class="sect stack">
        <h1>{text.doneTitle}</h1>
        <p>{text.done}</p>
        <div class="acts">
          <a class="btn pri" href={home}>
            {guest.words.soe.back}
          </a>
        </div>
      </div>
    </section>
  )
  return openPage(guest, { title: text.doneTitle, body, narrow: true })
}
