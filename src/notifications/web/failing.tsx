// Says that letters do not reach a person's own address, and what to do: on the bell's page and beside the choices of mail.
import type { Failing } from '#notifications/reads.ts'
import { showInstant } from '#shared/kit/dates.ts'
import { Notice } from '#shared/ui/form.tsx'
import type { Visit } from '#shared/web/site.ts'

export function FailingNotice({ visit, failing: { address, since, failure } }: { visit: Visit; failing: Failing }) {
  const { failing: words } = visit.words.notifications
  return (
    <Notice tone="warn" title={words.title}>
      <p>{words.text(address, showInstant(since))}</p>
      <p>{words.mend[visit.actor.side]}</p>
      <p class="hint facts">{words.said(failure)}</p>
    </Notice>
  )
}
