// GET /ajuda: the quick guide of docs/ in the visitor's language, and the pictures it names. Texts around it: words/help.
import { Readable } from 'node:stream'
import { type Guide, type Picture, readGuide, readPictures } from '#app/web/guide.ts'
import { found } from '#shared/refusals.ts'
import { eitherPage } from '#shared/ui/page.tsx'
import type { Answer, Guest, Site } from '#shared/web/site.ts'
import type { Lang } from '#words/words.ts'

const YEAR_SECONDS = 365 * 86_400

/** Where a guide's `pictures/x` is served. */
const FIGURES = '/ajuda/figuras'

/** Registers them. `docs`: the folder of the guides; read once, at the start. */
export function routes(site: Site, docs: string): void {
  const pictures = readPictures(docs)
  const place = { pictures, base: FIGURES }
  const guides: Readonly<Record<Lang, (open: boolean) => Guide>> = {
    'pt-BR': readGuide(docs, 'guia-rapido.md', place),
    en: readGuide(docs, 'quick-guide.md', place),
  }
  site.eitherGet('/ajuda', async (guest, request) => {
    const open = (request.query as { figuras?: string }).figuras === 'abertas'
    return helpPage(guest, guides[guest.lang](open), open)
  })
  site.openGet(`${FIGURES}/:name`, async (_guest, request) => {
    const { name = '' } = request.params as { name?: string }
    const picture = found(pictures.get(name))
    return pictureAnswer(picture, (request.query as { v?: string }).v === picture.hash)
  })
}

function pictureAnswer(picture: Picture, named: boolean): Answer {
  return {
    stream: Readable.from([picture.bytes]),
    headers: {
      'content-type': picture.mediaType,
      'content-length': String(picture.bytes.length),
      // An address with the content's hash always means the same bytes.
      'cache-control': named ? `public, max-age=${YEAR_SECONDS}, immutable` : 'public, max-age=300',
    },
  }
}

/** Figures are closed until asked for, so that the page stays light; `open` shows them all, as for printing. */
function helpPage(guest: Guest, guide: Guide, open: boolean): Answer {
  const text = guest.words.help
  return eitherPage(guest, {
    title: text.title,
    section: 'help',
    crumbs: [{ label: guest.words.shared.menu.help }],
    body: (
      <>
        <div class="head">
          <div>
            <h1>{guide.title}</h1>
            <p class="hint">{text.onlyHere}</p>
          </div>
          <div class="acts">
            <a class="btn" href={open ? '/ajuda' : '/ajuda?figuras=abertas'}>
              {open ? text.closeFigures : text.openFigures}
            </a>
          </div>
        </div>
        <div class="two">
          {/* Our own file, drawn with HTML switched off. */}
          <article class="card prose guide" dangerouslySetInnerHTML={{ __html: guide.html }} />
          <aside class="stack stick side">
            <nav class="card props" aria-labelledby="neste-guia">
              <h2 id="neste-guia">{text.contents}</h2>
              <ol class="toc">
                {guide.headings.map((heading) => (
                  <li key={heading.id}>
                    <a href={`#${heading.id}`}>{heading.text}</a>
                  </li>
                ))}
              </ol>
            </nav>
            <section class="card props">
              <h2>{text.doubts}</h2>
              <p class="hint pad pt0">
                {text.doubtsText}{' '}
                <a href={`mailto:${guest.words.shared.footer.email}`}>{guest.words.shared.footer.email}</a>.
              </p>
            </section>
          </aside>
        </div>
      </>
    ),
  })
}
