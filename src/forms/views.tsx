// Pieces of the room that other rooms show too: the institution's drafts.
import type { OpenDraft } from '#forms/reads.ts'
import { showInstant } from '#shared/kit/dates.ts'
import type { Visit } from '#shared/web/site.ts'

/** The drafts to go on with, anybody's of the institution; nothing when there are none. */
export function Drafts({ visit, drafts }: { visit: Visit; drafts: readonly OpenDraft[] }) {
  const text = visit.words.forms.open
  if (drafts.length === 0) return null
  return (
    <section class="card" aria-labelledby="rascunhos">
      <div class="sect">
        <h2 id="rascunhos">{text.drafts}</h2>
        <p class="hint">{text.draftsHint}</p>
        <ul class="drafts">
          {drafts.map((draft) => (
            <li key={draft.id}>
              <a href={`/rascunhos/${draft.id}`}>
                {draft.caseName ?? text.noCase} · {draft.vehicle ?? text.noVehicle}
              </a>
              <span class="hint">
                {[
                  text.by(draft.person, draft.own),
                  text.changed(showInstant(draft.updatedAt)),
                  text.files(draft.files),
                ].join(' · ')}
              </span>
            </li>
          ))}
        </ul>
      </div>
    </section>
  )
}
