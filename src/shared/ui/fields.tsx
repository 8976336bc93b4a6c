// Fields of forms with label, hint and error, and the summary of what is wrong. File rows stand in file-row.tsx.
import type { ComponentChildren } from 'preact'
import type { Problem } from '#shared/problems.ts'
import { Icon } from '#shared/ui/icon.tsx'
import type { Facts } from '#words/problem-facts.ts'
import type { Words } from '#words/words.ts'

/** The sentence of a problem; a code without one says at least where to look. `facts` are laid over the problem's own. */
export function problemText(words: Words, problem: Problem, facts: Facts = {}): string {
  const sentences: Readonly<Record<string, (facts: Facts) => string>> = words.problems
  const say = Object.hasOwn(sentences, problem.code) ? sentences[problem.code] : undefined
  return (say ?? words.problems.unknown)({ ...problem.with, ...facts })
}

export interface FieldProps {
  /** Also the target of links in the summary. */
  readonly id: string
  readonly name: string
  readonly label: string
  readonly hint?: string | undefined
  readonly error?: string | undefined
  /** Said behind the label, as `(opcional)`. */
  readonly optional?: string | undefined
  /** Not asked for now: neither shown nor posted. */
  readonly hidden?: boolean | undefined
  /** Marks the field for a script: `data-question`. */
  readonly question?: string | undefined
  /** Must be answered, told to assistive technology; the server decides. */
  readonly required?: boolean | undefined
}

/** Ids of hint and error, for aria-describedby; undefined when there is neither. */
export function describedBy(props: Pick<FieldProps, 'id' | 'hint' | 'error'>): string | undefined {
  const ids = [props.hint ? `${props.id}-dica` : '', props.error ? `${props.id}-erro` : ''].filter(Boolean)
  return ids.length > 0 ? ids.join(' ') : undefined
}

/** An error in words, with an icon; its id is named by the field. */
export function FieldError({ id, error }: { id: string; error: string | undefined }) {
  if (!error) return null
  return (
    <p class="errm" id={`${id}-erro`}>
      <Icon name="alert-circle" />
      <span>{error}</span>
    </p>
  )
}

/** `optional` is drawn even when empty, so that a script can fill it. */
function Label({ props }: { props: FieldProps }) {
  return (
    <>
      {props.label} <span class="opt">{props.optional}</span>
    </>
  )
}

function Hint({ id, hint }: { id: string; hint: string | undefined }) {
  return hint ? (
    <p class="hint" id={`${id}-dica`}>
      {hint}
    </p>
  ) : null
}

function Shell({ props, children }: { props: FieldProps; children: ComponentChildren }) {
  return (
    <div class="fld" hidden={props.hidden} data-question={props.question}>
      <label for={props.id}>
        <Label props={props} />
      </label>
      <Hint id={props.id} hint={props.hint} />
      {children}
      <FieldError id={props.id} error={props.error} />
    </div>
  )
}

const common = (props: FieldProps) => ({
  id: props.id,
  name: props.name,
  disabled: props.hidden,
  'aria-invalid': props.error ? ('true' as const) : undefined,
  'aria-describedby': describedBy(props),
  'aria-required': props.required ? ('true' as const) : undefined,
})

export interface TextFieldProps extends FieldProps {
  readonly value: string
  readonly type?: 'text' | 'email' | 'date' | 'tel'
  /** An identifier: figures of one width, a struck zero. */
  readonly code?: boolean
  readonly maxLength?: number | undefined
  readonly inputMode?: 'numeric' | 'text' | 'email' | undefined
  readonly autoComplete?: 'off' | 'email' | 'name' | 'username' | 'one-time-code' | undefined
  /** Shapes that a script helps typing with; see islands/mask.ts. */
  readonly mask?: readonly string[] | undefined
  /** Id of the form it belongs to, when it stands outside of it. */
  readonly form?: string | undefined
}

export function TextField(props: TextFieldProps) {
  const rest = {
    ...common(props),
    class: props.code ? 'in code' : 'in',
    value: props.value,
    maxLength: props.maxLength,
    form: props.form,
    autoComplete: props.autoComplete ?? 'off',
  }
  return (
    <Shell props={props}>
      {props.type === 'date' ? (
        <input {...rest} type="date" />
      ) : props.type === 'email' ? (
        <input {...rest} type="email" />
      ) : (
        <input {...rest} type="text" inputMode={props.inputMode} data-mask={props.mask?.join('|')} />
      )}
    </Shell>
  )
}

export function AreaField(props: FieldProps & { value: string; rows?: number; maxLength?: number | undefined }) {
  return (
    <Shell props={props}>
      <textarea {...common(props)} class="ta" rows={props.rows ?? 5} maxLength={props.maxLength}>
        {/* A first line break would be swallowed by the parser of HTML. */}
        {props.value.startsWith('\n') ? `\n${props.value}` : props.value}
      </textarea>
    </Shell>
  )
}

