// /preferencias: theme and language of this browser, kept in cookies; a person's language is that of the letters too. Open to anyone: the entry page offers them too.
import type { FastifyRequest } from 'fastify'
import type { VNode } from 'preact'
import { ownPath } from '#shared/kit/own-path.ts'
import { Notice } from '#shared/ui/form.tsx'
import { eitherPage } from '#shared/ui/page.tsx'
import type { Answer, Cookie, Guest, Site, Visit } from '#shared/web/site.ts'
import { LANGS, type Lang } from '#words/words.ts'

const YEAR_SECONDS = 365 * 86_400
const THEMES = ['system', 'light', 'dark'] as const
const LANGUAGE_NAMES = { 'pt-BR': 'Português (Brasil)', en: 'English' } as const satisfies Record<Lang, string>

/** What rooms to the right add for a signed-in person. */
export interface PersonDoors {
  /** What else can be chosen, drawn below. */
  card(visit: Visit): Promise<VNode>
  /** The language was chosen. */
  keepLang(visit: Visit, lang: Lang): Promise<void>
}

export function routes(site: Site, doors: PersonDoors): void {
  site.eitherGet('/preferencias', async (guest) =>
    showPreferences(guest, 'actor' in guest ? await doors.card(guest as Visit) : null),
  )
  site.eitherPost('/preferencias', (guest, request) => savePreferences(guest, request, doors))
}

function showPreferences(guest: Guest, card: VNode | null): Answer {
  const { preferences } = guest.words.shared
  const saved = new URL(guest.path, 'http://eprod').searchParams.get('feito')
  return eitherPage(guest, {
    title: preferences.title,
    body: (
      <div class="prefs">
        <div class="head first">
          <div>
            <h1>{preferences.title}</h1>
            <p class="hint">{preferences.intro}</p>
          </div>
        </div>
        {saved === 'salvo' || saved === 'avisos' ? (
          <Notice tone="ok" live>
            <p>{saved === 'salvo' ? preferences.saved : guest.words.notifications.choice.saved}</p>
          </Notice>
        ) : null}
        <PreferencesForm guest={guest} />
        {card}
      </div>
    ),
  })
}

function PreferencesForm({ guest }: { guest: Guest }) {
  const { preferences } = guest.words.shared
  return (
    <form class="card" method="post" action="/preferencias">
      <input type="hidden" name="volta" value="/preferencias?feito=salvo" />
      <ThemeChoice guest={guest} />
      <LanguageChoice guest={guest} />
      <div class="bar-end">
        <p class="hint" />
        <button type="submit" class="btn pri">
          {preferences.save}
        </button>
      </div>
    </form>
  )
}

function ThemeChoice({ guest }: { guest: Guest }) {
  const { preferences } = guest.words.shared
  return (
    <section class="sect">
      <fieldset>
        <legend>
          <h2>{preferences.theme}</h2>
        </legend>
        <div class="radios">
          {THEMES.map((theme) => (
            <label key={theme} class="pick">
              <input type="radio" name="tema" value={theme} checked={theme === (guest.theme ?? 'system')} />
              <b>{preferences.themes[theme]}</b>
              <span class="hint">{preferences.themeHints[theme]}</span>
            </label>
          ))}
        </div>
      </fieldset>
    </section>
  )
}

function LanguageChoice({ guest }: { guest: Guest }) {
  const { preferences } = guest.words.shared
  return (
    <section class="sect">
      <fieldset>
        <legend>
          <h2>{preferences.language}</h2>
        </legend>
        <div class="radios">
          {LANGS.map((lang) => (
            <label key={lang} class="pick" lang={lang}>
              <input type="radio" name="idioma" value={lang} checked={lang === guest.lang} />
              <b>{LANGUAGE_NAMES[lang]}</b>
            </label>
          ))}
        </div>
      </fieldset>
    </section>
  )
}

/** Keeps what is understood, leaves the rest as it was, and returns to the page the person came from. */
async function savePreferences(guest: Guest, request: FastifyRequest, doors: PersonDoors): Promise<Answer> {
  const body = (request.body ?? {}) as Record<string, unknown>
  const cookies: Cookie[] = []
  const theme = THEMES.find((one) => one === body.tema)
  if (theme) cookies.push(keep('tema', theme === 'system' ? '' : theme))
  const lang = LANGS.find((one) => one === body.idioma)
  if (lang) cookies.push(keep('idioma', lang))
  if (lang && 'actor' in guest) await doors.keepLang(guest as Visit, lang)
  return { redirect: ownPath(body.volta) ?? '/', cookies }
}

function keep(name: string, value: string): Cookie {
  return { name, value, maxAgeSeconds: YEAR_SECONDS }
}
