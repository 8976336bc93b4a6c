// The pieces of the shell that page.tsx puts together: logo, menu, search, tools, footer.
import { type Actor, mayWriteForInstitution } from '#shared/kit/actor.ts'
import { ADMIN_PAGES, adminPages } from '#shared/kit/admin-pages.ts'
import { Icon } from '#shared/ui/icon.tsx'
import type { Guest, Visit } from '#shared/web/site.ts'
import type { Words } from '#words/words.ts'

export type Section = 'home' | 'tickets' | 'open' | 'desk' | 'admin' | 'help'

/** eMAG 3.1: Alt+1 content, 2 menu, 3 search, 4 footer. Open pages have neither menu nor search. */
export function SkipLinks({ guest, open }: { guest: Guest; open: boolean }) {
  const skip = guest.words.shared.skip
  const links = [
    { key: '1', href: '#conteudo', label: skip.content },
    { key: '2', href: '#menu', label: skip.menu },
    { key: '3', href: '#pesquisa', label: skip.search },
    { key: '4', href: '#rodape', label: skip.footer },
  ].filter((link) => !open || link.key === '1' || link.key === '4')
  return (
    <nav class="skips" aria-label={skip.label}>
      {links.map((link) => (
        // biome-ignore lint/a11y/noAccessKey: eMAG 3.1 (recommendation 1.5) requires these four
        <a key={link.key} class="skip" href={link.href} accessKey={link.key}>
          {link.label}
        </a>
      ))}
    </nav>
  )
}

export function Logo({ guest }: { guest: Guest }) {
  const words = guest.words.shared
  return (
    <a class="logo" href="/">
      <b>{words.product}</b>
      <span>{words.owner}</span>
      <i class="vh"> · {words.homeLink}</i>
    </a>
  )
}

/** May the actor open tickets, so that the menu offers it? Staff never file. */
export function offersOpening(actor: Actor): boolean {
  return mayWriteForInstitution(actor)
}

/** Início, Atendimento with its entries, Ajuda. `<details>` opens without scripts. */
export function MainMenu({ visit, section }: { visit: Visit; section: Section | undefined }) {
  const menu = visit.words.shared.menu
  const service = section === 'tickets' || section === 'open' || section === 'desk'
  return (
    <nav class="nav" id="menu" tabIndex={-1} aria-label={menu.label}>
      <a href="/" aria-current={section === 'home' ? 'page' : undefined}>
        {menu.home}
      </a>
      <details class="drop" name="topo">
        <summary aria-current={service ? 'true' : undefined}>
          {menu.service}
          <Icon name="chevron-down" />
        </summary>
        <div class="pop">
          {offersOpening(visit.actor) ? (
            <Entry href="/abrir-chamado" label={menu.open} current={section === 'open'} />
          ) : null}
          <Entry href="/chamados" label={menu.list} current={section === 'tickets'} />
          {visit.actor.side === 'staff' ? (
            <Entry href="/atendimento" label={menu.queue} current={section === 'desk'} />
          ) : null}
        </div>
      </details>
      <AdminMenu visit={visit} current={section === 'admin'} />
      <a href="/ajuda" aria-current={section === 'help' ? 'page' : undefined}>
        {menu.help}
      </a>
    </nav>
  )
}

/** For those whose classes open any of its pages. */
function AdminMenu({ visit, current }: { visit: Visit; current: boolean }) {
  const pages = adminPages(visit.actor)
  if (pages.length === 0) return null
  return (
    <details class="drop" name="topo">
      <summary aria-current={current ? 'true' : undefined}>
        {visit.words.shared.menu.admin}
        <Icon name="chevron-down" />
      </summary>
      <div class="pop">
        {pages.map((one) => (
          <Entry key={one} href={ADMIN_PAGES[one].path} label={visit.words.admin.pages[one]} current={false} />
        ))}
      </div>
    </details>
  )
}

function Entry({ href, label, current }: { href: string; label: string; current: boolean }) {
  return (
    <a href={href} aria-current={current ? 'page' : undefined}>
      {label}
    </a>
  )
}

export function SearchBox({ guest, term }: { guest: Guest; term: string | undefined }) {
  const search = guest.words.shared.search
  return (
    <search class="find">
      <form
        action="/pesquisar"
        data-suggest="/pesquisar/sugestoes"
        data-list={search.suggestions}
        data-one={search.suggested(1)}
        data-many={search.suggested(2)}
      >
        <label class="vh" for="pesquisa">
          {search.label}
        </label>
        <Icon name="search" />
        <input id="pesquisa" type="search" name="q" value={term} placeholder={search.placeholder} maxLength={80} />
        <button class="vh" type="submit">
          {search.button}
        </button>
      </form>
    </search>
  )
}

