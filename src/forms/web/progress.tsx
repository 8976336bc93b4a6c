// How far a form is filled in: one step a section. Drawn by the server; the island draws it anew from the same rules.
import { type Definition, questionsOf } from '#forms/rules/definition.ts'
import { type Progressed, progressOf } from '#forms/rules/progress.ts'
import type { Drawing } from '#forms/web/draft-page.tsx'
import { Icon } from '#shared/ui/icon.tsx'

export function Progress({ drawing }: { drawing: Drawing }) {
  const { visit, draft, answers, verdict } = drawing
  const { lang, words } = visit
  const files = new Set(drawing.files.map((file) => file.document))
  const steps = progressOf(draft.definition, { answers, verdict, files, wrong: drawing.wrong })
  return (
    <section class="card">
      <h2>{words.forms.draft.progress}</h2>
      <ol class="steps">
        {draft.definition.sections.map((section) => {
          const step = steps.find((one) => one.key === section.key)
          return (
            <li key={section.key} class={step?.state} hidden={!step} data-step={section.key}>
              <span class="dot" aria-hidden="true">
                <span data-number>{step?.number}</span>
                <Icon name="check" />
              </span>
              <span>
                <b>{section.title[lang]}</b>
                <span data-text>{step ? textOf(drawing, step) : null}</span>
              </span>
            </li>
          )
        })}
      </ol>
    </section>
  )
}

/** Which answers say most about a section: its only choice, or the vehicle. */
export function toldOf(definition: Definition): Record<string, readonly string[]> {
  const { plate, chassis } = definition.facts
  const told = definition.sections.map(({ key, questions }) => {
    const [only] = questions
    if (questions.length === 1 && only?.type === 'choice') return [key, [only.key]] as const
    return [key, [plate, chassis].filter((one) => questions.some((question) => question.key === one))] as const
  })
  return Object.fromEntries(told)
}

function textOf(drawing: Drawing, step: Progressed): string {
  const text = drawing.visit.words.forms.draft
  const { definition } = drawing.draft
  const told = toldOf(definition)[step.key]?.find((key) => drawing.verdict.questions.has(key) && drawing.answers[key])
  if (told) {
    const value = drawing.answers[told] ?? ''
    const options = questionsOf(definition).find((one) => one.key === told)?.options
    return options?.find((one) => one.value === value)?.label[drawing.visit.lang] ?? value
  }
  if (step.documents.all > 0) return text.progressDocuments(step.documents.done, step.documents.all)
  return step.optional ? text.progressOptional : ''
}
