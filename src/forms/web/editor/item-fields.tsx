// The fields of the editor's item pages: texts in both languages, choices, counts. Reading them back: item-read.ts.
import type { ComponentChildren } from 'preact'
import type { Text } from '#forms/rules/definition.ts'
import type { Problem } from '#shared/problems.ts'
import { AreaField, type Choice, FieldError, problemText, SelectField, TextField } from '#shared/ui/fields.tsx'
import type { Visit } from '#shared/web/site.ts'
import type { Words } from '#words/words.ts'

/** What the fields of one page are drawn from. */
export interface Fielded {
  readonly visit: Visit
  readonly problems: readonly Problem[]
}

export function errorIn({ visit, problems }: Fielded, field: string): string | undefined {
  const problem = problems.find((one) => one.field === field)
  return problem && problemText(visit.words, problem)
}

interface TextProps extends Fielded {
  readonly name: string
  readonly label: string
  readonly hint?: string | undefined
  readonly value: Text | undefined
  readonly required?: boolean
  readonly long?: boolean
}

/** A text in Portuguese and in English, side by side. */
export function TextPair(props: TextProps) {
  const { visit, name, value } = props
  const { formEditor: text, forms } = visit.words
  const Field = props.long ? AreaField : TextField
  return (
    <div class="grid">
      {(['pt-BR', 'en'] as const).map((lang) => (
        <Field
          key={lang}
          id={`q-${name}-${lang}`}
          name={`${name}-${lang}`}
          label={`${props.label} · ${text.langs[lang]}`}
          hint={lang === 'pt-BR' ? props.hint : undefined}
          optional={props.required && lang === 'pt-BR' ? undefined : forms.draft.optional}
          required={props.required === true && lang === 'pt-BR'}
          value={value?.[lang] ?? ''}
          error={errorIn(props, `${name}-${lang}`)}
          maxLength={1000}
          {...(props.long ? { rows: 3 } : {})}
        />
      ))}
    </div>
  )
}

/** What the fields of an item are called, by their names on the page; settings have their own names. */
const PARTS = {
  titulo: 'title',
  rotulo: 'label',
  nome: 'name',
  dica: 'hint',
  exemplo: 'example',
  falta: 'missing',
  fundamento: 'legalBasis',
  valor: 'value',
  tipos: 'kinds',
  quantos: 'most',
  megabytes: 'maxBytes',
  paginas: 'maxPages',
  assunto: 'subject',
} as const satisfies Readonly<Record<string, keyof Words['formEditor']['parts']>>

/** The summary's line of each fault, with the field it is at: `Opções 2 · Rótulo · português: …`. */
export function faultItems({ words }: Visit, problems: readonly Problem[]): { href: string; text: string }[] {
  const { formEditor: text } = words
  return problems.map((problem) => {
    const [, row, name = '', lang] = /^(?:opcao-(\d+)-)?(.+?)(?:-(pt-BR|en))?$/.exec(problem.field) ?? []
    const settings: Readonly<Record<string, string>> = text.settings
    const part = name in PARTS ? text.parts[PARTS[name as keyof typeof PARTS]] : settings[name]
    const place = [
      row && `${text.options} ${Number(row) + 1}`,
      part,
      part && lang && text.langs[lang as keyof typeof text.langs],
    ]
    const said = problemText(words, problem)
    const where = place.filter(Boolean).join(' · ')
    return { href: `#q-${problem.field}`, text: where ? `${where}: ${said}` : said }
  })
}

interface PickProps extends Fielded {
  readonly name: string
  readonly label: string
  readonly hint?: string | undefined
  readonly value: string
  readonly choices: readonly Choice[]
}

export function Pick(props: PickProps) {
  const { formEditor: text } = props.visit.words
  return (
    <SelectField
      id={`q-${props.name}`}
      name={props.name}
      label={props.label}
      hint={props.hint}
      value={props.value}
      choices={props.choices}
      choose={text.none}
      error={errorIn(props, props.name)}
    />
  )
}

interface CountProps extends Fielded {
  readonly name: string
  readonly label: string
  readonly hint?: string | undefined
  readonly value: number | undefined
}

export function Count(props: CountProps) {
  return (
    <TextField
      id={`q-${props.name}`}
      name={props.name}
      label={props.label}
      hint={props.hint}
      optional={props.visit.words.forms.draft.optional}
      value={props.value === undefined ? '' : String(props.value)}
      error={errorIn(props, props.name)}
      inputMode="numeric"
      maxLength={14}
    />
  )
}

interface BoxProps {
  readonly name: string
  readonly label: string
  readonly boxes: readonly { readonly value: string; readonly label: string; readonly checked: boolean }[]
  readonly error?: string | undefined
  readonly hint?: string | undefined
}

/** Boxes in a row, any number ticked. */
export function Boxes({ name, label, boxes, error, hint }: BoxProps) {
  return (
    <fieldset class="fld" aria-describedby={hint ? `q-${name}-dica` : undefined}>
      <legend>{label}</legend>
      {hint ? (
        <p class="hint" id={`q-${name}-dica`}>
          {hint}
        </p>
      ) : null}
      <FieldError id={`q-${name}`} error={error} />
      <div class="acts">
        {boxes.map((box, i) => (
          <label class="check" key={box.value}>
            <input
              type="checkbox"
              id={i === 0 ? `q-${name}` : undefined}
              name={name}
              value={box.value}
              checked={box.checked}
            />
            <span>{box.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

/** A card of fields under a heading. */
export function FieldCard({ title, children }: { title: string; children?: ComponentChildren }) {
  return (
    <section class="card sect stack">
      <h2>{title}</h2>
      {children}
    </section>
  )
}