export interface Choice {
  readonly value: string
  readonly label: string
  readonly hint?: string | undefined
}

export function SelectField(props: FieldProps & { value: string; choices: readonly Choice[]; choose: string }) {
  return (
    <Shell props={props}>
      <select {...common(props)} class="sel">
        <option value="">{props.choose}</option>
        {props.choices.map((one) => (
          <option key={one.value} value={one.value} selected={one.value === props.value}>
            {one.label}
          </option>
        ))}
      </select>
    </Shell>
  )
}

/** Cards of which one is chosen. `heading`: the legend is the section's own heading, drawn by the page. */
export function RadioField(
  props: FieldProps & {
    value: string
    choices: readonly Choice[]
    heading?: ComponentChildren
    columns?: boolean
    /** Said on the button that shows all choices again, where a script shows the chosen one alone. */
    unfold?: string | undefined
  },
) {
  return (
    <fieldset
      class="fld"
      hidden={props.hidden}
      data-question={props.question}
      data-fold={props.unfold ? true : undefined}
      aria-describedby={describedBy(props)}
    >
      <legend>{props.heading ?? <Label props={props} />}</legend>
      <Hint id={props.id} hint={props.hint} />
      <FieldError id={props.id} error={props.error} />
      {props.unfold ? (
        <button type="button" class="btn small" data-unfold hidden>
          {props.unfold}
        </button>
      ) : null}
      <div class={props.columns === false ? 'radios row' : 'radios col'}>
        {props.choices.map((one, i) => (
          <label class="pick" key={one.value}>
            <input
              type="radio"
              id={i === 0 ? props.id : `${props.id}-${one.value}`}
              name={props.name}
              value={one.value}
              checked={one.value === props.value}
              disabled={props.hidden}
            />
            <b>{one.label}</b>
            {one.hint ? <span class="hint">{one.hint}</span> : null}
          </label>
        ))}
      </div>
    </fieldset>
  )
}

/** Cards of which any number is ticked. The empty field before them says *none* when it is posted. */
export function BoxesField(props: FieldProps & { values: readonly string[]; choices: readonly Choice[] }) {
  return (
    <fieldset class="fld" hidden={props.hidden} data-question={props.question} aria-describedby={describedBy(props)}>
      <legend>
        <Label props={props} />
      </legend>
      <Hint id={props.id} hint={props.hint} />
      <FieldError id={props.id} error={props.error} />
      <input type="hidden" name={props.name} value="" disabled={props.hidden} />
      <div class="radios col">
        {props.choices.map((one, i) => (
          <label class="pick" key={one.value}>
            <input
              type="checkbox"
              id={i === 0 ? props.id : `${props.id}-${one.value}`}
              name={props.name}
              value={one.value}
              checked={props.values.includes(one.value)}
              disabled={props.hidden}
            />
            <b>{one.label}</b>
            {one.hint ? <span class="hint">{one.hint}</span> : null}
          </label>
        ))}
      </div>
    </fieldset>
  )
}

/** A text among the fields; nothing is asked. */
export function Prose(props: FieldProps) {
  return (
    <div class="fld prose" id={props.id} hidden={props.hidden} data-question={props.question}>
      <p class="lab">{props.label}</p>
      {props.hint ? <p>{props.hint}</p> : null}
    </div>
  )
}

/** One box to tick. The empty field before it says *not ticked* when it is posted. */
export function TickField(props: FieldProps & { checked: boolean; value: string }) {
  return (
    <div class="fld" hidden={props.hidden} data-question={props.question}>
      <input type="hidden" name={props.name} value="" disabled={props.hidden} />
      <label class="check">
        <input {...common(props)} type="checkbox" value={props.value} checked={props.checked} />
        <span>{props.label}</span>
      </label>
      <Hint id={props.id} hint={props.hint} />
      <FieldError id={props.id} error={props.error} />
    </div>
  )
}

/** What is wrong, first on the page, each line a link to its field. Takes the focus when the page has opened. */
export function ErrorSummary(props: { title: string; items: readonly { href: string; text: string }[] }) {
  if (props.items.length === 0) return null
  return (
    <div class="sum" role="alert" aria-labelledby="resumo-erros" tabIndex={-1} data-focus>
      <h2 id="resumo-erros">
        <Icon name="alert-circle" />
        {props.title}
      </h2>
      <ul>
        {props.items.map((item) => (
          <li key={item.href + item.text}>
            <a href={item.href}>{item.text}</a>
          </li>
        ))}
      </ul>
    </div>
  )
}
