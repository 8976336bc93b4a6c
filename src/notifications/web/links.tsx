// Pages behind the links of letters: confirm a typed address, stop letters. The link itself says who may; a letter's scanner
// that only opens it changes nothing.
import type { FastifyInstance } from 'fastify'
import { type LetterPlace, type Link, readLink } from '#notifications/rules/links.ts'
import { followLink } from '#notifications/store.ts'
import type { Db } from '#shared/db/connect.ts'
import { found } from '#shared/refusals.ts'
import { Notice } from '#shared/ui/form.tsx'
import { openPage } from '#shared/ui/page.tsx'
import type { Answer, Guest, Site } from '#shared/web/site.ts'

export interface LinkDoors {
  readonly db: Db
  readonly place: LetterPlace
}

const PATHS = ['/avisos/confirmar', '/avisos/parar'] as const

export function routes(site: Site, doors: LinkDoors): void {
  for (const path of PATHS) {
    site.openGet(path, async (guest) => linkPage(guest, found(readLink(doors.place, guest.path))))
    site.openPost(path, async (guest) => {
      const link = found(readLink(doors.place, guest.path))
      await followLink(doors.db, link, guest.now)
      return donePage(guest, link)
    })
  }
}

/**
 * RFC 8058: a mail provider posts `List-Unsubscribe=One-Click` from nowhere of ours; the signed link is its right. A program that
 * knows no such posts opens the address (RFC 2369): that leads to the page, which asks.
 */
export function oneClick(app: FastifyInstance, doors: LinkDoors & { now: () => Date }): void {
  const pageOf = (url: string) => url.replace('/avisos/parar/ja', '/avisos/parar')
  app.get('/avisos/parar/ja', async (request, reply) => {
    found(readLink(doors.place, pageOf(request.url)))
    return await reply.redirect(pageOf(request.url), 303)
  })
  app.post('/avisos/parar/ja', async (request, reply) => {
    const link = found(readLink(doors.place, pageOf(request.url)))
    await followLink(doors.db, link, doors.now())
    return await reply.type('text/plain').send('ok')
  })
}

function linkPage(guest: Guest, link: Link): Answer {
  const { links } = guest.words.notifications
  const confirms = link.does === 'confirm'
  const text =
    'personId' in link ? links.stopPerson : confirms ? links.confirmText(link.address) : links.stopText(link.address)
  const title = confirms ? links.confirmTitle : links.stopTitle
  return openPage(guest, {
    title,
    narrow: true,
    body: (
      <form class="card pad stack" method="post" action={guest.path}>
        <h1>{title}</h1>
        <p>{text}</p>
        <div class="acts">
          <button type="submit" class="btn pri">
            {confirms ? links.confirm : links.stop}
          </button>
        </div>
      </form>
    ),
  })
}

function donePage(guest: Guest, link: Link): Answer {
  const { links } = guest.words.notifications
  const confirms = link.does === 'confirm'
  const title = confirms ? links.confirmTitle : links.stopTitle
  return openPage(guest, {
    title,
    narrow: true,
    body: (
      <div class="card pad stack">
        <h1>{title}</h1>
        <Notice tone="ok" live>
          <p>{confirms ? links.confirmed : links.stopped}</p>
        </Notice>
      </div>
    ),
  })
}
