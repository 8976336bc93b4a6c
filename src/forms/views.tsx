// Pieces of the room that other rooms show too: the institution's drafts, and what expired sessions sent.
import { keptHref } from '#forms/actions.ts'
import { keptPosts, type OpenDraft } from '#forms/reads.ts'
import { showInstant, showParts } from '#shared/kit/dates.ts'
import { showTicketId } from '#shared/kit/identifiers/ticket-id.ts'
import { Notice } from '#shared/ui/form.tsx'
import type { Visit } from '#shared/web/site.ts'

/** The drafts to go on with, anybody's of the institution; nothing when there are none. `more`: where the rest is listed. */
export function Drafts({
  visit,
  drafts,
  more,
}: {
  visit: Visit
  drafts: readonly OpenDraft[]
  more?: Link | undefined
}) {
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
        {more ? (
          <p>
            <a href={more.href}>{more.label}</a>
          </p>
        ) : null}
      </div>
    </section>
  )
}

interface Link {
  readonly href: string
  readonly label: string
}

/** What the visitor's expired sessions sent, each to be gone on with; nothing when there is none. */
export async function keptNotice({ tx, actor, now, words }: Visit) {
  const kept = await keptPosts(tx, actor.personId, now)
  if (kept.length === 0) return null
  const text = words.forms.kept
  return (
    <Notice title={text.title(kept.length)}>
      <ul>
        {kept.map((post) => (
          <li key={post.id}>
            <a href={keptHref(post)}>{text.one(ticketIn(post.path), showParts(post.at).time)}</a>
          </li>
        ))}
      </ul>
      <p>{text.hour}</p>
    </Notice>
  )
}

/** The ticket a post was sent to, as people write it; undefined: a draft. */
function ticketIn(path: string): string | undefined {
  const id = /^\/chamados\/(\d+)/.exec(path)?.[1]
  return id && showTicketId(Number(id))
}
