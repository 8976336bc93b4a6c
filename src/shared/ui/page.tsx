// The shell of every page: document, header with menu, search and user, crumbs, footer. What a page says stands in its room.
import type { ComponentChildren, VNode } from 'preact'
import { renderToString } from 'preact-render-to-string'
import { adminPages } from '#shared/kit/admin-pages.ts'
import { assetPath } from '#shared/ui/assets.ts'
import { Notice } from '#shared/ui/form.tsx'
import { drawnBefore } from '#shared/ui/html.ts'
import {
  Bell,
  FooterInner,
  LanguageTool,
  LiveNotice,
  Logo,
  MainMenu,
  offersOpening,
  SearchBox,
  type Section,
  SkipLinks,
  ThemeTool,
  UserMenu,
} from '#shared/ui/shell.tsx'
import type { Answer, Guest, Visit } from '#shared/web/site.ts'

export interface Crumb {
  readonly label: string
  readonly href?: string
}

export interface PageContent {
  readonly title: string
  /** Which entry of the menu is the current one. */
  readonly section?: Section
  /** The way here, after Início; the last one is this page. */
  readonly crumbs?: readonly Crumb[]
  readonly body: ComponentChildren
  readonly status?: number
  /** Said once above the page, as after a post. */
  readonly notice?: string | undefined
  /** What stands in the search box. */
  readonly term?: string
}

/** A page for a signed-in visitor. The body brings its own h1. */
export function page(visit: Visit, content: PageContent): Answer {
  const inner = (
    <>
      <header class="top">
        <div class="wrap">
          {content.term === undefined ? (
            drawnBefore(
              fixed(
                visit,
                `top ${content.section} ${visit.actor.side} ${offersOpening(visit.actor)} ${adminPages(visit.actor)}`,
                () => <Top visit={visit} content={content} />,
              ),
            )
          ) : (
            <Top visit={visit} content={content} />
          )}
          <div class="tools">
            {drawnBefore(fixed(visit, 'bell', () => <Bell guest={visit} />))}
            <LanguageTool guest={visit} />
            <ThemeTool guest={visit} />
            <UserMenu visit={visit} />
          </div>
        </div>
      </header>
      {drawnBefore(fixed(visit, 'live', () => <LiveNotice guest={visit} />))}
      <main id="conteudo" class="wrap" tabIndex={-1}>
        {content.crumbs ? <Crumbs guest={visit} crumbs={content.crumbs} /> : null}
        {content.notice ? (
          <Notice tone={(content.status ?? 200) < 400 ? 'ok' : 'warn'} live>
            <p>{content.notice}</p>
          </Notice>
        ) : null}
        {content.body}
      </main>
    </>
  )
  return answer(visit, content, inner)
}

/** Depends on language, side, place and right to open alone, while nothing is searched. */
function Top({ visit, content }: { visit: Visit; content: PageContent }) {
  return (
    <>
      <Logo guest={visit} />
      <MainMenu visit={visit} section={content.section} />
      <SearchBox guest={visit} term={content.term} />
    </>
  )
}

export interface OpenContent {
  readonly title: string
  readonly body: ComponentChildren
  readonly status?: number
  /** One narrow column in the middle, as for signing in. */
  readonly narrow?: boolean
}

/** A page anyone may open: the header has no menu, search or user. The body brings its own h1. */
export function openPage(guest: Guest, content: OpenContent): Answer {
  const inner = (
    <>
      <header class="top">
        <div class="wrap">
          <Logo guest={guest} />
          <div class="tools push">
            <LanguageTool guest={guest} />
            <ThemeTool guest={guest} />
          </div>
        </div>
      </header>
      <main id="conteudo" class={content.narrow ? 'wrap narrow' : 'wrap'} tabIndex={-1}>
        {content.body}
      </main>
    </>
  )
  return answer(guest, content, inner, true)
}

/** A page anyone may open: with menu, search and user for a signed-in visitor. Give routes of `eitherGet`. */
export function eitherPage(guest: Guest | Visit, content: PageContent): Answer {
  return 'actor' in guest ? page(guest, content) : openPage(guest, content)
}

function answer(guest: Guest, content: { title: string; status?: number }, inner: VNode, open = false): Answer {
  const theme = guest.theme ? ` data-theme="${guest.theme}"` : ''
  const title = renderToString(<title>{`${content.title} · EPROD · DETRAN-RS`}</title>)
  const html =
    `<!doctype html><html lang="${guest.lang}"${theme}><head><meta charset="utf-8">${title}${fixedHead()}</head><body>` +
    `${fixed(guest, open ? 'skip-open' : 'skip', () => <SkipLinks guest={guest} open={open} />)}` +
    `${renderToString(inner)}` +
    `${fixed(guest, 'foot', () => <Footer guest={guest} />)}</body></html>`
  return content.status === undefined ? { html } : { html, status: content.status }
}

let head: string | undefined
function fixedHead(): string {
  head ??= renderToString(
    <>
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <link rel="icon" href={assetPath('favicon.svg')} type="image/svg+xml" />
      <link rel="preload" href={assetPath('font.woff2')} as="font" type="font/woff2" crossOrigin="anonymous" />
      <link rel="stylesheet" href={assetPath('style.css')} />
      <script type="module" src={assetPath('main.js')} />
    </>,
  )
  return head
}

/** Parts that are the same for everybody of a language are drawn once: the shell is on every request's path. */
const drawn = new Map<string, string>()
function fixed(guest: Guest, name: string, draw: () => VNode): string {
  const key = `${guest.lang} ${name}`
  let html = drawn.get(key)
  if (html === undefined) {
    html = renderToString(draw())
    drawn.set(key, html)
  }
  return html
}

function Footer({ guest }: { guest: Guest }) {
  return (
    <footer class="foot" id="rodape" tabIndex={-1}>
      <FooterInner guest={guest} />
    </footer>
  )
}

function Crumbs({ guest, crumbs }: { guest: Guest; crumbs: readonly Crumb[] }) {
  const last = crumbs.length - 1
  return (
    <nav class="crumb" aria-label={guest.words.shared.crumbs}>
      <ol>
        <li>
          <a href="/">{guest.words.shared.menu.home}</a>
        </li>
        {crumbs.map((crumb, at) => (
          <li key={crumb.label} aria-current={at === last ? 'page' : undefined}>
            {crumb.href && at !== last ? <a href={crumb.href}>{crumb.label}</a> : crumb.label}
          </li>
        ))}
      </ol>
    </nav>
  )
}
