// Removing a kept search (/chamados/pesquisas/:id/apagar): asked first, since others may begin their list with it or be told of it.
import type { FastifyRequest } from 'fastify'
import { removeSearch } from '#searches/actions.ts'
import { mayRemove } from '#searches/rules.ts'
import { searchOf } from '#searches/web/keep.tsx'
import { removalPath, SAVED_PATH, sentenceOf, sharedWith } from '#searches/web/saved.tsx'
import { found } from '#shared/refusals.ts'
import { FormStart } from '#shared/ui/form.tsx'
import { page } from '#shared/ui/page.tsx'
import type { Answer, Site, Visit } from '#shared/web/site.ts'

const PATH = `${SAVED_PATH}/:id/apagar`

export function routes(site: Site): void {
  site.get(PATH, ask)
  site.post(PATH, async (visit, request) => {
    await removeSearch(visit, Number((request.params as { id: string }).id) || 0)
    return { redirect: `${SAVED_PATH}?feito=apagada` }
  })
}

async function ask(visit: Visit, request: FastifyRequest): Promise<Answer> {
  const { searches, lists, shared } = visit.words
  const { saved } = searches
  const search = await searchOf(visit, request)
  found(mayRemove(search, visit.actor) ? search : undefined, 'search-gone')
  const action = removalPath(search)
  return page(visit, {
    title: saved.removeTitle,
    section: 'tickets',
    crumbs: [
      { label: shared.menu.service },
      { label: lists.title, href: '/chamados' },
      { label: saved.title, href: SAVED_PATH },
      { label: search.name, href: `${SAVED_PATH}/${search.id}` },
      { label: saved.removeTitle },
    ],
    body: (
      <div class="prefs">
        <div class="head first">
          <h1>{saved.removeAsked(search.name)}</h1>
        </div>
        <form class="card spaced" method="post" action={action}>
          <FormStart visit={visit} action={action} />
          <section class="sect">
            <p class="saved-asks">
              <b>{saved.asks}</b> {await sentenceOf(visit, search.query)}
            </p>
            <p class="hint">{sharedWith(visit, search)}</p>
            <p>{search.shared === 'private' ? saved.removePrivate : saved.removeShared}</p>
          </section>
          <div class="bar-end">
            <a class="btn" href={`${SAVED_PATH}/${search.id}`}>
              {saved.removeNot}
            </a>
            <p class="hint" />
            <button type="submit" class="btn bad">
              {saved.remove}
            </button>
          </div>
        </form>
      </div>
    ),
  })
}
