// O que você vai precisar: each case's documents before anything is begun, with what each must be and by which answer.
import { describe } from '#criteria/rules/describe.ts'
import { isGroup } from '#criteria/rules/grammar.ts'
import type { Condition } from '#forms/rules/condition.ts'
import { type Definition, type DocumentRule, type Option, questionsOf } from '#forms/rules/definition.ts'
import { neededFor } from '#forms/rules/needed.ts'
import { limitsOf } from '#forms/web/documents.tsx'
import { conditionFields } from '#forms/web/editor/frame.tsx'
import { Icon } from '#shared/ui/icon.tsx'
import type { Visit } from '#shared/web/site.ts'

interface Asked {
  readonly visit: Visit
  readonly definition: Definition
  /** What a file may have at most, unless its document says less. */
  readonly fileBytes: number
}

export function Needed(props: Asked & { readonly code: string; readonly alone: boolean }) {
  const { visit, code, definition, alone } = props
  const text = visit.words.forms.open
  const cases = questionsOf(definition).find((one) => one.key === definition.facts.case)?.options ?? []
  return (
    <section class="card" aria-labelledby={`precisa-${code}`}>
      <div class="sect">
        <h2 id={`precisa-${code}`}>
          {text.needed}
          {alone ? '' : `: ${definition.title[visit.lang]}`}
        </h2>
        <p class="hint">{text.neededHint}</p>
        <div class="cases">
          {cases.map((one) => (
            <CaseNeeds key={one.value} {...props} option={one} />
          ))}
        </div>
      </div>
    </section>
  )
}

function CaseNeeds({ option, ...asked }: Asked & { readonly option: Option }) {
  const { visit, definition } = asked
  const text = visit.words.forms.open
  const needed = neededFor(definition, option.value)
  const item = (document: DocumentRule, tag: string) => (
    <NeededDocument key={document.key} {...asked} document={document} tag={tag} />
  )
  return (
    <details>
      <summary>
        <Icon name="chevron-right" />
        {option.label[visit.lang]}
      </summary>
      <p class="hint">{option.hint?.[visit.lang]}</p>
      <ul>
        {needed.required.map((one) => item(one, text.neededAlways))}
        {needed.groups.map((key) => (
          <li key={key}>
            {text.neededGroup(definition.groups.find((one) => one.key === key)?.name[visit.lang] ?? '')}
          </li>
        ))}
        {needed.maybe.map((one) => item(one, text.neededWhen(answersFor(asked, one))))}
        {needed.optional.map((one) => item(one, text.neededIfAny))}
      </ul>
      {option.legalBasis ? (
        <p class="hint">{visit.words.forms.draft.legalBasis(option.legalBasis[visit.lang])}</p>
      ) : null}
    </details>
  )
}

function NeededDocument({ visit, fileBytes, document, tag }: Asked & { document: DocumentRule; tag: string }) {
  const { lang, words } = visit
  const basis = document.legalBasis && words.forms.draft.legalBasis(document.legalBasis[lang])
  return (
    <li>
      {document.name[lang]} <span class="tag">{tag}</span>
      <span class="hint">{[...limitsOf(document, { words, fileBytes }), basis].filter(Boolean).join(' ')}</span>
    </li>
  )
}

/** The answers by which a document is asked for, as a sentence; what says the case again is left out. */
function answersFor({ visit, definition }: Asked, { show, need }: DocumentRule): string {
  const when = typeof need === 'object' && 'when' in need ? need.when : undefined
  const said = (condition: Condition | undefined): string => {
    const ands = condition?.every(({ link }) => link === 'and')
    const rest = condition?.filter((item) => !ands || isGroup(item) || item.field !== definition.facts.case) ?? []
    return describe(rest, conditionFields(visit, definition), visit.words.criteria)
  }
  return said(show) || said(when)
}
