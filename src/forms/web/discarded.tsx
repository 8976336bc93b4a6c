// The page of a draft that was thrown away: by whom and when, and the way on.
import { discardedDraft } from '#forms/actions.ts'
import { showInstant } from '#shared/kit/dates.ts'
import { found } from '#shared/refusals.ts'
import { page } from '#shared/ui/page.tsx'
import { RefusalBody } from '#shared/ui/refusal.tsx'
import type { Answer, Visit } from '#shared/web/site.ts'

/** Instead of a draft; what the visitor's institution never had is not found. */
export async function discardedPage(visit: Visit, id: string): Promise<Answer> {
  const gone = found(await discardedDraft(visit.tx, id))
  const text = visit.words.forms.draft
  const said = {
    title: text.goneTitle,
    sentence: text.goneText(gone.by ?? '', showInstant(gone.at)),
    mend: text.goneMend,
  }
  return page(visit, {
    title: text.goneTitle,
    section: 'open',
    status: 410,
    body: (
      <RefusalBody text={said}>
        <a class="btn pri" href="/abrir-chamado">
          {visit.words.forms.open.title}
        </a>
      </RefusalBody>
    ),
  })
}
