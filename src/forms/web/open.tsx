// Abrir chamado: the subjects, the institution's drafts, and what each case will ask for.
import { openDraft, refuseUnlessMayFile } from '#forms/actions.ts'
import { definitionOf, type OpenDraft, openDrafts, publishedVersion } from '#forms/reads.ts'
import type { Definition, DocumentRule, Option } from '#forms/rules/definition.ts'
import { questionsOf } from '#forms/rules/definition.ts'
import { neededFor } from '#forms/rules/needed.ts'
import { showInstant } from '#shared/kit/dates.ts'
import { found } from '#shared/refusals.ts'
import { Icon } from '#shared/ui/icon.tsx'
import { page } from '#shared/ui/page.tsx'
import type { Answer, Visit } from '#shared/web/site.ts'

/** Code of the form and end of its address. */
export const FINANCIAL = 'instituicoes-financeiras'

/** GET /abrir-chamado */
export async function showSubjects(visit: Visit): Promise<Answer> {
  refuseUnlessMayFile(visit.actor)
  const version = found(await publishedVersion(visit.tx, FINANCIAL))
  const definition = await definitionOf(visit.tx, version)
  const drafts = await openDrafts(visit.tx, { personId: visit.actor.personId, lang: visit.lang })
  const text = visit.words.forms.open
  return page(visit, {
    title: text.title,
    section: 'open',
    crumbs: [{ label: text.title }],
    body: (
      <>
        <div class="head">
          <div>
            <h1>{text.title}</h1>
            <p class="hint">{text.intro}</p>
          </div>
        </div>
        <div class="stack">
          <div class="tiles">
            <a class="card tile" href={`/abrir-chamado/${FINANCIAL}`}>
              <Icon name="building-bank" />
              <span>
                <b>{text.tile}</b>
                <span class="hint">{text.tileText}</span>
              </span>
            </a>
          </div>
          <Drafts visit={visit} drafts={drafts} />
          <Needed visit={visit} definition={definition} />
        </div>
      </>
    ),
  })
}

/** GET /abrir-chamado/instituicoes-financeiras: one's own empty draft, made if there is none. */
export async function startDraft(visit: Visit): Promise<Answer> {
  return { redirect: `/rascunhos/${await openDraft(visit, FINANCIAL)}` }
}

function Drafts({ visit, drafts }: { visit: Visit; drafts: readonly OpenDraft[] }) {
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

function Needed({ visit, definition }: { visit: Visit; definition: Definition }) {
  const text = visit.words.forms.open
  const cases = questionsOf(definition).find((one) => one.key === definition.facts.case)?.options ?? []
  return (
    <section class="card" aria-labelledby="precisa">
      <div class="sect">
        <h2 id="precisa">{text.needed}</h2>
        <p class="hint">{text.neededHint}</p>
        <div class="cases">
          {cases.map((one) => (
            <CaseNeeds key={one.value} visit={visit} definition={definition} option={one} />
          ))}
        </div>
      </div>
    </section>
  )
}

function CaseNeeds({ visit, definition, option }: { visit: Visit; definition: Definition; option: Option }) {
  const { lang, words } = visit
  const text = words.forms.open
  const needed = neededFor(definition, option.value)
  const names = (documents: readonly DocumentRule[]): string => documents.map((one) => one.name[lang]).join(', ')
  return (
    <details>
      <summary>
        <Icon name="chevron-right" />
        {option.label[lang]}
      </summary>
      <p class="hint">{option.hint?.[lang]}</p>
      <ul>
        {needed.required.map((one) => (
          <li key={one.key}>
            {one.name[lang]} <span class="tag">{text.neededAlways}</span>
          </li>
        ))}
        {needed.groups.map((key) => (
          <li key={key}>{text.neededGroup(definition.groups.find((one) => one.key === key)?.name[lang] ?? '')}</li>
        ))}
      </ul>
      {needed.maybe.length > 0 ? (
        <p class="hint">
          {text.neededMaybe} {names(needed.maybe)}
        </p>
      ) : null}
      {needed.optional.length > 0 ? (
        <p class="hint">
          {text.neededIfAny} {names(needed.optional)}
        </p>
      ) : null}
      {option.legalBasis ? <p class="hint">{words.forms.draft.legalBasis(option.legalBasis[lang])}</p> : null}
    </details>
  )
}
