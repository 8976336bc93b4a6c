// What a person gets by mail: a card of /preferencias for whoever is signed in, and its post.
import { choiceOf, failingOf } from '#notifications/reads.ts'
import { SCOPES } from '#notifications/rules/kinds.ts'
import { putChoice } from '#notifications/store.ts'
import { FailingNotice } from '#notifications/web/failing.tsx'
import { RadioField, TickField } from '#shared/ui/fields.tsx'
import { FormStart } from '#shared/ui/form.tsx'
import { type Answer, fieldOf, type Site, type Visit } from '#shared/web/site.ts'
import type { Lang } from '#words/words.ts'

const PATH = '/preferencias/avisos'

export function routes(site: Site): void {
  site.post(PATH, saveChoice)
}

async function saveChoice(visit: Visit): Promise<Answer> {
  const { tx, actor, posted, lang } = visit
  const scope = SCOPES.find((one) => one === fieldOf(posted, 'avisos')) ?? 'mine'
  await putChoice(tx, actor, { scope, digest: posted.fields.resumo?.includes('1') ?? false, lang, at: visit.now })
  return { redirect: '/preferencias?feito=avisos' }
}

/** The language of a person's pages is that of the letters. */
export async function keepLang({ tx, actor, now }: Visit, lang: Lang): Promise<void> {
  const kept = await choiceOf(tx, actor.personId, 'pt-BR')
  if (kept.lang !== lang) await putChoice(tx, actor, { ...kept, lang, at: now })
}

/** The card; /preferencias shows it below its own. */
export async function choiceCard(visit: Visit) {
  const { choice } = visit.words.notifications
  const kept = await choiceOf(visit.tx, visit.actor.personId, visit.lang)
  const failing = await failingOf(visit.tx, visit.actor.email)
  const staff = visit.actor.side === 'staff'
  const hints = staff ? choice.staffHints : choice.scopeHints
  return (
    <form class="card" method="post" action={PATH} aria-labelledby="titulo-avisos">
      <FormStart visit={visit} action={PATH} />
      <section class="sect stack">
        {failing ? <FailingNotice visit={visit} failing={failing} /> : null}
        <RadioField
          id="avisos"
          name="avisos"
          label={choice.title}
          heading={<h2 id="titulo-avisos">{choice.title}</h2>}
          hint={choice.hint}
          value={kept.scope}
          choices={SCOPES.map((scope) => ({
            value: scope,
            label: scope === 'all' && staff ? choice.staffAll : choice.scopes[scope],
            hint: hints[scope],
          }))}
        />
        <TickField id="resumo" name="resumo" value="1" checked={kept.digest} label={choice.digest} />
      </section>
      <div class="bar-end">
        <p class="hint">{choice.lang}</p>
        <button type="submit" class="btn pri">
          {choice.save}
        </button>
      </div>
    </form>
  )
}
