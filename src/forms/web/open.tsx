// Abrir chamado: the subjects, the institution's drafts, and what each case will ask for.
import { openDraft, refuseUnlessMayFile } from '#forms/actions.ts'
import { definitionOf, isRetired, openDrafts, publishedForms } from '#forms/reads.ts'
import type { Definition } from '#forms/rules/definition.ts'
import { questionsOf } from '#forms/rules/definition.ts'
import { Drafts } from '#forms/views.tsx'
import { Needed } from '#forms/web/needed.tsx'
import { settingsNow } from '#settings/reads.ts'
import { Empty } from '#shared/ui/form.tsx'
import { Icon } from '#shared/ui/icon.tsx'
import { page } from '#shared/ui/page.tsx'
import { RefusalBody } from '#shared/ui/refusal.tsx'
import type { Answer, Visit } from '#shared/web/site.ts'

/** GET /abrir-chamado */
export async function showSubjects(visit: Visit): Promise<Answer> {
  refuseUnlessMayFile(visit.actor)
  const forms = await Promise.all(
    (await publishedForms(visit.tx)).map(async ({ code, id }) => ({
      code,
      definition: await definitionOf(visit.tx, id),
    })),
  )
  const { fileBytes } = await settingsNow(visit.tx)
  const text = visit.words.forms.open
  const after = new URL(visit.path, 'http://eprod').searchParams.get('depois') ?? undefined
  const { drafts, next } = await openDrafts(visit.tx, { personId: visit.actor.personId, lang: visit.lang, after })
  const more = next ? { href: `/abrir-chamado?depois=${next}#rascunhos`, label: text.olderDrafts } : undefined
  return page(visit, {
    title: text.title,
    section: 'open',
    crumbs: [{ label: text.title }],
    notice: visit.path.endsWith('?feito=descartado') ? text.discarded : undefined,
    body: (
      <>
        <div class="head">
          <div>
            <h1>{text.title}</h1>
            <p class="hint">{text.intro}</p>
          </div>
        </div>
        <div class="stack">
          {forms.length === 0 ? <Empty title={text.noForms} text={text.noFormsText} /> : null}
          <div class="tiles">
            {forms.map(({ code, definition }) => (
              <a class="card tile" key={code} href={`/abrir-chamado/${code}`}>
                <Icon name="building-bank" />
                <span>
                  <b>{definition.title[visit.lang]}</b>
                  <span class="hint">{offersOf(definition, visit)}</span>
                </span>
              </a>
            ))}
          </div>
          <Drafts visit={visit} drafts={drafts} more={more} />
          {forms.map(({ code, definition }) => (
            <Needed key={code} {...{ visit, code, definition, fileBytes }} alone={forms.length === 1} />
          ))}
        </div>
      </>
    ),
  })
}

/** What the form's first choice offers, as the tile says it. */
function offersOf(definition: Definition, visit: Visit): string {
  const first = questionsOf(definition).find((one) => one.type === 'choice')
  const options = first && first.key !== definition.facts.case ? (first.options ?? []) : []
  return options.map((one) => one.label[visit.lang]).join(' · ')
}

/** GET /abrir-chamado/:code: a new draft of the form; of one that is out of use, a page that says so. */
export async function startDraft(visit: Visit, code: string): Promise<Answer> {
  refuseUnlessMayFile(visit.actor)
  if (await isRetired(visit.tx, code)) return retiredPage(visit)
  return { redirect: `/rascunhos/${await openDraft(visit, code)}` }
}

function retiredPage(visit: Visit): Answer {
  const text = visit.words.forms.open
  const said = { title: text.retiredTitle, sentence: text.retiredText, mend: text.retiredMend }
  return page(visit, {
    title: text.retiredTitle,
    section: 'open',
    status: 410,
    body: (
      <RefusalBody text={said}>
        <a class="btn pri" href="/abrir-chamado">
          {text.title}
        </a>
      </RefusalBody>
    ),
  })
}
