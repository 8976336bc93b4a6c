// Pages that belong to no room: /privacidade and /acessibilidade. Open to anyone.
import { eitherPage } from '#shared/ui/page.tsx'
import type { Answer, Guest, Site } from '#shared/web/site.ts'

export function routes(site: Site): void {
  site.eitherGet('/privacidade', async (guest) => reading(guest, 'privacy'))
  site.eitherGet('/acessibilidade', async (guest) => reading(guest, 'accessibility'))
}

function reading(guest: Guest, name: 'privacy' | 'accessibility'): Answer {
  const text = guest.words.pages[name]
  return eitherPage(guest, {
    title: text.title,
    body: (
      <>
        <div class="head first">
          <h1>{text.title}</h1>
        </div>
        <div class="card prose">
          <p>{text.intro}</p>
          {text.parts.map((part) => (
            <section key={part.heading}>
              <h2>{part.heading}</h2>
              {part.lines.length === 1 ? (
                <p>{part.lines[0]}</p>
              ) : (
                <ul>
                  {part.lines.map((line) => (
                    <li key={line}>{line}</li>
                  ))}
                </ul>
              )}
            </section>
          ))}
        </div>
      </>
    ),
  })
}