/** The other language, one click away. */
export function LanguageTool({ guest }: { guest: Guest }) {
  const language = guest.words.shared.language
  return (
    <form method="post" action="/preferencias">
      <input type="hidden" name="volta" value={guest.path} />
      <button type="submit" class="tool lang" name="idioma" value={language.otherCode} lang={language.otherCode}>
        <span aria-hidden="true">{language.otherShort}</span>
        <span class="vh">{language.switchTo}</span>
      </button>
    </form>
  )
}

/** Both buttons are there; the stylesheet shows the one that changes something (the system's scheme is unknown here). */
export function ThemeTool({ guest }: { guest: Guest }) {
  const theme = guest.words.shared.theme
  return (
    <form method="post" action="/preferencias" data-theme-switch>
      <input type="hidden" name="volta" value={guest.path} />
      <button type="submit" class="tool to-dark" name="tema" value="dark">
        <Icon name="moon" />
        <span class="vh">{theme.dark}</span>
      </button>
      <button type="submit" class="tool to-light" name="tema" value="light">
        <Icon name="sun" />
        <span class="vh">{theme.light}</span>
      </button>
    </form>
  )
}

/** The bell. How many are unread comes by the live stream, so that no page waits for a count. */
export function Bell({ guest }: { guest: Guest }) {
  const { notifications } = guest.words
  return (
    <a
      class="tool bell"
      href="/avisos"
      data-bell
      data-one={notifications.unread(1)}
      data-many={notifications.unread(2)}
      data-most={notifications.unread(100)}
    >
      <Icon name="bell" />
      <span class="vh">{notifications.bell}</span>
      <b data-unread hidden />
      <span class="vh" data-unread-said />
    </a>
  )
}

const NONE_UNREAD = '<b data-unread="true" hidden></b><span class="vh" data-unread-said="true"></span>'

/** A page whose bell shows how much is not read: the bell itself is drawn once for everybody. */
export function withUnread(page: string, unread: number, { notifications }: Words): string {
  if (unread === 0) return page
  const count = unread >= 100 ? '99+' : String(unread)
  const said = `<span class="vh" data-unread-said="true">${notifications.unread(unread)}</span>`
  return page.replace(NONE_UNREAD, `<b data-unread="true">${count}</b>${said}`)
}

/** Shown by the live stream when the page has changed and something is being typed into it. */
export function LiveNotice({ guest }: { guest: Guest }) {
  const { live } = guest.words.notifications
  return (
    <div class="live-notice" role="status" data-live-notice hidden>
      <p>
        <b>{live.changed}</b> {live.hint}
      </p>
      <button type="button" class="btn" data-live-reload>
        {live.show}
      </button>
    </div>
  )
}

/** The first letters of the first and the last name. */
export function initials(name: string): string {
  const parts = name.trim().split(/\s+/)
  const last = parts.length > 1 ? (parts.at(-1)?.[0] ?? '') : ''
  return `${parts[0]?.[0] ?? ''}${last}`.toUpperCase()
}

export function UserMenu({ visit }: { visit: Visit }) {
  const { actor, words } = visit
  return (
    <details class="drop user" name="topo">
      <summary class="tool">
        <span class={actor.side === 'staff' ? 'ava tec' : 'ava'} aria-hidden="true">
          {initials(actor.name)}
        </span>
        <span class="lbl">
          {actor.name}
          <small>{actor.institutionName}</small>
        </span>
        <span class="vh">{words.shared.user.menu}</span>
      </summary>
      <div class="pop">
        <p class="who">
          <b>{actor.name}</b>
          <span>{actor.institutionName}</span>
        </p>
        <a href="/preferencias">
          <Icon name="settings" />
          {words.shared.user.preferences}
        </a>
        <a href="/sessao">
          <Icon name="clock" />
          {words.shared.user.session}
        </a>
        <form method="post" action="/sair">
          <button type="submit">
            <Icon name="logout" />
            {words.shared.user.signOut}
          </button>
        </form>
      </div>
    </details>
  )
}

export function FooterInner({ guest }: { guest: Guest }) {
  const foot: Words['shared']['footer'] = guest.words.shared.footer
  return (
    <div class="wrap">
      <span>{foot.team}</span>
      <a href={`mailto:${foot.email}`}>{foot.email}</a>
      <a href="/ajuda">{foot.help}</a>
      <a href="/acessibilidade">{foot.accessibility}</a>
      <a href="/privacidade">{foot.privacy}</a>
    </div>
  )
}
