// The user part of SOE/WEB's guide (guide, steps 1 and 2), at /soe/ajuda.
import { openPage } from '#shared/ui/page.tsx'
import type { Answer, Guest } from '#shared/web/site.ts'

/** Who registers users, which classes there are, how to enter. */
export function helpPage(guest: Guest, home: string): Answer {
  const text = guest.words.soe.help
  const body = (
    <article class="card prose">
      <h1>{text.title}</h1>
      <h2>{text.registerTitle}</h2>
      <p>{text.register}</p>
      <h3>{text.classesTitle}</h3>
      <dl>
        {text.classes.map((one) => (
          <div key={one.number}>
            <dt>
              <b>
                {one.name} · {one.number}
              </b>
            </dt>
            <dd>{one.gives}</dd>
          </div>
        ))}
      </dl>
      <p>{text.self}</p>
      <h2>{text.enterTitle}</h2>
      <p>{text.enter}</p>
      <p>{text.doubts}</p>
      <p>
        <a class="btn pri" href={home}>
          {guest.words.soe.back}
        </a>
      </p>
    </article>
  )
  return openPage(guest, { title: text.title, body, narrow: true })
}
