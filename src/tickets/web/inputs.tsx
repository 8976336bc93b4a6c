// The inputs of the ticket page's forms: one text box, one drop-down, one error line. Ids are verb and field, so that the
// summary can lead there and two forms on one page never share one.
import type { ComponentChildren } from 'preact'
import { Icon } from '#shared/ui/icon.tsx'
import type { Verb } from '#tickets/rules/lifecycle.ts'
import { LONGEST_BODY } from '#tickets/rules/moves.ts'
import { problemOf, type Screen, sentenceOf, typed } from '#tickets/web/screen.ts'

interface Input {
  readonly screen: Screen
  readonly verb: Verb
  readonly field: string
  readonly label: string
  readonly opt?: string
  readonly hint?: string
}

/** Label, hint, error and whatever stands for the input itself, wired together. */
function Field(props: Input & { children: (aria: Record<string, unknown>) => ComponentChildren }) {
  const id = `${props.verb}-${props.field}`
  const problem = problemOf(props.screen, props.verb, props.field)
  const described = [props.hint ? `${id}-dica` : '', problem ? `${id}-erro` : ''].filter(Boolean).join(' ')
  return (
    <div class="fld">
      <label for={id}>
        {props.label} {props.opt ? <span class="opt">{props.opt}</span> : null}
      </label>
      {props.hint ? (
        <p class="hint" id={`${id}-dica`}>
          {props.hint}
        </p>
      ) : null}
      <Fault id={`${id}-erro`} sentence={problem} />
      {props.children({
        id,
        name: props.field,
        'aria-describedby': described || undefined,
        'aria-invalid': problem ? true : undefined,
      })}
    </div>
  )
}

/** The error line of a field, or nothing. */
export function Fault({ id, sentence }: { id: string; sentence: string | undefined }) {
  if (!sentence) return null
  return (
    <p class="errm" id={id}>
      <Icon name="alert-circle" />
      {sentence}
    </p>
  )
}

export function TextBox(props: Input & { rows: number }) {
  const value = typed(props.screen, props.verb, props.field)
  return (
    <Field {...props}>
      {(aria) => <textarea class="ta" rows={props.rows} maxLength={LONGEST_BODY} {...aria} value={value} />}
    </Field>
  )
}

export function LineBox(props: Input & { most: number }) {
  const value = typed(props.screen, props.verb, props.field)
  return <Field {...props}>{(aria) => <input class="in" maxLength={props.most} {...aria} value={value} />}</Field>
}

/** A drop-down whose first choice is none. */
export function Choice(props: Input & { options: readonly { value: string; label: string }[]; none: string }) {
  const value = typed(props.screen, props.verb, props.field)
  return (
    <Field {...props}>
      {(aria) => (
        <select class="sel" {...aria}>
          <option value="">{props.none}</option>
          {props.options.map((option) => (
            <option key={option.value} value={option.value} selected={option.value === value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}

/** The error summary of a post shown again; its links lead to the fields. */
export function Summary({ screen }: { screen: Screen }) {
  const attempt = screen.attempt
  if (!attempt || attempt.problems.length === 0) return null
  return (
    <section class="sum" role="alert" aria-labelledby="resumo" tabIndex={-1}>
      <h2 id="resumo">
        <Icon name="alert-circle" />
        {screen.visit.words.ticketPage.summary(attempt.problems.length)}
      </h2>
      <ul>
        {attempt.problems.map((problem) => (
          <li key={problem.field + problem.code}>
            <a href={`#${attempt.verb}-${problem.field}`}>{sentenceOf(screen, problem)}</a>
          </li>
        ))}
      </ul>
    </section>
  )
}
