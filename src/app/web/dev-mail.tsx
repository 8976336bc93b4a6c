// /dev/mail: the letters kept because there is no mail server. Registered only in the demonstration.
import { Readable } from 'node:stream'
import type { Db } from '#shared/db/connect.ts'
import { showInstant } from '#shared/kit/dates.ts'
import { keptLetters } from '#shared/mail/store.ts'
import { found } from '#shared/refusals.ts'
import { Empty } from '#shared/ui/form.tsx'
import { openPage } from '#shared/ui/page.tsx'
import type { Answer, Guest, Site } from '#shared/web/site.ts'

/** `db`: of the role that may call `mail.kept_letters`. */
export function routes(site: Site, db: Db): void {
  const letterOf = async (params: unknown) => {
    const id = (params as { id: string }).id
    return found((await keptLetters(db)).find((letter) => String(letter.id) === id))
  }
  site.openGet('/dev/mail', async (guest) => listPage(guest, await keptLetters(db)))
  site.openGet('/dev/mail/:id', async (guest, request) => letterPage(guest, await letterOf(request.params)))
  site.openGet('/dev/mail/:id/html', async (_guest, request) => htmlPart((await letterOf(request.params)).html))
}

type Letter = Awaited<ReturnType<typeof keptLetters>>[number]

function listPage(guest: Guest, letters: readonly Letter[]): Answer {
  const text = guest.words.mail
  const body = (
    <>
      <div class="head first">
        <h1>{text.title}</h1>
        <p class="hint">{text.lead}</p>
      </div>
      <section class="card">
        {letters.length === 0 ? (
          <Empty icon="mail" title={text.none} text={text.noneWhy} />
        ) : (
          <div class="scroll">
            <LetterTable guest={guest} letters={letters} />
          </div>
        )}
      </section>
    </>
  )
  return openPage(guest, { title: text.title, body })
}

function LetterTable({ guest, letters }: { guest: Guest; letters: readonly Letter[] }) {
  const text = guest.words.mail
  return (
    <table class="plain">
      <thead>
        <tr>
          <th scope="col">{text.at}</th>
          <th scope="col">{text.to}</th>
          <th scope="col">{text.subject}</th>
        </tr>
      </thead>
      <tbody>
        {letters.map((letter) => (
          <tr key={letter.id}>
            <td>{showInstant(letter.at)}</td>
            <td>{letter.to}</td>
            <td>
              <a href={`/dev/mail/${letter.id}`}>{letter.subject}</a>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function letterPage(guest: Guest, letter: Letter): Answer {
  const text = guest.words.mail
  const body = (
    <article class="card">
      <div class="sect stack">
        <h1>{letter.subject}</h1>
        <p class="hint">
          {text.to}: {letter.to} · {showInstant(letter.at)}
          <br />
          {text.id}: {letter.messageId}
        </p>
        <p class="pre-line">{linked(letter.text)}</p>
        <div class="acts">
          <a class="btn" href={`/dev/mail/${letter.id}/html`}>
            {text.htmlPart}
          </a>
          <a class="btn" href="/dev/mail">
            {text.back}
          </a>
        </div>
      </div>
    </article>
  )
  return openPage(guest, { title: letter.subject, body, narrow: true })
}

/** The text with its addresses as links. */
function linked(text: string) {
  return text.split(/(https?:\/\/\S+)/).map((part, at) =>
    at % 2 === 1 ? (
      <a key={part} href={part}>
        {part}
      </a>
    ) : (
      part
    ),
  )
}

/** As the recipient's program draws it: its own document, which may style itself and do nothing else. */
function htmlPart(html: string): Answer {
  return {
    stream: Readable.from([html]),
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox allow-top-navigation-by-user-activation",
    },
  }
}
